import APIKeyModel

/// What the pages of a file held so far.
struct FileTotals {
  private(set) var pages = 0
  private(set) var lines = 0
  private(set) var keys = 0
  private(set) var unreadable = 0
  /// Why the first record that cannot be read cannot be read.
  private(set) var reason: String?
  private(set) var facts = FileFacts()

  /// Keys, and what could not be read as one.
  var records: Int { keys + unreadable }

  mutating func add(lines count: Int) { lines += count }

  /// Counts a page; `reason` is what is wrong with its first unreadable record.
  mutating func add(page chunk: FileChunk, reason: String?) {
    pages += 1
    keys += chunk.keys.count
    unreadable += chunk.unreadable
    self.reason = self.reason ?? reason
    facts.append(chunk.facts)
  }
}
