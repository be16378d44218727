import APIKeyClient
import KeyExport

extension Evidence {
  /// Evidence of keys of a server, or of a file with what it states about itself: `provenance`.
  ///
  /// `filter` chose these keys; `sort` is the order as it was typed, nil for the source's own. `fetchedAt` is when the
  /// source was read, in seconds since the epoch: for a file, that is not when the server was read.
  init(
    source: String, provenance: ListProvenance?, fetchedAt: Int64, filter: String, sort: String?, order: ListOrder,
    requests: Int
  ) {
    guard let provenance else {
      self.init(
        source: source, fetchedAt: fetchedAt, filter: filter, order: sort ?? order.rawValue, requests: requests,
        toolVersion: ToolVersion.current)
      return
    }
    self.init(
      source: provenance.source ?? source, fetchedAt: provenance.fetchedAt, filter: provenance.filter(and: filter),
      order: sort ?? provenance.order ?? "file", requests: requests, toolVersion: ToolVersion.current)
    fileReadAt = provenance.fileReadAt
    derivedFrom = provenance.derivedFrom
  }
}
