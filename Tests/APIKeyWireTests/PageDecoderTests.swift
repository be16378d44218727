import APIKeyModel
import TestSupport
import Testing

@testable import APIKeyWire

@Suite(.timeLimit(.minutes(5))) struct PageDecoderTests {
  private func decode(_ text: String) throws -> DecodedPage {
    let decoder = try #require(PageDecoder())
    var bytes = Array(text.utf8)
    return try decoder.decode(&bytes)
  }

  private func page(_ records: String...) -> String {
    #"{"data":["# + records.joined(separator: ",") + #"],"has_more":false,"first_id":null,"last_id":null}"#
  }

  private let id = "00000000-0000-4000-8000-000000000001"

  @Test("Every field of a key is decoded") func readsEveryField() throws {
    let result = try decode(
      page(
        #"{"id":"\#(id)","name":"ci é","created_date":"2023-11-07T05:31:56Z","last_four_digits":"ab12","#
          + #""creator_id":"u-7","restricted":true,"permissions":["calls.create","calls.view"],"extra":{"a":[1]}}"#))
    let key = result.keys[0]
    #expect(key.id.text == id)
    #expect(key.name == "ci é")
    #expect(key.createdWireText == "2023-11-07T05:31:56Z")
    #expect(key.lastFour == "ab12")
    #expect(key.creator?.text == "u-7")
    #expect(key.restricted == true)
    #expect(key.permissions?.list == ["calls.create", "calls.view"])
    #expect(result.hasMoreWasGiven && !result.hasMore)
  }

  @Test(
    "One bad field hides neither its record nor the rest", .tags(.e5, .t1),
    arguments: ["name", "created_date", "last_four_digits", "creator_id", "restricted", "permissions"])
  func badFields(field: String) throws {
    let own = field == "name" ? "" : #""name":"y","#
    let wireField = try #require(KeyField(wireName: field))
    for json in ["5", #"{"a":[1,null]}"#, "1e400", "[[]]", field == "restricted" ? #""yes""# : "true"] {
      let result = try decode(page(#"{"id":"a"}"#, "{\"id\":\"x\",\(own)\"\(field)\":\(json)}", #"{"id":"c"}"#))
      try #require(result.keys.count == 3 && result.unreadable == 0)
      #expect(
        result.keys[1].state(of: wireField) == .notUnderstood(NotUnderstood(json: json, bytes: json.utf8.count)))
      #expect(result.keys.flaws.notUnderstoodKeys == 1 && result.keys.flaws.notUnderstoodFields == 1)
    }
  }

  @Test("Only a record that is no object or has no id is unreadable, and its location is reported", .tags(.t4))
  func unreadableRecords() throws {
    let cases = [
      ("{}", "id is missing"), (#"{"name":"n"}"#, "id is missing"), (#"{"id":null}"#, "id is null"),
      (#"{"id":""}"#, "id is empty"), (#"{"id":true}"#, "id is true or false"), (#"{"id":["a"]}"#, "id is a list"),
      (#"{"id":{}}"#, "id is an object"), (#"{"id":"a","id":null}"#, "id is null"), ("null", "record is null"),
      ("7", "record is a number"), (#""a""#, "record is a text"), ("[]", "record is a list"),
      ("false", "record is true or false"),
    ]
    for (record, reason) in cases {
      let result = try decode(page(#"{"id":"a"}"#, #"{"id":"b"}"#, record, #"{"id":"c"}"#))
      #expect(result.keys.count == 3 && result.unreadable == 1)
      #expect(result.unreadableReason == "record 3: \(reason)")
    }
  }

  @Test(
    "A number is an id, and is kept as it is written", .tags(.t1),
    arguments: ["0", "12", "-7", "1.50", "1e400", "99999999999999999999"])
  func numberIDs(number: String) throws {
    let result = try decode(page("{\"id\":\(number)}", #"{"id":"c"}"#))
    try #require(result.keys.count == 2)
    #expect(result.keys[0].id.text == number && result.keys[0].idIsNumber && !result.keys[1].idIsNumber)
  }

  @Test("Missing and null fields are unreported") func missingAndNullAreNotReported() throws {
    let result = try decode(
      page(#"{"id":"a","name":""}"#, #"{"id":"b","name":"n","permissions":null,"restricted":null,"creator_id":null}"#))
    #expect(result.unreadable == 0)
    #expect(result.keys[0].absent.contains(.permissions) && result.keys[0].permissions == nil)
    #expect(!result.keys[1].absent.contains(.permissions) && result.keys[1].permissions == nil)
    #expect(result.keys[1].restricted == nil && result.keys[1].creator == nil)
  }

  @Test("Ids that are almost UUIDs round-trip unchanged")
  func nearlyUUIDs() throws {
    let uuid = Array("89abcdef-0123-4567-89ab-cdef01234567".utf8)
    let decoder = try #require(PageDecoder())
    for position in uuid.indices {
      for byte in UInt8(0x20)..<0x7F where byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
        var id = uuid
        id[position] = byte
        var body = Array(page("{\"id\":\"\(String(decoding: id, as: UTF8.self))\",\"name\":\"n\"}").utf8)
        let keys = try decoder.decode(&body).keys
        #expect(keys[0].id.text.utf8.elementsEqual(id))
      }
    }
  }

  /// What is wrong with each line of a file, and the keys of those that are right.
  private func decodeLines(_ lines: [String]) throws -> (problems: [String?], keys: KeyBatch) {
    let decoder = try #require(PageDecoder())
    var keys = KeyBatch()
    let bytes = Array(lines.joined(separator: "\n").utf8) + [UInt8](repeating: 0x22, count: PageDecoder.padding)
    var start = 0
    let problems = lines.map { line in
      defer { start += line.utf8.count + 1 }
      return bytes.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.flatMap { decoder.decodeLine($0 + start, length: line.utf8.count, to: &keys) }
      }
    }
    return (problems, keys)
  }

  @Test(
    "Lines that are valid only together are refused one by one",
    arguments: [
      [#"{"id":"1","name":"a","x":[1,{}"#, #"{}]},{"id":"2","name":"b"}"#],
      [#"{"id":"1","name":"abc}"#, #"{x"},{"id":"2","name":"b"}"#],
      [#"{"id":"1","name":"a"},{"id":"2","name":"b","x":[{}"#, #"{}]}"#],
      [#"{"id":"1","name":"a","x":{"y":[[],{}"#, #"{"z":[]}]}},{"id":"2","name":"b"}"#],
      [#"{"id":"1","name":"a""#, #","x":1}"#], [#"{"id":"1","name":"a\"#, #"","x":"}"#],
      [#"{"id":"1","name":"a","n":1"#, #"2}"#], [#"[{"id":"1","name":"a"}"#, #"]"#],
      [#"{"id":"1","name":"a"} {}"#, #"{"id":"2","name":"b"}]"#],
    ])
  func linesTogether(lines: [String]) throws {
    let result = try decodeLines(lines)
    #expect(!result.problems.contains(nil) && result.keys.isEmpty)
  }

  @Test("Lines with unknown fields are read")
  func linesWithOtherFields() throws {
    let others = [
      "1", "[]", "{}", "[{},{}]", #"{"a":[1,{"b":[null,"x"]}],"c":{}}"#, "[[[]],[1,2]]", "true", #""{\"id\":""#,
      "1e400",
    ]
    let lines = others.enumerated().map { #"{"x":\#($1),"id":"\#($0)","permissions":["calls.view","y"],"name":"n"}"# }
    let result = try decodeLines(lines)
    #expect(result.problems.allSatisfy { $0 == nil })
    #expect((0..<result.keys.count).map { result.keys[$0].id.text } == others.indices.map { "\($0)" })
  }

  @Test("A line that fails adds no record, and white space is ignored")
  func linesOfPages() throws {
    let page = page(#"{"id":"a","name":"one"}"#, #"{"id":"b","name":"two"}"#)
    let result = try decodeLines([page, String(page.dropLast()), "", " ", page + "x", #"{"id":"c","name":"three"}"#])
    #expect(result.problems.map { $0 == nil } == [true, false, true, true, false, true])
    #expect((0..<result.keys.count).map { result.keys[$0].id.text } == ["a", "b", "c"])
  }

  @Test("A key may have something called data beside its own fields; a list called data is a page")
  func recordOrPage() throws {
    #expect(try decode(#"{"id":"a","name":"n","data":{"x":[1]}}"#).root == .record)
    #expect(try decode(#"{"data":null,"id":"a","name":"n"}"#).keys.count == 1)
    #expect(try decode(#"{"id":"response-1","data":[{"id":"a","name":"n"}]}"#).root == .page)
    #expect(throws: DecodingProblem.self) { try decode(#"{"data":{"id":"a","name":"n"}}"#) }
  }

  @Test("Invalid JSON is reported with its location")
  func places() {
    let cases = [
      (#"{"data":[}"#, "it is not JSON (byte 10)"), (#"{"data":["#, "it ends too early, after 9 bytes"),
      (#"{"data":[]}x"#, "it is not one JSON text (byte 12: something follows it)"),
      (#"{"data":[01]}"#, "it is not JSON (byte 10: a number that is none)"),
      (#"{"data":["\x"]}"#, "it is not JSON (byte 11: a backslash in a text without a meaning)"),
      (#"{"data":["\ud8"#, "it ends too early, after 14 bytes"), ("[1,]", "it is not JSON (byte 4)"),
      (" ", "there is nothing in it"),
    ]
    for (text, reason) in cases {
      #expect(throws: DecodingProblem(reason: reason)) { try decode(text) }
    }
  }

  @Test("Every permission of the catalogue has its bit") func everyCatalogueNameHasItsBit() throws {
    for (index, name) in PermissionCatalog.names.enumerated() {
      let key = try decode(page(#"{"id":"a","name":"n","permissions":["\#(name)"]}"#)).keys[0]
      #expect(key.permissions?.mask == PermissionMask(index: index))
    }
  }

  @Test(
    "Unusual permission lists are kept",
    arguments: [
      ["calls.view", "calls.create"], ["calls.view", "calls.view"], ["phones.import", "calls.view"], [],
    ])
  func unusualListsAreKept(list: [String]) throws {
    let json = list.map { "\"\($0)\"" }.joined(separator: ",")
    #expect(try decode(page(#"{"id":"a","name":"n","permissions":[\#(json)]}"#)).keys[0].permissions?.list == list)
  }

  @Test("Dates that cannot be parsed keep their text") func oddDatesKeepTheirText() throws {
    let key = try decode(page(#"{"id":"a","name":"n","created_date":"30 February"}"#)).keys[0]
    #expect(key.created == nil)
    #expect(key.createdWireText == "30 February")
  }

  @Test(
    "A document that is no page is refused",
    arguments: ["", "{", "[1", "nonsense", #"{"data":5,"has_more":false}"#, "7", "\"x\""])
  func whatIsNoPageIsRefused(text: String) {
    #expect(throws: DecodingProblem.self) { try decode(text) }
  }

  @Test("Page numbers of the newer API revision are read") func pageNumbersOfTheNewerRevision() throws {
    let result = try decode(#"{"data":[],"has_more":true,"last_id":"z","current_page":2,"total_pages":9}"#)
    #expect(result.totalPages == 9 && result.lastID?.text == "z")
    #expect(try decode(#"{"data":[],"has_more":true,"current_page":null,"total_pages":null}"#).totalPages == nil)
  }

  @Test(
    "The message of an error response is chosen in order",
    arguments: [
      (#"{"detail":"a","message":"b"}"#, "a"), (#"{"detail":[{"loc":["query","limit"],"msg":"m"}]}"#, "query.limit: m"),
      (#"{"detail":{"message":"c"},"message":"b"}"#, "c"), (#"{"error":{"message":"d"},"message":"b"}"#, "d"),
      (#"{"error":"e","message":"b"}"#, "e: b"), (#"{"status":"error","error_code":"X","message":"b"}"#, "b"),
      (#"{"error":"e","error_description":"d","message":"b"}"#, "e: d"), (#"{"error":"e","message":"e"}"#, "e"),
      (#"{"title":"t","detail":"d","status":400}"#, "t: d"), (#"{"title":"t","instance":"x"}"#, "t"),
      (#"{"title":"t","detail":"","errors":{"limit":["big","odd"],"order":"no","x":1}}"#, "limit: big; order: no"),
      (#"{"errors":["a","b"]}"#, "a; b"), (#"{"errors":[{"title":"t","detail":"d"},{"msg":"m"},7]}"#, "t: d; m"),
      (#"{"errors":[{"message":"a"}],"message":"b"}"#, "a"), (#"{"error":{"msg":"m","code":7}}"#, "m"),
      (#"{"error":["a",{"reason":"r"}]}"#, "a; r"), (#"{"detail":["a","b"]}"#, "a; b"),
      (#"{"Message":"M"}"#, "M"), (#"[{"message":"gone","errorCode":"X"}]"#, "gone"),
      (#"{"detail":[{"loc":["query","limit"],"msg":"m"},{"message":"n"}]}"#, "query.limit: m; n"),
    ])
  func messageOrder(body: String, expected: String) throws {
    let decoder = try #require(PageDecoder())
    var bytes = Array(body.utf8)
    #expect(decoder.errorMessage(&bytes) == expected)
  }
}
