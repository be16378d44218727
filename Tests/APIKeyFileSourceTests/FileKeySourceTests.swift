import APIKeyClient
import APIKeyFileSource
import APIKeyModel
import CZlib
import Foundation
import Testing

@Suite struct FileKeySourceTests {
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
    var walk = PageWalk(order: .descending)
    var pages: [KeyPage] = []
    while let request = walk.nextRequest(limit: 1000) {
      let page = try await source.page(request)
      pages.append(page)
      if walk.receive(page, added: page.keys.count) != .more { break }
    }
    await source.close()
    return pages
  }

  private func names(_ pages: [KeyPage]) -> [String] {
    pages.flatMap { page in (0..<page.keys.count).map { page.keys[$0].name } }
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

  @Test("A bad line is named by its number and hides no other, in a large file too")
  func badLines() async throws {
    var lines = (0..<5000).map { line($0) }
    lines[3210] = #"{"id":7}"#
    lines[4000] = "{"
    lines[4001] = ""
    lines[4002] = line(4002) + "," + line(9000)
    let pages = try await pages(of: Array(lines.joined(separator: "\n").utf8))
    #expect(pages.reduce(0) { $0 + $1.keys.count } == 4996)
    #expect(pages.reduce(0) { $0 + $1.unreadable } == 3)
    #expect(pages.compactMap(\.unreadableReason).first?.hasPrefix("line 3211: ") == true)
  }

  @Test("A line longer than any block is read")
  func longLine() async throws {
    let long = #"{"id":"a","name":"\#(String(repeating: "n", count: 900_000))"}"#
    let pages = try await pages(of: Array([line(1), long, line(2)].joined(separator: "\n").utf8))
    #expect(names(pages).map(\.utf8.count) == [5, 900_000, 5])
  }
}
