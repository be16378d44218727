import Testing

@testable import HouseRules

struct KeyFieldsTests {
  @Test func `A function that writes the wire names as JSON is a writer, once a type`() {
    let writer = #"""
      struct PageBody {
        func write() { raw("{\"id\":"); raw(",\"name\":"); raw(",\"created_date\":"); raw(",\"permissions\":") }
        func again() { raw(#","name":"#); raw(#","last_four_digits":"#); raw(#","creator_id":"#) }
      }
      """#
    let byName = #"""
      enum APIKeyText { static func json() {
        func add(_ name: String) { fields.append("\"\(name)\":") }
        add("id"); add("name"); add("created_date"); add("restricted"); add("permissions")
      } }
      """#
    let rule = KeyJSONWriters()
    #expect(rule.count(in: writer) == 1)
    #expect(rule.count(in: byName) == 1)
    let all = repository([
      "Sources/KeyExport/A.swift": writer, "Sources/KeyJSON/A.swift": writer, "Sources/KeyJSON/B.swift": byName,
    ])
    #expect(rule.check(all).value == 2)
    #expect(rule.check(all).isOverLimit)
  }

  @Test func `The reference server has one writer of its own, and a second one counts`() {
    func writer(_ name: String) -> String {
      #"""
      struct \#(name) {
        func write() { raw(",\"name\":"); raw(",\"created_date\":"); raw(",\"permissions\":") }
      }
      """#
    }
    let rule = KeyJSONWriters()
    var files = ["Sources/KeyJSON/A.swift": writer("KeyJSON"), "Sources/ReferenceServer/A.swift": writer("PageBody")]
    #expect(rule.check(repository(files)).value == 1)
    files["Sources/ReferenceServer/B.swift"] = writer("Events")
    #expect(rule.check(repository(files)).value == 2)
    files["Sources/ReferenceServer/B.swift"] = nil
    files["Sources/KeyExport/B.swift"] = writer("Events")
    #expect(rule.check(repository(files)).isOverLimit)
  }

  @Test func `Reading the names, SQL and a schema write no key`() {
    let rule = KeyJSONWriters()
    let names =
      #"var wireName: String { switch self { case .a: "created_date"; case .b: "creator_id"; case .c: "restricted"; case .d: "permissions" } }"#
    #expect(rule.count(in: "enum A { \(names) }") == 0)
    #expect(rule.count(in: #"func f() { run("SELECT id, name, last_four, creator, restricted FROM k") }"#) == 0)
    let schema =
      ##"func f() { raw(#""name":{"type":"string"},"created_date":{"a":1},"creator_id":{},"restricted":{}"#) }"##
    #expect(rule.count(in: schema) == 0)
  }

  @Test func `An enum of four fields of a key is one`() {
    let rule = KeyFieldEnums()
    #expect(rule.count(in: "enum SortColumn { case name, created, lastFour, permissions }") == 1)
    #expect(rule.count(in: "enum A { case name, created\n case creator }") == 0)
    #expect(rule.count(in: "enum Row { case name, id, access, created, a, b, c, d, e }") == 0)
  }
}
