/// Why keys could not be read: one case a cause, each with its own sentence, next step and exit code.
///
/// Strings inside come from the network or from files and are not yet safe to print: sinks sanitise them.
package enum KeySourceError: Error, Equatable, Sendable {
  // The address and the connection.
  case nameNotFound(host: String)
  case connectionRefused(host: String, port: Int)
  case unreachable(host: String, reason: String)
  case tlsFailed(host: String, reason: TLSProblem)
  case proxyFailed(proxy: String, reason: ProxyProblem)
  case connectTimedOut(host: String, seconds: Int)
  /// The response headers were not complete in time, however steadily their bytes arrived.
  case headersTimedOut(host: String, seconds: Int)
  /// Nothing arrived for this long, before or during the response.
  case idleTimedOut(host: String, seconds: Int)
  case requestTimedOut(host: String, seconds: Int)
  case connectionLost(host: String)
  case truncatedResponse(host: String)
  /// Another user listens where a token would go in clear text: it was not sent.
  case foreignListener(host: String, port: Int, user: String, userID: UInt32)
  /// It is unknown who listens where a token would go in clear text: it was not sent.
  case unknownListener(host: String, port: Int, reason: String)

  /// The port speaks TLS, and the address begins with `http://`.
  case speaksTLS(host: String, port: Int)

  // What the server sent.
  /// A status that is not that of a page, after the allowed tries.
  case status(StatusProblem)
  /// A web page with a status of success.
  case receivedHTML(status: Int, host: String)
  case wrongContentType(String)
  case badJSON(reason: String)
  case responseTooLarge(limitBytes: Int)
  case headersTooLarge(limitBytes: Int)
  /// The body is compressed in a way that was not asked for; the value of `Content-Encoding`.
  case unknownCompression(String)

  // Pagination.
  case cursorIgnored(parameter: String)
  case cursorRepeated
  case tooManyEmptyPages
  /// The server does not know the key that the next page starts after, nor the rows before it; its status and words.
  case placeLost(StatusProblem)
  /// The list was read to its end, but the first key in the other order is none that was read.
  case otherEndDiffers
  /// The list was read to its end, but the server has no key in the other order.
  case otherEndIsEmpty
  /// The list was read to its end, but the first record in the other order cannot be read, and none such was read.
  case otherEndIsUnreadable
  /// `has_more` announced a page that was empty, and nothing else shows that the list ends there.
  case endsWithEmptyPage
  /// So many keys came again on a later page, among others: pages that overlap so leave keys out, too.
  case unstableOrder(count: Int)
  /// Records with the id of a key that came before, and other fields: how many, and the id of the first.
  case conflictingRecords(count: Int, id: String)
  /// The list was read to its end, but the request to its other end failed.
  indirect case checkFailed(KeySourceError)
  /// More keys than ``LoadLimits/keys``.
  case tooManyKeys(limit: Int)
  /// More memory than ``LoadLimits/memory``.
  case tooMuchMemory(limitBytes: Int)

  // Files.
  case noSuchFile(path: String)
  case unreadableFile(path: String, reason: String)
  case badFile(path: String, reason: String)
  /// A file of keys of which a part cannot be read, or is missing.
  case damagedFile(path: String, reason: String)
  /// A list or evidence in a form that a newer version of this program wrote.
  case newerFile(path: String, format: Int)
  case notRereadable
  /// A line or a document that is longer than what is read; `part` names it.
  case tooLarge(path: String, part: String, limitBytes: Int)
  /// The file given with `--ca-file`.
  case unusableCertificates(path: String, reason: String)

  case cancelled
}
