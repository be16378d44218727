import APIKeyClient
import APIKeyFileSource
import APIKeyModel
import Foundation
import KeyLoading
import TestSupport
import Testing

/// Files in the forms in which people save lists: see ``SavedForm``.
@Suite("Saved forms", .timeLimit(.minutes(20))) struct SavedFormTests {
  /// What reading a file came to.
  private struct Reading {
    var names: [String] = []
    var unreadable = 0
    var error: KeySourceError?
    var provenance: ListProvenance?
    var isGood: Bool { error == nil && unreadable == 0 }
  }

  private func read(_ bytes: [UInt8], _ place: URL) async throws -> Reading {
    try Data(bytes).write(to: place)
    let source = FileKeySource(path: place.path)
    var paginator = Paginator(order: .descending, mayRepeat: true)
    var reading = Reading()
    do throws(KeySourceError) {
      while let request = paginator.nextRequest(limit: 1000) {
        let page = try await source.page(request)
        reading.names += (0..<page.keys.count).map { SavedFormTests.name(page.keys[$0]) }
        reading.unreadable += page.unreadable
        reading.provenance = page.provenance
        if paginator.receive(page, added: page.keys.count) != .more { break }
      }
    } catch {
      reading.error = error
    }
    await source.close()
    return reading
  }

  /// The name, whether or not its type is optional.
  private static func name(_ key: APIKey) -> String {
    let name: String? = key.name
    return name ?? ""
  }

  private func place() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("saved-\(UUID().uuidString)")
  }

  @Test("Every form of saved file is read whole, and its last page decides whether it is complete", .tags(.t7))
  func forms() async throws {
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    let place = place()
    defer { try? FileManager.default.removeItem(at: place) }  // What is left over harms nothing.
    let count = 3000
    var wrong = 0
    for number in 0..<count where wrong < 5 {
      let form = SavedForm(seed: seed &* 1_000_003 &+ UInt64(number))
      let reading = try await read(form.bytes, place)
      let isRight =
        reading.isGood && reading.names == form.names && reading.provenance?.isComplete == form.isComplete
      if !isRight { wrong += 1 }
      #expect(
        isRight,
        "seed \(seed), form \(number), \(form.story): \(reading) instead of \(form.names), \(String(describing: form.isComplete))"
      )
    }
    print("figure T7: \(count) files of the grammar, \(wrong) wrong (seed \(seed))")
  }

  @Test("A file truncated anywhere is an error, unless what is left is a whole file", .tags(.t7))
  func truncations() async throws {
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    let place = place()
    defer { try? FileManager.default.removeItem(at: place) }  // What is left over harms nothing.
    // White space, marks and separators, and the zeros of wide characters.
    let gap: Set<UInt8> = [0, 9, 10, 13, 32, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x1E]
    var cuts = 0
    var whole = 0
    var wrong = 0
    for number in 0..<16 where wrong < 5 {
      let form = SavedForm(seed: seed &* 1_000_003 &+ UInt64(number), isSmall: true)
      // Every cut of the small ones, some two hundred of the others.
      let step = form.bytes.count / 200 + 1
      for cut in stride(from: number % step, to: form.bytes.count, by: step)
      where form.firstMember != cut && wrong < 5 {
        cuts += 1
        let reading = try await read(Array(form.bytes[..<cut]), place)
        let end = form.ends.keys.filter { $0 <= cut }.max()
        let isWhole = end.map { form.bytes[$0..<cut].allSatisfy { gap.contains($0) } } ?? false
        if reading.isGood { whole += 1 }
        let isRight = !reading.isGood || isWhole && reading.names.count == form.ends[end ?? 0]
        if !isRight { wrong += 1 }
        #expect(isRight, "seed \(seed), form \(number), \(form.story), cut at \(cut): \(reading)")
      }
    }
    #expect(cuts > 1000)
    print(
      "figure T7: \(cuts) cuts, \(whole) at the end of a text, \(wrong) of the others without an error (seed \(seed))")
  }

  @Test("An unreadable part hides no key after it, and its line is reported", .tags(.t7))
  func brokenParts() async throws {
    let place = place()
    defer { try? FileManager.default.removeItem(at: place) }  // What is left over harms nothing.
    func key(_ number: Int) -> String { "{\"id\":\"id-\(number)\",\"name\":\"\(number)\",\"restricted\":true}" }
    func pretty(_ number: Int) -> String { "{\n  \"id\": \"id-\(number)\",\n  \"name\": \"\(number)\"\n}" }
    func page(_ number: Int) -> String { "{\"data\":[\(key(number))],\"has_more\":true}" }
    // The text; the names that come through; whether it is an error of the whole file; a part of what is told.
    let table: [(text: String, names: String, isError: Bool, told: String)] = [
      ("\(key(1))\n{\"id\":\"x\",\"na\n\(key(2))\n", "1 2", false, "line 2: it is not JSON"),
      ("\(key(1))\n{\n\(key(2))\n\(key(3))", "1 2 3", false, "line 2: it is not JSON"),
      ("\(pretty(1))\n\(pretty(2).dropLast())\n\(pretty(3))", "1 3", false, "line 5: it is not JSON"),
      ("\(pretty(1))\noops\n\(pretty(2))", "1 2", false, "line 5: "),
      ("\(key(1))\(key(2)) \(key(3))\n7\n\"x\"\nnull\n\(key(4))", "1 2 3 4", false, "line 2: "),
      ("\(page(1))\n\(page(2).dropLast(12))\n\(page(3))\n", "1", true, "line 2: it is not JSON"),
      ("\(page(1))\n\(page(2).dropLast(12))", "1", true, "line 2: what begins there ends too early"),
      ("[\(key(1)),\(key(2))", "", true, "line 1: what begins there ends too early"),
      ("[\(key(1)),7,\(page(2)),{}]", "1 2", false, "line 1: "), ("[\(key(1))]]", "1", false, "line 1: "),
      ("\(key(1))\n\(key(2).dropLast())", "1", true, "line 2: what begins there ends too early"),
      ("\(page(1)),\(page(2))", "1", true, "line 1: "),
    ]
    for row in table {
      let reading = try await read(Array(row.text.utf8), place)
      #expect(!reading.isGood, "\(row.text): \(reading)")
      #expect(reading.names.joined(separator: " ") == row.names, "\(row.text): \(reading)")
      #expect((reading.error != nil) == row.isError, "\(row.text): \(reading)")
      if row.isError { #expect(reading.error?.message.contains(row.told) == true, "\(row.text): \(reading)") }
    }
  }

  @Test("A million bytes of keys laid out over lines are read in pieces, in time that grows with them", .tags(.t7))
  func manyTexts() async throws {
    let place = place()
    defer { try? FileManager.default.removeItem(at: place) }  // What is left over harms nothing.
    func text(_ count: Int) -> [UInt8] {
      Array((0..<count).map { "{\n  \"id\": \"id-\($0)\",\n  \"name\": \"\($0)\"\n}\n" }.joined().utf8)
    }
    var times: [Duration] = []
    for count in [20_000, 80_000] {
      let bytes = text(count)
      var reading = Reading()
      times.append(try await ContinuousClock().measure { reading = try await read(bytes, place) })
      #expect(reading.isGood && reading.names == (0..<count).map { "\($0)" })
    }
    #expect(times[1] < times[0] * 16, "\(times)")
  }

  @Test("An object is a key or a page by what it has beside data, alone, in lines and in a list", .tags(.t1, .t8))
  func keysWithData() async throws {
    let place = place()
    defer { try? FileManager.default.removeItem(at: place) }  // What is left over harms nothing.
    func key(_ name: String, _ more: String = "") -> String { "{\"id\":\"id-\(name)\",\"name\":\"\(name)\"\(more)}" }
    // The text, the names that come through, records that cannot be read, and the completeness.
    let table: [(text: String, names: String, unreadable: Int, isComplete: Bool?)] = [
      ("\(key("1"))\n\(key("root", ",\"data\":[]"))\n\(key("3"))", "1 root 3", 0, nil),
      ("\(key("1"))\n\(key("root", ",\"data\":[\(key("2"))]"))", "1 root", 0, nil),
      ("[\(key("root", ",\"data\":[7]")),\(key("2", ",\"data\":[\(key("3"))]"))]", "root 2", 0, nil),
      ("{\"data\":[{}],\"id\":\"a\",\n \"name\":\"root\"}\n", "root", 0, nil),
      ("{\"id\":\"request\",\"data\":[\(key("1")),\(key("2"))]}", "1 2", 0, nil),
      ("{\"id\":\"request\",\"name\":\"list\",\"data\":[\(key("1"))],\"has_more\":false}", "1", 0, true),
      (
        "[{\"id\":\"p1\",\"data\":[\(key("1"))],\"has_more\":true},{\"id\":\"p2\",\"data\":[\(key("2"))],\"has_more\":false}]",
        "1 2", 0, true
      ),
      ("\(key("1"))\n{\"id\":null,\"name\":\"root\",\"data\":[]}", "1", 1, nil),
      ("\(key("1"))\n{\"name\":\"root\",\"data\":[7]}", "1", 1, nil), ("{\"data\":[]}", "", 0, nil),
    ]
    for row in table {
      let reading = try await read(Array(row.text.utf8), place)
      #expect(reading.error == nil && reading.unreadable == row.unreadable, "\(row.text): \(reading)")
      #expect(reading.names.joined(separator: " ") == row.names, "\(row.text): \(reading)")
      #expect(reading.provenance?.isComplete == row.isComplete, "\(row.text): \(reading)")
    }
    for odd in ["null", "0", "1", "\"false\"", "\"true\"", "[]", "{}"] {
      let reading = try await read(Array("{\"has_more\":\(odd),\"data\":[\(key("1"))]}".utf8), place)
      #expect(reading.isGood && reading.names == ["1"], "\(odd): \(reading)")
      #expect(reading.provenance.map { $0.isComplete == nil } == true, "\(odd): \(reading)")
    }
  }

  @Test("A contradiction in a list that claims to be complete makes it incomplete", .tags(.t8))
  func contradictions() async throws {
    let place = place()
    defer { try? FileManager.default.removeItem(at: place) }  // What is left over harms nothing.
    var number = 0
    func list(_ evidence: String, _ more: String = ",\"complete\":true") -> String {
      number += 1
      return "{\"data\":[{\"id\":\"id-\(number)\"}],\"count\":1\(more),\"evidence\":{\(evidence)}}"
    }
    func read(_ source: String, at time: String?) -> String {
      let time = time.map { "\"2026-08-01T\($0):00Z\"" } ?? "null"
      return list("\"source\":\(source),\"fetched_at\":\(time),\"filter\":\"\",\"complete\":true")
    }
    let (one, other) = ("\"https://one.example\"", "\"https://other.example\"")
    let page = "{\"data\":[{\"id\":\"p\"}],\"has_more\":false}"
    // The file; its completeness; a part of what is told, nil for nothing.
    let table: [(text: String, isComplete: Bool?, told: String?)] = [
      (list("\"complete\":true,\"count\":1,\"unreadable\":0"), true, nil), (list("\"unreadable\":null"), true, nil),
      (list("\"complete\":null"), nil, "its evidence does not say so"),
      (list("\"complete\":\"yes\""), nil, "its evidence does not say so"),
      (list("\"complete\":false"), false, "its evidence calls it a part"),
      (list("\"complete\":false,\"unreadable\":2"), false, "its evidence calls it a part"),
      (list("\"complete\":true,\"count\":2"), nil, "says that it holds 2 keys, and there are 1"),
      (list("\"complete\":true,\"unreadable\":3"), nil, "records that could not be read"),
      (list("\"complete\":true,\"unreadable\":3", ""), nil, "records that could not be read"),
      (list("\"complete\":true", ",\"complete\":false"), false, nil),
      (list("\"complete\":true", ",\"complete\":null"), nil, nil),
      (read(one, at: "14:02") + read(one, at: "14:02"), true, nil),
      (read(one, at: "14:02") + read(one, at: "14:03"), nil, "read at different times"),
      ("[\(read(one, at: "14:03")),\(read(one, at: "14:02"))]", nil, "read at different times"),
      (read(one, at: nil) + read(one, at: nil), nil, "nobody knows when"),
      (read("null", at: "14:02") + read(one, at: "14:02"), nil, "nobody knows when"),
      (read(one, at: "14:02") + "\n" + read(other, at: "14:03"), true, nil), (page, true, nil),
      (page + page, nil, "2 lists that end"), ("[\(page),\n\(page)]", nil, "2 lists that end"),
      (page.replacing("false", with: "true") + page, true, nil),
    ]
    for row in table {
      let reading = try await self.read(Array(row.text.utf8), place)
      let found = try #require(reading.provenance, "\(row.text): \(reading)")
      #expect(reading.isGood && found.isComplete == row.isComplete, "\(row.text): \(reading)")
      #expect(found.warnings.count == (row.told == nil ? 0 : 1), "\(row.text): \(found.warnings)")
      if let told = row.told { #expect(found.warnings.first?.contains(told) == true, "\(row.text): \(found.warnings)") }
    }
  }

  @Test("Unsupported encodings and compressions are named", .tags(.t7))
  func foreign() async throws {
    let place = place()
    defer { try? FileManager.default.removeItem(at: place) }  // What is left over harms nothing.
    let table: [(bytes: [UInt8], told: String)] = [
      ([0x28, 0xB5, 0x2F, 0xFD, 1, 2], "zstd"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz"),
      (Array("BZh91AY".utf8), "bzip2"), ([0x50, 0x4B, 3, 4, 0], "zip"),
      (Zipped.member(Zipped.member(Array("{}".utf8))), "gzip, twice"), (Array("id,name\n".utf8), "not JSON"),
      ([], "empty"), (Array(" \n".utf8), "empty"), ([0xEF, 0xBB, 0xBF], "empty"),
      ([0xFF, 0xFE, 0x7B], "cut off"), ([0x00, 0xD8, 0, 0], "not JSON"),
    ]
    for row in table {
      let reading = try await read(row.bytes, place)
      #expect(reading.error?.message.contains(row.told) == true, "\(row.bytes): \(reading)")
    }
  }

  @Test("An evidence file counts if it belongs to the list, and is reported if it does not", .tags(.t8))
  func evidenceBeside() async throws {
    let place = place()
    let side = place.path + ".evidence.json"
    defer {
      try? FileManager.default.removeItem(at: place)  // What is left over harms nothing.
      try? FileManager.default.removeItem(atPath: side)  // What is left over harms nothing.
    }
    let bytes = Array("{\"id\":\"a\",\"name\":\"1\"}\n{\"id\":\"b\",\"name\":\"2\"}\n".utf8)
    let digest = "8c9e1b0a"
    try Data(bytes).write(to: place)
    let sum = Process()
    sum.executableURL = URL(filePath: "/usr/bin/sha256sum")
    sum.arguments = [place.path]
    let output = Pipe()
    sum.standardOutput = output
    try sum.run()
    let right = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64)
    sum.waitUntilExit()
    func evidence(_ digest: some StringProtocol, _ more: String) -> String {
      "{\"source\":\"api.example.com\",\"fetched_at\":\"2026-08-01T14:02:00Z\",\"filter\":\"is:full\",\"count\":2,"
        + "\"sha256\":\"\(digest)\",\"kept\":{\"x\":1e400}\(more)}"
    }
    // What is beside it; the completeness; a part of what is told, nil for nothing.
    let table: [(text: String, isComplete: Bool?, source: String?, told: String?)] = [
      (evidence(right, ",\"complete\":true,\"format\":1"), true, "api.example.com", nil),
      (evidence(right, ",\"complete\":false"), false, "api.example.com", nil),
      (evidence(right, ",\"complete\":null"), nil, "api.example.com", nil),
      (evidence(right, ""), nil, "api.example.com", nil),
      (evidence(digest, ",\"complete\":true"), nil, nil, "does not belong to this file"),
      (evidence(right, ",\"complete\":true").replacing(":2,", with: ":3,"), nil, "api.example.com", "speaks of 3 keys"),
      ("not JSON", nil, nil, "holds no evidence"), ("[]", nil, nil, "holds no evidence"),
    ]
    for row in table {
      try Data(row.text.utf8).write(to: URL(filePath: side))
      let reading = try await read(bytes, place)
      let found = try #require(reading.provenance, "\(row.text): \(reading)")
      #expect(reading.isGood && found.isComplete == row.isComplete, "\(row.text): \(reading)")
      #expect(
        found.source == row.source && found.warnings.count == (row.told == nil ? 0 : 1), "\(row.text): \(reading)")
      if let told = row.told { #expect(found.warnings[0].contains(told), "\(found.warnings)") }
      if row.source != nil {
        #expect(found.fetchedAt == 1_785_592_920 && found.filter == "is:full")
        #expect(found.derivedFrom.first?["kept"]?["x"] == .number("1e400"), "unknown members are passed on")
      }
    }
    try Data(evidence(right, ",\"format\":2").utf8).write(to: URL(filePath: side))
    let newer = try await read(bytes, place)
    #expect(newer.error == .newerFile(path: place.path, format: 2), "\(newer)")
  }
}
