import APIKeyClient
import DashboardCore
import KeyTable

/// Every key a source has, or the first ones where no more are wanted.
struct LoadedList {
  var table = KeyTable()
  /// False only where fewer were asked for than there are.
  var isWhole = false
  /// Seconds since the epoch of the end of the reading.
  var fetchedAt: Int64 = 0
  var requests = 0
  /// What a file states about itself; nil for a server.
  var provenance: ListProvenance?
  /// Records that could not be read, and why the first of them could not; with `allowPartial` only.
  var unreadable = 0
  var unreadableReason: String?
  /// Why these are not all keys; with `allowPartial` only.
  var failure: CommandFailure?

  /// Whether these are all keys: nil if a file does not state it.
  var isKnownWhole: Bool? {
    guard isWhole, failure == nil else { return false }
    return provenance.map(\.isComplete) ?? true
  }

  /// `500 keys, complete at 2026-01-31T14:02:11Z`, or what a file states.
  var completeness: String {
    guard let provenance else { return "\(Count.keys(table.count)), complete at \(LocalTime.text(fetchedAt))" }
    return ProvenanceText.completeness(table.count, provenance)
  }

  /// Writes to standard error if a file does not state whether its keys are all.
  func showIfUnknown() {
    if isWhole, isKnownWhole == nil { StandardError.show("\(completeness).") }
  }

  /// The failure when no key matches.
  var nothingMatched: CommandFailure {
    let whole =
      provenance.map { ProvenanceText.completeness(table.count, $0) } ?? "\(Count.keys(table.count)), complete"
    return .nothingMatched("Nothing matched: 0 of \(whole).")
  }
}
