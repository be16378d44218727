package import APIKeyClient
package import APIKeyModel
package import KeyTable

/// A file to write, with all that goes into it.
package struct ExportRequest: Equatable, Sendable {
  package var path: String
  /// Keys to write, by id, in order; nil writes what the filter shows.
  package var marked: [KeyIdentifier]?
  /// What is written, as it was when the command ran.
  package let contents: ExportContents

  package init(path: String, marked: [KeyIdentifier]?, contents: ExportContents = ExportContents()) {
    self.path = path
    self.marked = marked
    self.contents = contents
  }

  /// Requests are equal where they write the same keys to the same file.
  package static func == (one: ExportRequest, other: ExportRequest) -> Bool {
    one.path == other.path && one.marked == other.marked
  }
}

/// The rows of an export, and what the file states about their source.
package struct ExportContents: Sendable {
  /// As it was when the command ran; without its indexes by id.
  package var table = KeyTable()
  /// Row numbers of ``table``, in the order of the file.
  package var rows = RowList(count: 0)
  /// Whether the rows are all there are of the list and the filter; nil where that is not known.
  package var isComplete: Bool?
  package var provenance: ListProvenance?
  /// When the list was read, in seconds since the epoch.
  package var fetchedAt: Int64 = 0
  /// Empty where the rows do not depend on it.
  package var filter = ""
  package var sort = SortOrder()
  package var order = ListOrder.descending
  /// Requests that got a response.
  package var requests = 0
  package var unreadable = 0
  package var unreadableReason: String?
  /// The host or file; untrusted text.
  package var source = ""

  package init() {}
}

/// A file that was written.
package struct ExportOutcome: Equatable, Sendable {
  package var path: String
  package var count: Int
  /// Set where evidence was written beside it.
  package var hasEvidenceBeside: Bool
  package init(path: String, count: Int, hasEvidenceBeside: Bool = false) {
    self.path = path
    self.count = count
    self.hasEvidenceBeside = hasEvidenceBeside
  }
}

/// Why a file was not written: a sentence, and an exit status (sysexits).
package struct ExportProblem: Error, Equatable, Sendable {
  package var sentence: String
  package var exitCode: Int32
  /// The sentence states what was written.
  package var saysOutcome: Bool

  package init(sentence: String, exitCode: Int32, saysOutcome: Bool = false) {
    self.sentence = sentence
    self.exitCode = exitCode
    self.saysOutcome = saysOutcome
  }
}
