import APIKeyClient
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// One request and its answer, within the limits of time and size.
struct HTTPExchange: Sendable {
  struct Answer: Sendable {
    var status: Int
    var body: [UInt8]
    var contentType: String
    var location: String?
    var retryAfter: String?
  }

  let session: HTTPSession
  let address: ServerAddress
  let options: HTTPOptions
  let bodies: BodyPool

  private final class Progress: Sendable {
    let hasHead = Atomic(false)
  }

  func run(_ request: HTTPClientRequest) async throws(KeySourceError) -> Answer {
    let progress = Progress()
    do {
      return try await withThrowingTaskGroup(of: Answer.self) { group in
        group.addTask { try await receive(request, progress) }
        // The library has no limit for the head alone, and its limit of the whole ends at the head.
        group.addTask { throw try await limitThatEnds(progress) }
        defer { group.cancelAll() }
        guard let answer = try await group.next() else { throw KeySourceError.cancelled }
        return answer
      }
    } catch let error as KeySourceError {
      throw error
    } catch {
      throw Task.isCancelled ? .cancelled : ConnectionFailure.map(error, address: address, options: options)
    }
  }

  private func receive(_ request: HTTPClientRequest, _ progress: Progress) async throws -> Answer {
    let response = try await session.client.execute(request, timeout: .milliseconds(Int64(options.limits.whole)))
    progress.hasHead.store(true, ordering: .relaxed)
    let headers = response.headers
    guard headers.reduce(0, { $0 + $1.name.utf8.count + $1.value.utf8.count }) <= options.maximumHead else {
      throw KeySourceError.headTooLarge(limitBytes: options.maximumHead)
    }
    var body = bodies.take()
    if let length = headers.first(name: "Content-Length").flatMap({ Int($0) }) {
      guard length <= options.maximumBody else {
        throw KeySourceError.answerTooLarge(limitBytes: options.maximumBody)
      }
      body.reserveCapacity(length)
    }
    for try await part in response.body {
      guard body.count + part.readableBytes <= options.maximumBody else {
        throw KeySourceError.answerTooLarge(limitBytes: options.maximumBody)
      }
      part.withUnsafeReadableBytes { body.append(contentsOf: $0) }
    }
    return Answer(
      status: Int(response.status.code), body: body, contentType: headers.first(name: "Content-Type") ?? "",
      location: headers.first(name: "Location"), retryAfter: headers.first(name: "Retry-After"))
  }

  /// Waits until a limit of time is over, and gives the error that says which.
  private func limitThatEnds(_ progress: Progress) async throws -> KeySourceError {
    let limits = options.limits
    let start = ContinuousClock.now
    let end = start + .milliseconds(limits.whole)
    // Connecting has its own limit; the head's begins with the connection.
    var headEnd = start + .milliseconds(max(limits.head, limits.connect))
    while headEnd < end {
      try await session.sleep(until: headEnd)
      if progress.hasHead.load(ordering: .relaxed) { break }
      if let connected = session.newestConnection, connected > start {
        let later = connected + .milliseconds(limits.head)
        if later > .now {
          headEnd = later
          continue
        }
      }
      return .headTimedOut(host: address.host, seconds: max(limits.head / 1000, 1))
    }
    try await session.sleep(until: end)
    return .requestTimedOut(host: address.host, seconds: max(limits.whole / 1000, 1))
  }
}
