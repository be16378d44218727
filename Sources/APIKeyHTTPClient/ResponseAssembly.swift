import APIKeyClient
import NIOCore
import NIOHTTP1

/// Puts one response together as it arrives, and refuses what is larger than the limits or is not understood.
struct ResponseAssembly {
  private let options: HTTPOptions
  private let host: String
  private var head: HTTPResponseHead?
  private var body: [UInt8]
  private var inflater: Inflater?
  /// Bytes of the body before decompression.
  private var rawCount = 0
  private var interimCount = 0
  /// The coding of a body that is not understood, if the status is clear enough without it.
  private var unknownCoding: String?

  /// More interim responses than this before the real one are refused. Real servers send one or two.
  static let interimLimit = 16

  /// `body` is empty; its memory is used.
  init(options: HTTPOptions, host: String, body: consuming [UInt8]) {
    self.options = options
    self.host = host
    self.body = body
  }

  var hasHeaders: Bool { head != nil }

  mutating func receive(head new: HTTPResponseHead) throws(KeySourceError) {
    let status = Int(new.status.code)
    guard new.headers.reduce(0, { $0 + $1.name.utf8.count + $1.value.utf8.count }) <= options.maximumHeaderBytes else {
      throw .headersTooLarge(limitBytes: options.maximumHeaderBytes)
    }
    // Three digits, and the first of them at least 1, is what HTTP has.
    guard status >= 100 else { throw .badJSON(reason: "its status is \(status), which HTTP does not have") }
    if status == 101 { throw .badJSON(reason: "it changes to another protocol (101)") }
    if status < 200 {
      interimCount += 1
      guard interimCount <= ResponseAssembly.interimLimit else {
        throw .badJSON(reason: "it sends interim responses (\(status)) without end")
      }
      return
    }
    // `Content-Length` was read by the decoder already: a list of equal numbers, or one that is too large, fails there.
    let length = new.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
    guard length <= options.maximumBody else { throw tooLarge }
    head = new
    do throws(KeySourceError) {
      inflater = try ResponseAssembly.inflater(for: new.headers[canonicalForm: "Content-Encoding"])
    } catch .unknownCompression(let coding) where !isSuccess {
      unknownCoding = coding
    } catch {
      throw error
    }
    if inflater == nil, length > 0 { body.reserveCapacity(length) }
  }

  mutating func receive(part: ByteBuffer) throws(KeySourceError) {
    // Compressed to nothing, a body without end would never reach the limit of what it decompresses to.
    rawCount += part.readableBytes
    guard rawCount <= options.maximumBody else { throw tooLarge }
    if unknownCoding != nil { return }
    guard let inflater else {
      part.withUnsafeReadableBytes { body.append(contentsOf: $0) }
      return
    }
    let problem = part.withUnsafeReadableBytes { inflater.append($0, to: &body, limit: options.maximumBody) }
    do throws(KeySourceError) {
      try check(problem)
    } catch {
      try passOver(error)
    }
  }

  private var isSuccess: Bool { head.map { (200..<300).contains(Int($0.status.code)) } ?? true }

  /// A body that is damaged does not hide a status of failure.
  private mutating func passOver(_ error: KeySourceError) throws(KeySourceError) {
    guard !isSuccess, case .badJSON = error else { throw error }
    unknownCoding = "gzip that is damaged"
    body.removeAll()
  }

  /// The response is complete, by its own framing.
  mutating func finish() throws(KeySourceError) -> HTTPResponse {
    guard let head else { throw .connectionLost(host: host) }
    if rawCount > 0, unknownCoding == nil {
      do throws(KeySourceError) {
        try check(inflater?.problemAtEnd)
      } catch {
        try passOver(error)
      }
    }
    var whole: [UInt8] = []
    swap(&whole, &body)
    return HTTPResponse(
      status: Int(head.status.code), body: whole, contentType: head.headers.first(name: "Content-Type") ?? "",
      location: head.headers.first(name: "Location"), retryAfter: head.headers.first(name: "Retry-After"),
      challenges: head.headers["WWW-Authenticate"], upgrade: head.headers.first(name: "Upgrade"),
      unknownCoding: unknownCoding)
  }

  private func check(_ problem: Inflater.Problem?) throws(KeySourceError) {
    switch problem {
    case nil: break
    case .tooLarge: throw tooLarge
    case .damaged: throw .badJSON(reason: "its compressed data is damaged")
    case .incomplete: throw .badJSON(reason: "its compressed data ends too early")
    case .noMemory: throw .badJSON(reason: "there is not enough memory")
    }
  }

  private var tooLarge: KeySourceError { .responseTooLarge(limitBytes: options.maximumBody) }

  /// Nil for a body that is not compressed.
  private static func inflater(for codings: [Substring]) throws(KeySourceError) -> Inflater? {
    let codings = codings.map { $0.lowercased() }.filter { $0 != "identity" && !$0.isEmpty }
    guard let coding = codings.first else { return nil }
    switch coding {
    // The old name of gzip means the same (RFC 9110).
    case "gzip", "x-gzip": if codings.count == 1 { return Inflater(.gzip) }
    case "deflate": if codings.count == 1 { return Inflater(.deflate) }
    default: break
    }
    throw .unknownCompression(codings.joined(separator: ", "))
  }
}
