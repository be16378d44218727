package import APIKeyModel

/// Where keys come from: a server, or a saved file. The one interface the dashboard loads through.
///
/// A call may be cancelled at any time; it then throws ``KeySourceError/cancelled`` promptly.
package protocol KeySource: Sendable {
  /// What to call the source on screen: a host (`keys.example.com`), or a file name.
  var label: String { get }
  /// Fetches one page. Retries and time limits are inside; what is thrown is final for this request.
  func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage
  /// Number of requests sent so far, retries included (0 for files).
  var requestCount: Int { get }
  /// Whether a new load can start again from the top (false for standard input).
  var isRereadable: Bool { get }
  /// Whether the list can be asked for in both orders, so that a full load may page from both ends.
  var hasBothOrders: Bool { get }
  /// Ends connections. Called once, at exit.
  func close() async
}

extension KeySource {
  package var hasBothOrders: Bool { true }
}

/// The server's order, by creation date.
package enum ListOrder: String, Sendable, CaseIterable {
  case ascending = "asc"
  case descending = "desc"
}

/// Which part of the list a request asks for.
package enum PageCursor: Hashable, Sendable {
  /// Keys after this id in the current order.
  case after(KeyIdentifier)
}

/// One request for one page.
package struct PageRequest: Hashable, Sendable {
  /// Keys wanted, 1 to 1000. A file may give more at once.
  package var limit: Int
  package var order: ListOrder
  /// Nil for the first page.
  package var cursor: PageCursor?
  /// Where the token can be read again, it is before this request: the user asks for a fresh start.
  package var readsTokenAgain = false

  package init(limit: Int, order: ListOrder, cursor: PageCursor? = nil) {
    self.limit = limit
    self.order = order
    self.cursor = cursor
  }

  package static let maximumLimit = 1000
}

/// One page as the server sent it.
package struct KeyPage: Sendable {
  package var keys: KeyBatch
  package var hasMore: Bool
  package var lastID: KeyIdentifier?
  /// From servers of the newer revision; nil when not given.
  package var totalPages: Int?
  /// Records that could not be read, and why the first of them could not.
  package var unreadable: Int
  package var unreadableReason: String?
  /// Bytes of the response's body, decompressed; nil where no response was read, as for files.
  package var byteCount: Int?
  /// The status of the response; nil where no response was read.
  package var status: Int?
  /// What a file states about itself, with its last page; nil for servers.
  package var provenance: ListProvenance?

  /// What of its keys is not as it should be.
  package var flaws: KeyFlaws { keys.flaws }

  package init(
    keys: KeyBatch, hasMore: Bool, lastID: KeyIdentifier? = nil, totalPages: Int? = nil, unreadable: Int = 0,
    unreadableReason: String? = nil, byteCount: Int? = nil, status: Int? = nil
  ) {
    self.keys = keys
    self.hasMore = hasMore
    self.lastID = lastID
    self.totalPages = totalPages
    self.unreadable = unreadable
    self.unreadableReason = unreadableReason
    self.byteCount = byteCount
    self.status = status
  }
}
