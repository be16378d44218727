import APIKeyModel
import APIKeyWire
import Digests
import Glibc

/// What was read of a piece of a file: keys, what could not be read, and what its lists state about themselves.
struct FileChunk: Sendable {
  private(set) var keys = KeyBatch()
  /// Records that could not be read.
  private(set) var unreadable = 0
  /// What is wrong with the first of them, and its line.
  private(set) var problem: (line: Int, text: String)?
  private(set) var facts = FileFacts()

  var isEmpty: Bool { keys.isEmpty && unreadable == 0 }

  mutating func reserveCapacity(_ count: Int) { keys.reserveCapacity(count) }

  /// What one text came to.
  enum Outcome {
    case taken
    /// Nothing was taken: its end is not where it was thought to be, or it is a broken list of an unknown number of
    /// keys.
    case refused(String)
  }

  /// The JSON texts of a list in a list, as `jq -s` makes them, are looked for so deep.
  private static let deepestList = 8
  /// A list's `data` is looked for in so many of its first bytes.
  private static let prefixLength = 200

  /// Takes the text at `bytes`, in this line; ``PageDecoder/padding`` readable bytes follow it.
  mutating func take(_ bytes: UnsafePointer<UInt8>, length: Int, line: Int, _ decoder: PageDecoder) -> Outcome {
    take(bytes, length: length, line: line, decoder, depth: 0)
  }

  private mutating func take(
    _ bytes: UnsafePointer<UInt8>, length: Int, line: Int, _ decoder: PageDecoder, depth: Int
  ) -> Outcome {
    if decoder.decodeKey(bytes, length: length, to: &keys) {
      facts.hasBareKeys = true
      return .taken
    }
    switch decoder.decodeText(bytes, length: length, to: &keys) {
    case .key:
      facts.hasBareKeys = true
    case .blank: break
    case .page(let page, let marks):
      if page.root == .array, page.unreadable > 0 || page.mayHoldPages, depth < FileChunk.deepestList,
        takeElements(of: bytes, length: length, line: line, decoder, depth: depth)
      {
        return .taken
      }
      keys.append(contentsOf: page.keys)
      unreadable += page.unreadable
      if let reason = page.unreadableReason { note(reason, line: line) }
      if page.root == .page {
        facts.add(marks, of: page, text: UnsafeBufferPointer(start: bytes, count: length))
      } else {
        facts.hasBareKeys = true
      }
    case .unfinished(let reason), .several(let reason): return .refused(reason)
    case .unreadable(let reason):
      // Marks and separators before a text are for who looks for texts, not for who takes a line as one.
      let hasPrefix = bytes[0] == DocumentReader.recordSeparator || bytes[0] == DocumentReader.byteOrderMark[0]
      if decoder.failed, hasPrefix || FileChunk.looksLikeList(bytes, length) { return .refused(reason) }
      countUnreadable(reason, line: line)
    }
    return .taken
  }

  /// Takes the elements of a list one by one, which may be pages. False where that cannot be.
  private mutating func takeElements(
    of bytes: UnsafePointer<UInt8>, length: Int, line: Int, _ decoder: PageDecoder, depth: Int
  ) -> Bool {
    guard let splitter = JSONSplitter() else { return false }
    var place = 0
    func next() -> UInt8? {
      while place < length, bytes[place] <= 0x20 || DocumentReader.byteOrderMark.contains(bytes[place]) { place += 1 }
      return place < length ? bytes[place] : nil
    }
    _ = next()
    place += 1
    while let byte = next(), byte != UInt8(ascii: "]") {
      if byte == UInt8(ascii: ",") {
        place += 1
        continue
      }
      splitter.begin()
      // The list was read before: it is JSON.
      guard case .end(let end) = splitter.scan(bytes, from: place, to: length) else { return false }
      if case .refused(let reason) = take(bytes + place, length: end - place, line: line, decoder, depth: depth + 1) {
        countUnreadable(reason, line: line)
      }
      place = end
    }
    return true
  }

  mutating func countUnreadable(_ reason: String, line: Int) {
    unreadable += 1
    note(reason, line: line)
  }

  private mutating func note(_ reason: String, line: Int) { problem = problem ?? (line, reason) }

  /// Whether a text that cannot be read begins as a page or a list does: the number of keys lost with it is unknown.
  static func looksLikeList(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    let start = UnsafeBufferPointer(start: bytes, count: min(length, prefixLength)).filter { $0 > 0x20 && $0 < 0x80 }
    if start.first == UInt8(ascii: "[") { return true }
    return String(decoding: start, as: UTF8.self).contains("\"data\":[")
  }
}

/// What the lists of a file state about themselves.
struct FileFacts: Sendable {
  /// There are keys outside of any page.
  var hasBareKeys = false
  /// How many pages there were; and whether there is more after the last, if it states it.
  var hasPage: Bool { pages > 0 }
  private(set) var pages = 0
  private(set) var hasMore: Bool?
  /// How many pages state that nothing follows them.
  private(set) var ends = 0
  /// The lists that state what they are, in their order.
  private(set) var lists: [SavedList] = []

  mutating func add(_ marks: ListMarks, of page: DecodedPage, text: UnsafeBufferPointer<UInt8>) {
    pages += 1
    hasMore = marks.hasMore
    if marks.hasMore == false { ends += 1 }
    guard marks.evidence != nil || marks.complete != nil else { return }
    var list = SavedList(marks: marks, records: page.keys.count + page.unreadable)
    if let place = marks.evidence, place.count <= SideEvidence.longest, let base = text.baseAddress {
      list.evidence = JSONValue(parsing: UnsafeBufferPointer(start: base + place.lowerBound, count: place.count))
      if let wanted = list.evidence?["sha256"]?.text { list.hasItsDigest = SavedList.digest(of: text) == wanted }
      if list.hasItsDigest == false { list.keys = page.keys }
    }
    lists.append(list)
  }

  mutating func append(_ other: FileFacts) {
    hasBareKeys = hasBareKeys || other.hasBareKeys
    if other.hasPage { hasMore = other.hasMore }
    pages += other.pages
    ends += other.ends
    lists += other.lists
  }
}

/// A list that was saved with words about itself.
struct SavedList: Sendable {
  var marks: ListMarks
  /// How many records were in it, those that could not be read included.
  var records: Int
  /// Nil where it has none that can be read.
  var evidence: JSONValue?
  /// Whether its keys, as they are written there, have the digest it names; nil where it names none.
  var hasItsDigest: Bool?
  /// Its keys where they have to be written again to know.
  var keys: KeyBatch?

  /// The digest of the keys in a list of the form that this program writes, one a line; of any other form it is wrong.
  static func digest(of text: UnsafeBufferPointer<UInt8>) -> String {
    var hash = SHA256()
    guard let base = text.baseAddress else { return hash.hexDigest() }
    var place = 0
    var isFirst = true
    let lineEnd: [UInt8] = [0x0A]
    while place < text.count, let found = memchr(base + place, 0x0A, text.count - place) {
      let stop = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if !isFirst, text[place] == UInt8(ascii: "]") { break }
      if !isFirst {
        let hasComma = stop > place && text[stop - 1] == UInt8(ascii: ",")
        hash.update(UnsafeBufferPointer(rebasing: text[place..<stop - (hasComma ? 1 : 0)]))
        hash.update(lineEnd)
      }
      isFirst = false
      place = stop + 1
    }
    return hash.hexDigest()
  }
}
