import APIKeyClient
import APIKeyModel
import APIKeyWire
import CZlib
import WorkerPool

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Keys from a saved file: one key a line (NDJSON), a page of the API, or a list; plain or compressed with gzip.
///
/// Lines are streamed: the first of them come at once, then larger chunks, each read while the one before is taken in.
package actor FileKeySource: KeySource {
  private let path: String
  private var reader: LineReader?
  private var line = 0
  private var isFirst = true
  /// The file is one page, or a partial list, that says there is more: nobody can fetch it.
  private var isPartial = false
  /// The next chunk, read in advance.
  private var ahead: Result<KeyPage, KeySourceError>?
  private let decoders = PageDecoderPool()
  /// Largest file that is one JSON text, in bytes; files of lines have no limit.
  private static let maximumDocument = 2_000_000_000

  /// Keys wanted in a later chunk; the first is what the first block of the file holds.
  package static let laterChunk = 8192

  /// `-` is standard input.
  package init(path: String) { self.path = path }

  package nonisolated var label: String { path == "-" ? "standard input" : path }
  package nonisolated var requestCount: Int { 0 }
  package nonisolated var hasBothOrders: Bool { false }
  package nonisolated var isRereadable: Bool { path != "-" }
  package func close() { (reader, ahead) = (nil, nil) }

  package func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    if request.cursor == nil, !isFirst || reader == nil { try restart() }
    if isPartial, request.cursor != nil {
      throw .badFile(path: label, reason: "it is a part of a list that has more")
    }
    if let ahead {
      self.ahead = nil
      readAhead(after: ahead)
      return try ahead.get()
    }
    guard let reader else { return KeyPage(keys: KeyBatch(), hasMore: false) }
    var count = FileKeySource.laterChunk
    if isFirst {
      isFirst = false
      if let whole = try wholeDocument(reader) { return whole }
      count = 1
    }
    let page = try lines(reader, count: count)
    readAhead(after: .success(page))
    return page
  }

  /// Reads the chunk after `page` once this actor is free, which is while `page` is being taken in.
  private func readAhead(after page: Result<KeyPage, KeySourceError>) {
    guard case .success(let page) = page, page.hasMore, let reader else { return }
    let place = ObjectIdentifier(reader)
    Task(executorPreference: WorkerPool.shared) { await self.readNext(of: place) }
  }

  private func readNext(of place: ObjectIdentifier) {
    guard ahead == nil, let reader, ObjectIdentifier(reader) == place else { return }
    do throws(KeySourceError) {
      ahead = .success(try lines(reader, count: FileKeySource.laterChunk))
    } catch {
      ahead = .failure(error)
    }
  }

  private func restart() throws(KeySourceError) {
    if path == "-", line > 0 { throw .notRereadable }
    ahead = nil
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
    let read = decoders.withDecoder { decoder in
      var chunk = LineChunk()
      chunk.read(reader, decoder, count: count, line: &line)
      return chunk
    }
    guard let chunk = read else { throw .badFile(path: label, reason: "there is not enough memory") }
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

  /// Reads at least `count` keys where there are so many. `line` counts the lines of the file.
  mutating func read(_ reader: LineReader, _ decoder: PageDecoder, count: Int, line: inout Int) {
    if count > 1 { keys.reserveCapacity(count + count / 8) }
    while !isEnd, keys.count < count || reader.isOnLastLine {
      var number = line
      let isMore = reader.nextBlock { bytes, length in
        let lines = decoder.decodeLines(bytes, length: length, to: &keys)
        number = lines > 0 ? number + lines : takeEach(bytes, length, after: number, decoder)
      }
      isEnd = !isMore || reader.isExhausted
      line = number
    }
  }

  /// Decodes a block line by line; returns the number of its last line.
  private mutating func takeEach(
    _ bytes: UnsafeMutablePointer<UInt8>, _ length: Int, after line: Int, _ decoder: PageDecoder
  ) -> Int {
    var number = line
    var start = 1
    while start < length {
      let found = memchr(bytes + start, 0x0A, length - start)
      let stop = found.map { UnsafeMutableRawPointer($0) - UnsafeMutableRawPointer(bytes) } ?? length
      number += 1
      let hasReturn = stop > start && bytes[stop - 1] == 0x0D
      let size = stop - start - (hasReturn ? 1 : 0)
      if size > 0, let problem = decoder.decodeLine(bytes + start, length: size, to: &keys) {
        unreadable += 1
        reason = reason ?? "line \(number): \(problem)"
      }
      start = stop + 1
    }
    return number
  }
}
