package import APIKeyClient
package import APIKeyModel
import APIKeyWire
import Digests
import Glibc

/// Keys from a saved file: JSON texts that follow one another, each a key, a page of the API, a list of either, or an
/// export of this program; uncompressed or compressed with gzip, in any encoding of Unicode.
///
/// Keys one a line are streamed: the first of them come at once, then larger blocks, several of them decoded side by
/// side while the one before is taken in. Where a line is not one JSON text, the rest of the file is read as texts
/// wherever they end (``DocumentReader``). A pipe that pauses keeps nothing back: what was read is a page.
package actor FileKeySource: KeySource {
  /// Writes a key as one JSON object, as an export does.
  package typealias KeyWriter = @Sendable (APIKey, inout [UInt8]) -> Void

  private let path: String
  private let encode: KeyWriter?
  private var reading: Reading?
  private var isFirst = true
  private var decoding = DecodingQueue()
  private var totals = FileTotals()
  /// The newest page, and the request it belongs to.
  private var answer: (cursor: PageCursor?, page: KeyPage)?
  /// Why the file cannot be read on.
  private var failure: KeySourceError?
  private let wake = InputWake()
  private let limits: FileLimits
  /// A page of texts ends when it has so many bytes of them: few at first, so that the first rows are soon there.
  private static let firstPageBytes = 1 << 16
  private static let pageBytes = 1 << 19

  /// A file that is being read.
  private struct Reading {
    let input: FileInput
    let lines: LineReader
    /// Set where lines are not enough.
    var documents: Documents?
    var side: SideEvidence?
    /// Seconds since the epoch.
    let startedAt: Int64
  }

  /// Reading text by text, and what was read of the next page.
  private final class Documents {
    let reader: DocumentReader
    let decoder: PageDecoder
    var chunk = FileChunk()
    var bytes = 0

    init(_ reader: DocumentReader, _ decoder: PageDecoder) { (self.reader, self.decoder) = (reader, decoder) }
  }

  /// `-` is standard input; `memoryLimit` in bytes. `encode` is needed to recognize a reformatted list by its digest.
  package init(path: String, memoryLimit: Int = .max, encode: KeyWriter? = nil) {
    self.path = path
    self.encode = encode
    limits = FileLimits(memory: memoryLimit)
  }

  package nonisolated var label: String { path == "-" ? "standard input" : path }
  package nonisolated var requestCount: Int { 0 }
  package nonisolated var hasBothOrders: Bool { false }
  package nonisolated var isRereadable: Bool { path != "-" }
  package func close() {
    (reading, answer) = (nil, nil)
    decoding.removeAll()
  }

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
    // The same request again: the response was cancelled on its way, and its keys must not be missing.
    if let answer, answer.cursor == request.cursor { return answer.page }
    if let failure { throw failure }
    do throws(KeySourceError) {
      if isFirst {
        try choose()
        isFirst = false
      }
      return try await nextKeys(after: request.cursor)
    } catch {
      if Task.isCancelled || error == .cancelled { throw .cancelled }
      failure = error
      isFirst = false
      throw error
    }
  }

  /// Whether a request for the first page finds the source as it began, or a pipe whose first page was cancelled.
  private var canGoOn: Bool {
    if reading == nil || failure != nil { return false }
    return isFirst || path == "-" && (totals.pages == 0 || answer.map { $0.cursor == nil } ?? false)
  }

  private func restart() throws(KeySourceError) {
    if path == "-", !isFirst { throw failure ?? .notRereadable }
    decoding.removeAll()
    (answer, failure) = (nil, nil)
    totals = FileTotals()
    isFirst = true
    let side = path == "-" ? nil : SideEvidence(of: path)
    let input = try FileInput(path: path, wake: wake)
    if side != nil { input.digest = SHA256() }
    reading = Reading(
      input: input, lines: LineReader(input, longestLine: limits.line, pool: decoding.blocks), side: side,
      startedAt: Int64(time(nil)))
  }

  /// Looks at the first line: keys one a line are read as lines, anything else as texts.
  private func choose() throws(KeySourceError) {
    guard let lines = reading?.lines else { return }
    guard let first = lines.peekByte() else {
      if Task.isCancelled { throw .cancelled }
      try checkReading(lines)
      throw .badFile(path: label, reason: "it is empty")
    }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      throw .badFile(path: label, reason: lines.foreignForm ?? "it is not JSON")
    }
    if first == UInt8(ascii: "{"), var line = lines.peekLine(), !line.contains(DocumentReader.recordSeparator),
      let decoder = PageDecoder()
    {
      line.append(contentsOf: repeatElement(0, count: PageDecoder.padding))
      var keys = KeyBatch()
      let text = line.withUnsafeBufferPointer { bytes -> FileText? in
        bytes.baseAddress.map { decoder.decodeText($0, length: bytes.count - PageDecoder.padding, to: &keys) }
      }
      switch text {
      case .key, .blank: return
      // A line that is broken in itself hides no other.
      case .unreadable: return
      case .page, .unfinished, .several, nil: break
      }
    }
    if Task.isCancelled { throw .cancelled }
    try readDocuments(ahead: [])
  }

  private func nextKeys(after cursor: PageCursor?) async throws(KeySourceError) -> KeyPage {
    while let reading {
      // No one waits for this call any more, and a later caller may be further on: it must not take their keys.
      if Task.isCancelled { throw .cancelled }
      if let answer, answer.cursor == cursor { return answer.page }
      if reading.documents != nil { return try nextDocuments(after: cursor) }
      let lines = reading.lines
      while decoding.entries.isEmpty, !lines.isExhausted {
        if Task.isCancelled { throw .cancelled }
        decoding.readAhead(lines, mayWait: true)
      }
      decoding.readAhead(lines)
      guard let next = decoding.entries.first else {
        try checkReading(lines)
        return try page(of: FileChunk(), isLast: true)
      }
      let decoded = await next.task.value
      // Another call requested it meanwhile and has it: a cancelled call may still be waiting here.
      guard decoding.entries.first?.task == next.task, !Task.isCancelled else { continue }
      decoding.removeFirst()
      guard let chunk = decoded else { throw .badFile(path: label, reason: "there is not enough memory") }
      let firstLine = totals.lines
      totals.add(lines: chunk.lineCount)
      if let stop = chunk.stop {
        try readDocuments(ahead: [(next.block, stop)])
        if chunk.content.isEmpty, chunk.content.facts.pages == 0 { continue }
      } else {
        decoding.blocks.giveBack(next.block)
        // While this page is taken in, the next are decoded.
        decoding.readAhead(lines)
      }
      let isLast =
        chunk.stop == nil && decoding.entries.isEmpty && lines.isExhausted && !lines.isTooLong && lines.problem == nil
        && lines.damage == nil
      let page = try page(of: chunk.content, linesBefore: firstLine, isLast: isLast)
      answer = (cursor, page)
      return page
    }
    return KeyPage(keys: KeyBatch(), hasMore: false)
  }

  // MARK: Text by text

  /// Goes on text by text, with these blocks of lines first and then those that are being decoded.
  private func readDocuments(ahead: [(block: LineBlock, start: Int)]) throws(KeySourceError) {
    guard let lines = reading?.lines else { return }
    // Tasks that still decode these blocks only read them, and no one gives them back.
    let rest = ahead + decoding.entries.map { ($0.block, 1) }
    decoding.removeAll()
    guard
      let reader = DocumentReader(lines, ahead: rest, line: totals.lines + 1, limit: limits.document),
      let decoder = PageDecoder(maximumBytes: max(limits.document, 1))
    else { throw .badFile(path: label, reason: "there is not enough memory") }
    reading?.documents = Documents(reader, decoder)
  }

  private func nextDocuments(after cursor: PageCursor?) throws(KeySourceError) -> KeyPage {
    guard let documents = reading?.documents else { return KeyPage(keys: KeyBatch(), hasMore: false) }
    var isLast = false
    do throws(KeySourceError) {
      isLast = try fill(documents)
    } catch {
      // What was read before is kept; what stopped it is the result of the next request.
      if Task.isCancelled || error == .cancelled || documents.chunk.isEmpty { throw error }
      failure = error
    }
    let chunk = documents.chunk
    (documents.chunk, documents.bytes) = (FileChunk(), 0)
    let page = try page(of: chunk, isLast: isLast)
    answer = (cursor, page)
    return page
  }

  /// Reads texts until there are enough of them for a page, or a pipe pauses; true at the end.
  private func fill(_ documents: Documents) throws(KeySourceError) -> Bool {
    guard let lines = reading?.lines else { return true }
    let enough = totals.pages == 0 ? FileKeySource.firstPageBytes : FileKeySource.pageBytes
    while true {
      switch documents.reader.next(mayWait: documents.chunk.isEmpty) {
      case .text(let length):
        // Known only now: a text that fills a page may be the last.
        if documents.bytes >= enough { return false }
        try take(length, documents)
      case .broken(let line, let byte):
        let reason = "it is not JSON (byte \(byte))"
        if FileChunk.looksLikeList(documents.reader.bytes, documents.reader.available) {
          throw damaged(reason, line: line)
        }
        documents.chunk.countUnreadable(reason, line: line)
      case .notYet:
        if Task.isCancelled { throw .cancelled }
        if !documents.chunk.isEmpty { return false }
      case .end:
        try checkReading(lines)
        return true
      case .unfinished(let line, let bytes):
        try checkReading(lines)
        throw damaged("what begins there ends too early, after \(bytes) bytes", line: line)
      case .tooLong(let line):
        throw .tooLarge(
          path: label, part: line == 1 ? "its one JSON text" : "the JSON text in line \(line)",
          limitBytes: limits.document)
      }
    }
  }

  private func take(_ length: Int, _ documents: Documents) throws(KeySourceError) {
    let reader = documents.reader
    guard length <= limits.document else {
      throw .tooLarge(path: label, part: "the JSON text in line \(reader.line)", limitBytes: limits.document)
    }
    let line = reader.line
    if case .refused(let reason) = documents.chunk.take(reader.bytes, length: length, line: line, documents.decoder) {
      // The number of keys in it is unknown: a count of what cannot be read would be wrong.
      if FileChunk.looksLikeList(reader.bytes, length) { throw damaged(reason, line: line) }
      documents.chunk.countUnreadable(reason, line: line)
    }
    documents.bytes += length
    reader.advance()
  }

  private func damaged(_ reason: String, line: Int) -> KeySourceError {
    .damagedFile(path: label, reason: "line \(line): \(reason)")
  }

  // MARK: Pages and the end

  private func page(of chunk: FileChunk, linesBefore: Int = 0, isLast: Bool) throws(KeySourceError) -> KeyPage {
    let reason = chunk.problem.map { "line \(linesBefore + $0.line): \($0.text)" }
    totals.add(page: chunk, reason: reason)
    // Ids may be in a file twice; the number of a page is the cursor.
    var page = KeyPage(
      keys: chunk.keys, hasMore: !isLast, lastID: .opaque("part \(totals.pages)"), unreadable: chunk.unreadable,
      unreadableReason: reason)
    if isLast { page.provenance = try provenance() }
    return page
  }

  /// Throws where the end of what was read is not the end of the file.
  private func checkReading(_ reader: LineReader) throws(KeySourceError) {
    if let problem = reader.problem { throw .unreadableFile(path: label, reason: problem) }
    if let damage = reader.damage { throw .damagedFile(path: label, reason: damage) }
    if reader.isTooLong { throw .tooLarge(path: label, part: "line \(totals.lines + 1)", limitBytes: limits.line) }
  }

  /// What the file states about itself, once it was read to its end.
  private func provenance() throws(KeySourceError) -> ListProvenance? {
    if totals.keys == 0, totals.unreadable > 0, totals.facts.pages == 0 {
      throw .badFile(path: label, reason: totals.reason ?? "nothing in it is a key")
    }
    guard let reading else { return nil }
    let evidence = FileEvidence(
      file: label, readAt: reading.startedAt, facts: totals.facts, records: totals.records,
      side: reading.side, digest: reading.input.digest?.hexDigest(), encode: encode)
    if let format = evidence.newerFormat { throw .newerFile(path: label, format: format) }
    return evidence.provenance()
  }
}
