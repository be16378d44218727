import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import Glibc
import WorkerPool

extension FuzzTargets {
  /// A date of a header: read or refused; what is read is a moment of the years 0 to 9999, whatever today is.
  static func httpDates(_ bytes: UnsafeBufferPointer<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    for now in [0, 1_700_000_000, 253_402_300_799] as [Int64] {
      guard let seconds = HTTPDate.seconds(text, now: now) else { return }
      expect((-62_167_219_200...253_402_300_800).contains(seconds), "\(seconds) is out of range")
    }
  }

  /// The whole client over one end of a pair of sockets: the input is what the server sends, cut where it has a byte of
  /// 0xFF, each piece on a connection of its own. Two pages are asked for, so that connections are used again.
  static func httpClient(_ bytes: UnsafeBufferPointer<UInt8>) {
    let scripts = ServerScripts(Array(bytes.prefix(60_000)).split(separator: 0xFF, omittingEmptySubsequences: false))
    var options = HTTPOptions()
    options.retries.tries = 1
    options.maximumBody = 1 << 16
    options.maximumHeaderBytes = 1 << 13
    options.token = SecretToken(utf8: Array("token-of-the-fuzzer".utf8))
    let source = HTTPKeySource(address: address, options: options, connectedSocket: { scripts.next() })
    let finished = Semaphore()
    Task.detached(executorPreference: WorkerPool.shared) {
      for _ in 0..<2 {
        do throws(KeySourceError) {
          let page = try await source.page(PageRequest(limit: 1000, order: .descending))
          expect(page.keys.count <= 1 << 14, "more keys than bytes")
        } catch {
          expect(!error.message.isEmpty && !error.message.contains("token-of-the-fuzzer"), "\(error.message)")
          // Every script ends, so nothing here may have waited for a limit of time.
          switch error {
          case .idleTimedOut, .headersTimedOut, .requestTimedOut, .connectTimedOut: fatalError(error.message)
          default: break
          }
        }
      }
      await source.close()
      scripts.close()
      finished.signal()
    }
    finished.wait()
  }

  private static let address: ServerAddress = {
    guard let address = try? ServerAddress(parsing: "http://127.0.0.1:1") else { fatalError() }  // It is one.
    return address
  }()
}

/// The server's ends of the sockets: each has its script written and its sending half closed before the client sees it.
private final class ServerScripts: @unchecked Sendable {  // Called by one thread after the other.
  private var scripts: ArraySlice<ArraySlice<UInt8>>
  private var ends: [CInt] = []

  init(_ scripts: [ArraySlice<UInt8>]) { self.scripts = scripts[...] }

  /// The client's end of a new pair. Behind the last script the server just closes.
  func next() -> CInt {
    var pair: [CInt] = [-1, -1]
    guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0 else { fatalError("no pair of sockets") }
    let script = Array(scripts.popFirst() ?? [])
    // Shorter than the buffer of a socket.
    guard write(pair[1], script, script.count) == script.count else { fatalError("the script was not taken") }
    shutdown(pair[1], CInt(SHUT_WR))
    ends.append(pair[1])
    return pair[0]
  }

  func close() { for end in ends { Glibc.close(end) } }
}

/// One thread waits for another.
private final class Semaphore: @unchecked Sendable {  // The system's own, which is made for it.
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() { sem_post(semaphore) }
  func wait() { while sem_wait(semaphore) != 0 {} }
}
