import APIKeyModel
import Synchronization

/// The tokens this process has seen, so that none of them is kept by mistake.
enum SessionSecrets {
  private static let tokens = Mutex<[SecretToken]>([])

  /// Records a token; called for every token when it is first read and whenever it is read again.
  static func note(_ token: SecretToken) { tokens.withLock { $0.append(token) } }

  /// Whether a text holds a part of one of them, or looks like any other secret: see ``SecretShape``.
  static func areIn(_ text: String) -> Bool {
    SecretShape.isIn(text) || tokens.withLock { $0.contains { $0.sharesPart(with: text) } }
  }
}
