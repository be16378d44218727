package import APIKeyClient
import APIKeyModel

/// What a saved file states about its keys: their source, and whether they are complete.
package enum ProvenanceText {
  /// `500 keys in the file; it does not say whether that is all`
  package static func completeness(_ count: Int, _ provenance: ListProvenance) -> String {
    let keys = NumberText.count(count, "key")
    let origin = origin(provenance)
    switch provenance.isComplete {
    case true:
      return origin.map { "\(keys), complete: \($0)" } ?? "\(keys) in the file, complete: its last page says so"
    case false:
      return "\(keys) in the file, which says it is a part" + (origin.map { " (\($0))" } ?? "")
    case nil:
      return "\(keys) in the file; it does not say whether that is all" + (origin.map { " (\($0))" } ?? "")
    }
  }

  /// The same in few words.
  static func short(_ count: Int, _ provenance: ListProvenance) -> String {
    let keys = NumberText.count(count, "key")
    switch provenance.isComplete {
    case true: return provenance.filter.isEmpty ? "\(keys), complete" : "\(keys), complete, filtered"
    case false: return "\(keys), a part"
    case nil: return "\(keys) in the file, maybe not all"
    }
  }

  /// `snapshot of 2026-08-01 14:02Z of api.example.com, filter is:full`; nil where the file does not state it.
  package static func origin(_ provenance: ListProvenance) -> String? {
    let time = provenance.fetchedAt.map { "snapshot of \(MomentText.short($0))Z" }
    let source = provenance.source.map { "of \($0)" }
    let filter = provenance.filter.isEmpty ? nil : "filter \(provenance.filter)"
    if time == nil, source == nil { return filter }
    let head = [time ?? "saved list", source].compactMap { $0 }.joined(separator: " ")
    return [head, filter].compactMap { $0 }.joined(separator: ", ")
  }

  /// The source in the title row: `part.json, from api.example.com`
  static func source(_ label: String, _ provenance: ListProvenance?) -> String {
    guard let source = provenance?.source else { return label }
    return "\(label), from \(source)"
  }
}
