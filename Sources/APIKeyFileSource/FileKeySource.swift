import APIKeyClient
import APIKeyModel
import APIKeyWire
import CZlib

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Keys from a saved file: one key a line (NDJSON), a page of the API, or a list; plain or compressed with gzip.
///
/// Lines are streamed: the first thousand come at once, then larger chunks.
package actor FileKeySource: KeySource {
  private let path: String
  private var reader: LineReader?
  private var line = 0
  private var isFirst = true
  /// The file is one page, or a partial list, that says there is more: nobody can fetch it.
  private var isPartial = false
  /// Largest file that is one JSON text, in bytes; files of lines have no limit.
  private static let maximumDocument = 2_000_000_000

  /// Lines of the first chunk, and of the later ones.
  package static let firstChunk = 1000
  package static let laterChunk = 20_000

  /// `-` is standard input.
  package init(path: String) { self.path = path }

  package nonisolated var label: String { path == "-" ? "standard input" : path }
  package nonisolated var requestCount: Int { 0 }
  package nonisolated var isRereadable: Bool { path != "-" }
  package func close() { reader = nil }

  package func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    if request.cursor == nil, !isFirst || reader == nil { try restart() }
    if isPartial, request.cursor != nil {
      throw .badFile(path: label, reason: "it is a part of a list that has more")
    }
    guard let reader else { return KeyPage(keys: KeyBatch(), hasMore: false) }
    if isFirst {
      isFirst = false
      if let whole = try wholeDocument(reader) { return whole }
      return try lines(reader, count: FileKeySource.firstChunk)
    }
    return try lines(reader, count: FileKeySource.laterChunk)
  }

  private func restart() throws(KeySourceError) {
    if path == "-", line > 0 { throw .notRereadable }
    reader = try LineReader(path: path)
    line = 0
    isFirst = true
    isPartial = false
  }

  /// A file that is one JSON document over several lines, or one page or list on its first line.
  private func wholeDocument(_ reader: LineReader) throws(KeySourceError) -> KeyPage? {
    guard let first = reader.peekByte() else { throw .badFile(path: path, reason: "it is empty") }
    if first == UInt8(ascii: "[") { return try document(reader.readAll(limit: FileKeySource.maximumDocument)) }
    guard first == UInt8(ascii: "{") else { throw .badFile(path: path, reason: "it is not JSON") }
    guard var head = reader.peekLine(), let decoder = PageDecoder() else { return nil }
    if let page = try? decoder.decode(&head) {
      // One key a line is the common file; a page has `data`.
      return page.root == .record ? nil : try document(reader.readAll(limit: FileKeySource.maximumDocument))
    }
    return reader.startsWithPage ? try document(reader.readAll(limit: FileKeySource.maximumDocument)) : nil
  }

  private func document(_ bytes: [UInt8]) throws(KeySourceError) -> KeyPage {
    guard let decoder = PageDecoder(maximumBytes: FileKeySource.maximumDocument) else {
      throw .badFile(path: path, reason: "there is not enough memory")
    }
    var bytes = bytes
    line += 1
    reader = nil
    do throws(DecodingProblem) {
      let page = try decoder.decode(&bytes)
      // A part is never passed off as the whole: the next request says why there is no more.
      isPartial = page.hasMore || page.isMarkedIncomplete
      return KeyPage(
        keys: page.keys, hasMore: isPartial, unreadable: page.unreadable, unreadableReason: page.unreadableReason)
    } catch {
      throw .badFile(path: path, reason: error.reason)
    }
  }

  private func lines(_ reader: LineReader, count: Int) throws(KeySourceError) -> KeyPage {
    guard let chunk = LineChunk(reader: reader, count: count, line: &line) else { throw .cancelled }
    if chunk.isEnd {
      if let problem = reader.problem { throw .unreadableFile(path: label, reason: problem) }
      if chunk.keys.isEmpty, chunk.unreadable > 0, chunk.unreadable == line {
        throw .badFile(path: label, reason: chunk.reason ?? "no line is a key")
      }
    }
    return KeyPage(
      keys: chunk.keys, hasMore: !chunk.isEnd, unreadable: chunk.unreadable, unreadableReason: chunk.reason)
  }
}

/// Some lines of a file, decoded.
private struct LineChunk {
  var keys = KeyBatch()
  var unreadable = 0
  var reason: String?
  var isEnd = false

  /// Reads up to `count` keys; nil when cancelled. `line` counts the lines of the file.
  init?(reader: LineReader, count: Int, line: inout Int) {
    guard let decoder = PageDecoder() else { return nil }
    keys.reserveCapacity(count)
    while keys.count < count, !isEnd {
      if line.isMultiple(of: 1024), Task.isCancelled { return nil }
      var number = line
      isEnd = reader.nextLine { bytes, length in
        number += 1
        if length > 0 { take(bytes, length, number, decoder) }
      }
      line = number
    }
  }

  private mutating func take(_ bytes: UnsafePointer<UInt8>?, _ length: Int, _ line: Int, _ decoder: PageDecoder) {
    do throws(DecodingProblem) {
      let record = try decoder.decode(padded: bytes, length: length)
      if record.keys.isEmpty {
        unreadable += max(record.unreadable, 1)
        reason = reason ?? "line \(line): \(record.unreadableReason ?? "it holds no key")"
      } else {
        keys.append(contentsOf: record.keys)
      }
    } catch {
      unreadable += 1
      reason = reason ?? "line \(line): \(error.reason)"
    }
  }
}
