import APIKeyClient

/// The loss of the server and its return: one line each.
extension DashboardState {
  /// A load failed. An automatic retry that fails as the last one did posts nothing.
  mutating func connectionFailed(_ error: KeySourceError) {
    guard loading.noteFailure(error) else { return }
    post(.loading(.failed(error)))
  }

  /// A response came.
  mutating func connectionWorks() {
    guard loading.noteResponse() else { return }
    post(.loading(.sourceIsBack(isFile: configuration.isFile)))
  }
}
