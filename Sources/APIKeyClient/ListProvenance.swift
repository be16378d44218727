package import APIKeyModel

/// Where the keys of a saved file came from, as far as the file states it, and what it states about its own
/// completeness.
///
/// A source gives it with the last page of a file; a server's list has none.
package struct ListProvenance: Sendable, Equatable {
  /// The file's name as it was given.
  package var file: String
  /// Seconds since the epoch.
  package var fileReadAt: Int64
  /// The server that the keys were read from; nil if the file does not state it.
  package var source: String?
  /// Seconds since the epoch when the server was read; nil if the file does not state it.
  package var fetchedAt: Int64?
  /// The filter that chose the keys; empty for none.
  package var filter: String
  /// The order that the evidence names.
  package var order: String?
  /// Whether the file holds all keys that match its filter; nil if it does not state it.
  package var isComplete: Bool?
  /// What the file states about itself and the files it came from, the newest first: `derived_from` of what is made of
  /// it.
  package var derivedFrom: [JSONValue]
  /// What is wrong with its evidence, one sentence each.
  package var warnings: [String]

  package init(
    file: String, fileReadAt: Int64, source: String? = nil, fetchedAt: Int64? = nil, filter: String = "",
    order: String? = nil, isComplete: Bool? = nil, derivedFrom: [JSONValue] = [], warnings: [String] = []
  ) {
    self.file = file
    self.fileReadAt = fileReadAt
    self.source = source
    self.fetchedAt = fetchedAt
    self.filter = filter
    self.order = order
    self.isComplete = isComplete
    self.derivedFrom = derivedFrom
    self.warnings = warnings
  }

  /// The filter of keys that are chosen with another one from this file; empty for none.
  package func filter(and other: String) -> String {
    if filter.isEmpty { return other }
    if other.isEmpty || other == filter { return filter }
    func grouped(_ text: String) -> String { text.contains("|") ? "(\(text))" : text }
    return "\(grouped(filter)) \(grouped(other))"
  }
}
