import APIKeyClient
import APIKeyModel
import APIKeyWire
import WorkerPool

/// Keys from a saved file: one key a line (NDJSON), a page of the API, or a list; plain or compressed with gzip.
///
/// Lines are streamed: the first of them come at once, then larger blocks, several of them decoded side by side while
/// the one before is taken in. A pipe that pauses keeps nothing back: what was read is a page.
package actor FileKeySource: KeySource {
  private let path: String
  private var reader: LineReader?
  private var isFirst = true
  /// The file is one page, or a partial list, that says there is more: nobody can fetch it.
  private var isPartial = false
  /// The next blocks of lines, in order, each decoded on its own.
  private var decoding: [Task<LineChunk?, Never>] = []
  private var lines = LineCount()
  /// The newest page of lines, and what it was the answer to.
  private var answer: (cursor: PageCursor?, page: KeyPage)?
  private let wake = InputWake()
  private let decoders = PageDecoderPool()
  private let blocks = LineBlockPool()
  /// Largest file that is one JSON text, and longest line, in bytes after decompression; there may be any number of lines.
  private let largestDocument: Int
  private let longestLine: Int
  /// What memory is needed for one byte of a document or of a line, at most: the text, and what it is decoded to.
  private static let memoryForByte = 8
  /// Blocks that are decoded or wait for it at a time: more than there are cores, so that none of them waits.
  private static let blocksAhead = 4

  /// What the chunks so far held.
  private struct LineCount {
    var lines = 0
    var keys = 0
    var unreadable = 0
    var reason: String?
  }

  /// `-` is standard input; `memoryLimit` in bytes.
  package init(path: String, memoryLimit: Int = .max) {
    self.path = path
    largestDocument = min(memoryLimit / FileKeySource.memoryForByte, 1 << 30)
    longestLine = min(memoryLimit / FileKeySource.memoryForByte, 64 << 20)
  }

  package nonisolated var label: String { path == "-" ? "standard input" : path }
  package nonisolated var requestCount: Int { 0 }
  package nonisolated var hasBothOrders: Bool { false }
  package nonisolated var isRereadable: Bool { path != "-" }
  package func close() { (reader, decoding, answer) = (nil, [], nil) }

  package func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    let result: Result<KeyPage, KeySourceError> = await withTaskCancellationHandler {
      do throws(KeySourceError) {
        return .success(try await nextPage(request))
      } catch {
        return .failure(error)
      }
    } onCancel: {
      wake.raise()
    }
    return try result.get()
  }

  private func nextPage(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    wake.lower()
    if Task.isCancelled { throw .cancelled }
    if request.cursor == nil, !canGoOn { try restart() }
    if isPartial, request.cursor != nil {
      throw .badFile(path: label, reason: "it is a part of a list that has more")
    }
    if isFirst, let reader {
      do throws(KeySourceError) {
        let whole = try wholeDocument(reader)
        isFirst = false
        if let whole { return whole }
      } catch {
        if Task.isCancelled { throw .cancelled }
        isFirst = false
        throw error
      }
    }
    return try await nextLines(after: request.cursor)
  }

  private func nextLines(after cursor: PageCursor?) async throws(KeySourceError) -> KeyPage {
    while let reader {
      // Nobody waits for this call any more, and who asked after it may be further on: it must not take their lines.
      if Task.isCancelled { throw .cancelled }
      // The same question again: the answer was cancelled on its way, and its lines must not be missing.
      if let answer, answer.cursor == cursor { return answer.page }
      while decoding.isEmpty, !reader.isExhausted {
        if Task.isCancelled { throw .cancelled }
        readAhead(reader, mayWait: true)
      }
      readAhead(reader)
      guard let next = decoding.first else { return try lastPage(reader) }
      let decoded = await next.value
      // Somebody asked meanwhile and has it: a cancelled call may still be waiting here.
      guard decoding.first == next, !Task.isCancelled else { continue }
      decoding.removeFirst()
      guard let chunk = decoded else { throw .badFile(path: label, reason: "there is not enough memory") }
      // While this page is taken in, the next are decoded.
      readAhead(reader)
      let page = try page(of: chunk, reader)
      answer = (cursor, page)
      return page
    }
    return KeyPage(keys: KeyBatch(), hasMore: false)
  }

  /// Whether a request for the first page finds the source as it began, or a pipe whose first page was cancelled.
  private var canGoOn: Bool {
    if reader == nil { return false }
    return isFirst || path == "-" && (lines.lines == 0 || answer.map { $0.cursor == nil } ?? false)
  }

  /// Starts to decode what can be read; waits for a pipe only where nothing else is to be done.
  private func readAhead(_ reader: LineReader, mayWait: Bool = false) {
    while decoding.count < FileKeySource.blocksAhead,
      case .lines(let block) = reader.nextBlock(mayWait: mayWait && decoding.isEmpty)
    {
      decoding.append(
        Task.detached(executorPreference: WorkerPool.shared) { [decoders, blocks] in
          defer { blocks.giveBack(block) }
          return decoders.withDecoder { decoder in LineChunk(block, decoder) }
        })
    }
  }

  private func page(of chunk: LineChunk, _ reader: LineReader) throws(KeySourceError) -> KeyPage {
    let reason = chunk.problem.map { "line \(lines.lines + $0.line): \($0.text)" }
    lines.lines += chunk.lineCount
    lines.keys += chunk.keys.count
    lines.unreadable += chunk.unreadable
    lines.reason = lines.reason ?? reason
    let isLast =
      decoding.isEmpty && reader.isExhausted && !reader.isTooLong && reader.problem == nil && reader.damage == nil
    if isLast { try checkEnd() }
    // Ids may be in a file twice; the number of a line is what it goes on from.
    return KeyPage(
      keys: chunk.keys, hasMore: !isLast, lastID: .opaque("line \(lines.lines)"), unreadable: chunk.unreadable,
      unreadableReason: reason)
  }

  private func lastPage(_ reader: LineReader) throws(KeySourceError) -> KeyPage {
    try checkReading(reader)
    try checkEnd()
    return KeyPage(keys: KeyBatch(), hasMore: false)
  }

  /// Throws where the end of what was read is not the end of the file.
  private func checkReading(_ reader: LineReader) throws(KeySourceError) {
    if let problem = reader.problem { throw .unreadableFile(path: label, reason: problem) }
    if let damage = reader.damage { throw .badFile(path: label, reason: damage) }
    if reader.isTooLong { throw .tooLarge(path: label, part: "line \(lines.lines + 1)", limitBytes: longestLine) }
  }

  private func checkEnd() throws(KeySourceError) {
    if lines.keys == 0, lines.unreadable > 0, lines.unreadable == lines.lines {
      throw .badFile(path: label, reason: lines.reason ?? "no line is a key")
    }
  }

  private func restart() throws(KeySourceError) {
    if path == "-", !isFirst { throw .notRereadable }
    (decoding, answer) = ([], nil)
    reader = try LineReader(path: path, longestLine: longestLine, wake: wake, pool: blocks)
    lines = LineCount()
    isFirst = true
    isPartial = false
  }

  /// A file that is one JSON document over several lines, or one page or list on its first line.
  private func wholeDocument(_ reader: LineReader) throws(KeySourceError) -> KeyPage? {
    guard let first = reader.peekByte() else {
      try checkReading(reader)
      throw .badFile(path: label, reason: "it is empty")
    }
    if first == UInt8(ascii: "[") { return try document(reader) }
    guard first == UInt8(ascii: "{") else { throw .badFile(path: label, reason: "it is not JSON") }
    guard var head = reader.peekLine(), let decoder = PageDecoder() else { return nil }
    if let page = try? decoder.decode(&head) {
      // One key a line is the common file; a page has `data`.
      return page.root == .record ? nil : try document(reader)
    }
    return reader.startsWithPage ? try document(reader) : nil
  }

  private func document(_ reader: LineReader) throws(KeySourceError) -> KeyPage {
    guard var bytes = reader.readAll(limit: largestDocument) else { throw .cancelled }
    try checkReading(reader)
    guard bytes.count <= largestDocument else {
      throw .tooLarge(path: label, part: "its one JSON text", limitBytes: largestDocument)
    }
    guard let decoder = PageDecoder(maximumBytes: max(largestDocument, 1)) else {
      throw .badFile(path: label, reason: "there is not enough memory")
    }
    self.reader = nil
    do throws(DecodingProblem) {
      let page = try decoder.decode(&bytes)
      // A part is never passed off as the whole: the next request says why there is no more.
      isPartial = page.hasMore || page.isMarkedIncomplete
      return KeyPage(
        keys: page.keys, hasMore: isPartial, unreadable: page.unreadable, unreadableReason: page.unreadableReason)
    } catch {
      throw .badFile(path: label, reason: error.reason)
    }
  }
}
