import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import TestSupport
import Testing

@Suite("Fields of the wrong type", .timeLimit(.minutes(5))) struct FieldTypeTests {
  private static let good: [(name: String, value: String)] = [
    ("id", "\"00000000-0000-4000-8000-000000000001\""), ("name", "\"a\""),
    ("created_date", "\"2023-11-07T05:31:56Z\""), ("last_four_digits", "\"ab12\""),
    ("creator_id", "\"00000000-0000-4000-8000-000000000002\""), ("restricted", "true"),
    ("permissions", "[\"calls.view\"]"),
  ]

  private static func record(_ replaced: String? = nil, by value: String = "") -> String {
    let fields = good.map { "\"\($0.name)\":\($0.name == replaced ? value : $0.value)" }
    return "{\(fields.joined(separator: ","))}"
  }

  @Test("One bad field hides neither its record nor the rest", .tags(.e5, .t1), arguments: good.map(\.name))
  func mismatch(field: String) async throws {
    let wrong: [String] = ["17", "1.5", "true", "\"x\"", "[]", "[17]", "{}", "null"]
    var unreadable = 0
    var odd = 0
    for value in wrong {
      let neighbour = FieldTypeTests.record("id", by: "\"00000000-0000-4000-8000-000000000009\"")
      let body = "{\"data\":[\(neighbour),\(FieldTypeTests.record(field, by: value))],\"has_more\":false}"
      let server = try await FaultServer { _, _ in .http(body) }
      let source = HTTPKeySource(address: try ServerAddress(parsing: server.url), options: FaultRequest.options())
      let page = try await source.page(PageRequest(limit: 5, order: .descending))
      await source.close()
      await server.close()
      // Both are keys, unless there is no id; what is odd of one is counted.
      #expect(page.keys.count + page.unreadable == 2, "\(field): \(value)")
      #expect(page.keys.count >= 1 && page.keys.id(at: 0).text.hasSuffix("9"), "\(field): \(value)")
      if field != "id" {
        #expect(page.unreadable == 0, "\(field): \(value)")
        odd += page.flaws.notUnderstoodFields
      }
      #expect((page.unreadable == 0) == (page.unreadableReason == nil))
      if page.unreadable > 0 { #expect(page.unreadableReason?.contains(field) == true, "\(field): \(value)") }
      unreadable += page.unreadable
    }
    // An id may be a number; a date is no word; any other text is a text, and only `restricted` is true or false.
    let expected = [
      "id": 0, "name": 6, "created_date": 7, "last_four_digits": 6, "creator_id": 6, "restricted": 6, "permissions": 6,
    ]
    #expect(odd == expected[field] && unreadable == (field == "id" ? 5 : 0), "\(field): \(odd), \(unreadable)")
    print(
      "figure E5: \(FieldTypeTests.good.count) fields, \(wrong.count) kinds of value in each: the other key is shown")
  }
}
