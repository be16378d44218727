package import APIKeyModel
import Glibc
import NIOPosix
import Synchronization
import SystemIO

/// How to read the token again from where it came from.
package struct TokenRenewal: Sendable {
  /// Why it could not be read, as a sentence that holds no part of a token.
  package struct Refusal: Error, Equatable, Sendable {
    package let sentence: String
    package init(sentence: String) { self.sentence = sentence }
  }

  /// Reads it, on a thread of its own. The descriptor becomes readable when it is not wanted any more: a byte, the
  /// number of a signal.
  package let read: @Sendable (_ cancellation: Int32) -> Result<SecretToken, Refusal>

  package init(read: @escaping @Sendable (_ cancellation: Int32) -> Result<SecretToken, Refusal>) { self.read = read }
}

/// The token of a source, which may be another one the next time it is read.
final class Credential: Sendable {
  /// A token as it was when a request was made.
  struct Moment {
    let token: SecretToken?
    /// How often it had been read again.
    let readings: Int
  }

  private struct State {
    var token: SecretToken?
    var readings = 0
    var problem: String?
    /// Tokens that were used before: a server may still quote them.
    var past: [SecretToken] = []
  }

  private let state: Mutex<State>
  private let renewal: TokenRenewal?
  /// One thread, made when it is needed first: several requests that are refused at once read the token once.
  private static let pool: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 1)
    pool.start()
    return pool
  }()
  /// Tokens that are remembered to be taken out of texts.
  private static let pastLimit = 16

  init(token: SecretToken?, renewal: TokenRenewal?) {
    state = Mutex(State(token: token))
    self.renewal = renewal
  }

  var moment: Moment { state.withLock { Moment(token: $0.token, readings: $0.readings) } }
  var canBeReadAgain: Bool { renewal != nil }
  /// Why the last reading brought no token; nil where it did, or there was none.
  var problem: String? { state.withLock { $0.problem } }

  /// Reads the token again, unless another call has since `moment`: the old one stays if that fails.
  ///
  /// Throws `CancellationError` where the task is cancelled.
  func readAgain(since moment: Moment) async throws {
    guard let renewal else { return }
    let cancellation: PipeEnds
    do throws(SystemError) { cancellation = try PipeEnds(waiting: .neither) } catch { return }
    defer { cancellation.close() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        Credential.pool.submit { _ in
          self.read(renewal, since: moment, cancellation: cancellation.readEnd)
          continuation.resume()
        }
      }
    } onCancel: {
      cancellation.writeEnd.wake(UInt8(SIGTERM))
    }
    try Task.checkCancellation()
  }

  private func read(_ renewal: TokenRenewal, since moment: Moment, cancellation: Descriptor) {
    var cancelled = PollSet([.readable(cancellation)])
    guard cancelled.wait(milliseconds: 0) == .timedOut, state.withLock({ $0.readings == moment.readings }) else {
      return
    }
    let result = renewal.read(cancellation.number)
    state.withLock { state in
      state.readings += 1
      switch result {
      case .failure(let refusal): state.problem = refusal.sentence
      case .success(let token):
        state.problem = nil
        if let old = state.token, old.authorizationHeader != token.authorizationHeader {
          state.past = ([old] + state.past).prefix(Credential.pastLimit) + []
        }
        state.token = token
      }
    }
  }

  /// Bytes that a server can influence, without this token and those before it.
  func removed(from bytes: some Collection<UInt8>) -> [UInt8] {
    let tokens = state.withLock { state in [state.token].compactMap(\.self) + state.past }
    return tokens.reduce(Array(bytes)) { $1.removed(from: $0) }
  }

  func removed(from text: String) -> String { String(decoding: removed(from: text.utf8), as: UTF8.self) }
}
