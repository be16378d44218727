import APIKeyClient

/// The loss of the server and its return: one line each.
extension DashboardState {
  /// A load failed. A try that nobody asked for says nothing new when it fails as the last one did.
  mutating func connectionFailed(_ error: KeySourceError) {
    let isNews = loading.loss.map { !$0.isTriedUnasked || !$0.error.isSameFailure(as: error) } ?? true
    if isNews { post(.loading(.failed(error))) }
    loading.loss = Loss(error: error)
  }

  /// An answer came.
  mutating func connectionWorks() {
    guard loading.loss != nil else { return }
    loading.loss = nil
    post(.loading(.sourceIsBack(isFile: configuration.isFile)))
  }
}

/// What the list was lost to.
package struct Loss: Equatable, Sendable {
  let error: KeySourceError
  /// Set while the next try was not asked for by the user.
  var isTriedUnasked = false
}

extension KeySourceError {
  /// Whether both have one cause; how long the server asks to wait may differ.
  fileprivate func isSameFailure(as other: KeySourceError) -> Bool {
    switch (self, other) {
    case (.status(let one), .status(let another)): one.status == another.status
    case (.checkFailed(let error), .checkFailed(let otherError)): error.isSameFailure(as: otherError)
    default: self == other
    }
  }
}
