import APIKeyModel
import Foundation
import Testing

@testable import KeyTable

/// Filters over 5,000 keys, against a second implementation in another language.
@Suite(.timeLimit(.minutes(20))) struct FilterReferenceTests {
  static let filters = [
    "prod", "Prod", "Staging", "staging", "ünicode", "Ü", "КЛЮЧ", "ключ", "ab", "AB", "0000", "-0", "a,b", "\"x y\"",
    "\"A,b\"", "~pdci", "~sgb", "prod*", "*-7", "prod?ci*", "/^ci-/", "/[0-9]{3}$/", "/^CI-/", "/^CI-/i",
    "/staging/", "/STAGING/i", "name:/ключ/", "name:/КЛЮЧ/i", "name!=/ünicode/i,/^a/", "-name:/^[a-z0-9-]+$/",
    "/b.?$/i -/x y/", "key_", "phones", "phones.import",
    "name:prod", "name=ci-ci-3", "name!=ci-ci-3", "name:~bkp", "name:prod,ci", "name:\"x y\",ключ", "name:/^a,b/",
    "id:key_", "id:00", "id:-4", "id=key_7", "id:a*", "creator:ab01", "creator:ab0", "-creator:ab01", "last4:ab",
    "last4:abcdef", "last4=0000,ffff", "last4:?a??", "perm:calls", "perm:calls.create", "perm:=calls.create",
    "perm:api_keys.*", "perm:phones.import", "perm:=phones.*", "perm!=billing.view", "perm=billing.view",
    "perms>=10", "perms<5", "perms:8", "perms!=8", "access:full", "access:limited,unknown", "restricted:yes",
    "restricted:no", "restricted:unknown", "is:full", "is:limited", "-is:unknown", "has:creator", "-has:created",
    "has:last4", "has:perms", "created:2025", "created>=2026-01-01", "created<2024-02", "created>2025-06",
    "created<=2025-06", "created:2024-02", "created!=2024-02", "created:2024-02..2024-04", "created:today",
    "created:yesterday", "age>90d", "age<=1y", "age:10w", "age>=6mo", "age<100h", "prod | ci", "prod -ci",
    "(prod | ci) -(is:full | perms>9)", "!(a,b) backup", "prod ci | Staging is:limited", "-(-prod)",
  ]

  private struct Request: Encodable {
    struct Row: Encodable {
      let id: String
      let name: String
      let created: Int64?
      let creator: String?
      let last4: String?
      let restricted: Bool?
      let permissions: [String]?
      enum CodingKeys: String, CodingKey { case id, name, created, creator, last4, restricted, permissions }
      func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(id, forKey: .id)
        try fields.encode(name, forKey: .name)
        try fields.encode(created, forKey: .created)
        try fields.encode(creator, forKey: .creator)
        try fields.encode(last4, forKey: .last4)
        try fields.encode(restricted, forKey: .restricted)
        try fields.encode(permissions, forKey: .permissions)
      }
    }
    let now: Int64
    let keys: [Row]
    let filters: [String]
  }

  static let python = "/usr/bin/python3"

  @Test(
    "Filters agree with an independent implementation",
    .enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs /usr/bin/python3"))
  func reference() throws {
    let keys = SampleKeys.make(5000)
    let now: Int64 = 1_789_999_000
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference/filter_reference.py")
    let input = FileManager.default.temporaryDirectory.appending(path: "filters-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: input) }  // A file left over harms nothing.
    let rows = keys.map {
      Request.Row(
        id: $0.id.text, name: $0.name ?? "", created: $0.created?.seconds, creator: $0.creator?.text,
        last4: $0.lastFour,
        restricted: $0.restricted, permissions: $0.permissions?.list)
    }
    try JSONEncoder().encode(Request(now: now, keys: rows, filters: Self.filters)).write(to: input)
    let process = Process()
    process.executableURL = URL(filePath: Self.python)
    process.arguments = [script.path]
    process.standardInput = try FileHandle(forReadingFrom: input)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let answers = try JSONDecoder().decode([[Int]].self, from: data)
    try #require(answers.count == Self.filters.count)
    let table = SampleKeys.table(keys)
    for (text, expected) in zip(Self.filters, answers) {
      let query = KeyQuery(filter: try Filter(parsing: text))
      let found = Array(try #require(table.rows(matching: query, context: FilterContext(now: now))))
      let difference = Set(found).symmetricDifference(expected).sorted()
      #expect(
        difference.isEmpty, "\(text): \(found.count) found, \(expected.count) expected, e.g. \(difference.prefix(3))")
    }
  }
}
