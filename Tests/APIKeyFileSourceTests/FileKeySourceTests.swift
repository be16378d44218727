import APIKeyClient
import APIKeyFileSource
import APIKeyModel
import CZlib
import Foundation
import KeyLoading
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct FileKeySourceTests {
  private func line(_ number: Int) -> String {
    #"{"id":"00000000-0000-4000-8000-\#(String(1_000_000_000_000 + number).dropFirst())","name":"key \#(number)","#
      + #""created_date":"2025-01-01T00:00:00Z","restricted":true,"permissions":["calls.view"]}"#
  }

  /// Every page of a file, to the end.
  private func pages(of bytes: [UInt8], compressed: Bool = false) async throws -> [KeyPage] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }  // What is left is the system's to clear.
    if compressed {
      let file = try #require(gzopen(path, "wb"))
      #expect(gzwrite(file, bytes, UInt32(bytes.count)) == bytes.count)
      #expect(gzclose(file) == Z_OK)
    } else {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
    let source = FileKeySource(path: path)
    var paginator = Paginator(order: .descending)
    var pages: [KeyPage] = []
    while let request = paginator.nextRequest(limit: 1000) {
      let page = try await source.page(request)
      pages.append(page)
      if paginator.receive(page, added: page.keys.count) != .more { break }
    }
    await source.close()
    return pages
  }

  /// The next page of a walk that has not ended.
  private func nextPage(_ paginator: inout Paginator, _ source: FileKeySource) async throws -> KeyPage {
    let request = paginator.nextRequest(limit: 1000)
    return try await source.page(try #require(request))
  }

  private func names(_ pages: [KeyPage]) -> [String] {
    pages.flatMap { page in (0..<page.keys.count).map { page.keys[$0].name ?? "" } }
  }

  @Test("Lines are streamed in order, plain and compressed, whatever ends them", arguments: [false, true])
  func streaming(compressed: Bool) async throws {
    let count = 30_000
    let text = (0..<count).map { line($0) + ($0 % 3 == 0 ? "\r\n" : "\n") }.joined()
    let pages = try await pages(of: Array(text.utf8), compressed: compressed)
    #expect(pages.count > 3)
    #expect(pages[0].keys.count < 2000)
    #expect(names(pages) == (0..<count).map { "key \($0)" })
    #expect(pages.last?.hasMore == false)
  }

  @Test("A short file is whole with its first page", arguments: ["", "\n", "\n\n"])
  func shortFile(ending: String) async throws {
    let pages = try await pages(of: Array((line(1) + "\n" + line(2) + ending).utf8))
    #expect(pages.count == 1 && pages[0].keys.count == 2 && !pages[0].hasMore)
  }

  @Test("An error in a line gives its number and hides no other line, in a large file too")
  func badLines() async throws {
    var lines = (0..<5000).map { line($0) }
    lines[3210] = #"{"id":null}"#
    lines[4000] = "{"
    lines[4001] = ""
    lines[4002] = line(4002) + "," + line(9000)
    let pages = try await pages(of: Array(lines.joined(separator: "\n").utf8))
    // Of line 4003 the key before the comma is read.
    #expect(pages.reduce(0) { $0 + $1.keys.count } == 4997)
    #expect(pages.reduce(0) { $0 + $1.unreadable } == 3)
    #expect(pages.compactMap(\.unreadableReason).first?.hasPrefix("line 3211: ") == true)
  }

  @Test("A list on one line reports every record it loses, and a blank line is ignored")
  func listInALine() async throws {
    let pages = try await pages(
      of: Array("\(line(1))\n[\(line(2)),{\"id\":[5],\"name\":\"bad\"}]\n \t \n\(line(3))\n".utf8))
    #expect(names(pages) == ["key 1", "key 2", "key 3"])
    #expect(pages.map(\.unreadable).reduce(0, +) == 1)
    #expect(pages.compactMap(\.unreadableReason).first?.contains("line 2") == true)
  }

  @Test("Lines that repeat keys, or hold none, do not end a file early")
  func repetitions() async throws {
    let block = (0..<3000).map { line($0) + "\n" }.joined()
    let text = block + block + String(repeating: "\n", count: 2_500_000) + line(9000)
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }  // What is left is the system's to clear.
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let source = FileKeySource(path: path)
    var paginator = Paginator(order: .descending, mayRepeat: true)
    var known: Set<KeyIdentifier> = []
    var step = Paginator.Step.more
    while step == .more, let request = paginator.nextRequest(limit: 1000) {
      let page = try await source.page(request)
      let before = known.count
      for row in 0..<page.keys.count { known.insert(page.keys.id(at: row)) }
      step = paginator.receive(page, added: known.count - before)
    }
    await source.close()
    #expect(step == .finished)
    #expect(known.count == 3001)
  }

  @Test("A cancelled page is read again, and no key is lost")
  func cancelledPages() async throws {
    let count = 20_000
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }  // What is left is the system's to clear.
    try Data((0..<count).map { line($0) + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
    let source = FileKeySource(path: path)
    var paginator = Paginator(order: .descending, mayRepeat: true)
    var found: [String] = []
    while let request = paginator.nextRequest(limit: 1000) {
      if request.cursor != nil {
        // Somebody asked, and did not wait for the answer.
        let dropped = Task { try await source.page(request) }
        dropped.cancel()
        if found.count % 2 == 0 { _ = await dropped.result }
      }
      let page = try await source.page(request)
      found += names([page])
      if paginator.receive(page, added: page.keys.count) != .more { break }
    }
    await source.close()
    #expect(found == (0..<count).map { "key \($0)" })
  }

  @Test("Compressed data that is truncated or damaged is an error", arguments: [false, true])
  func damage(isCut: Bool) async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }  // What is left is the system's to clear.
    let text = Array((0..<20_000).map { line($0) + "\n" }.joined().utf8)
    let file = try #require(gzopen(path, "wb"))
    #expect(gzwrite(file, text, UInt32(text.count)) == text.count)
    #expect(gzclose(file) == Z_OK)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    if isCut { bytes.removeLast(bytes.count / 3) } else { bytes[bytes.count - 6] ^= 0x55 }
    try bytes.write(to: URL(fileURLWithPath: path))
    let source = FileKeySource(path: path)
    var paginator = Paginator(order: .descending, mayRepeat: true)
    await #expect(throws: KeySourceError.self) {
      while let request = paginator.nextRequest(limit: 1000) {
        let page = try await source.page(request)
        if paginator.receive(page, added: page.keys.count) != .more { break }
      }
    }
    await source.close()
  }

  @Test("One page on one line that has more pages is incomplete")
  func longPage() async throws {
    let records = (0..<5000).map { line($0) }.joined(separator: ",")
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }  // What is left is the system's to clear.
    try Data(#"{"has_more":true,"data":[\#(records)]}"#.utf8).write(to: URL(fileURLWithPath: path))
    let source = FileKeySource(path: path)
    var paginator = Paginator(order: .descending)
    let page = try await nextPage(&paginator, source)
    // Nothing more can be read, and the list is not whole.
    #expect(page.keys.count == 5000 && !page.hasMore && page.provenance?.isComplete == false)
    #expect(paginator.receive(page, added: 5000) == .finished)
    await source.close()
  }

  @Test("A paused pipe gives the lines it has as a page, and a cancelled wait can be resumed")
  func pausingPipe() async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }  // What is left is the system's to clear.
    try #require(mkfifo(path, 0o600) == 0)
    // Read and write: opening does not wait, and the pipe has no end before it is closed here.
    let descriptor = try #require({ $0 < 0 ? nil : $0 }(open(path, O_RDWR)))
    func write(_ text: String) {
      _ = Array(text.utf8).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
    let source = FileKeySource(path: path)
    var paginator = Paginator(order: .descending, mayRepeat: true)
    write((0..<3).map { line($0) + "\n" }.joined() + line(3).prefix(40))
    let page = try await nextPage(&paginator, source)
    #expect(names([page]) == ["key 0", "key 1", "key 2"] && page.hasMore)
    #expect(paginator.receive(page, added: 3) == .more)
    let wanted = paginator.nextRequest(limit: 1000)
    let request = try #require(wanted)
    let waiting = Task { try await source.page(request) }
    waiting.cancel()
    await #expect(throws: KeySourceError.cancelled) { try await waiting.value }
    write(line(3).dropFirst(40) + "\n" + line(4) + "\n")
    let rest = try await source.page(request)
    #expect(names([rest]).first == "key 3")
    await source.close()
    close(descriptor)
  }

  @Test("A line longer than any block is read")
  func longLine() async throws {
    let long = #"{"id":"a","name":"long","note":"\#(String(repeating: "n", count: 900_000))"}"#
    let pages = try await pages(of: Array([line(1), long, line(2)].joined(separator: "\n").utf8))
    #expect(names(pages).map(\.utf8.count) == [5, 4, 5])
  }

  @Test("A line whose field exceeds the size limit is still a key", .tags(.s9, .t1))
  func longField() async throws {
    let long = #"{"id":"a","name":"\#(String(repeating: "n", count: 70_000))"}"#
    let pages = try await pages(of: Array([line(1), long, line(2)].joined(separator: "\n").utf8))
    #expect(names(pages) == ["key 1", "", "key 2"])
    #expect(pages.map(\.unreadable).reduce(0, +) == 0)
    let odd = pages.flatMap { page in (0..<page.keys.count).compactMap { page.keys[$0].notUnderstood[.name] } }
    #expect(odd.map(\.bytes) == [70_002])
  }
}
