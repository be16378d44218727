import APIKeyClient

/// The loss of the server and its return: one line each.
extension DashboardState {
  /// A load failed. A try that nobody asked for says nothing new when it fails as the last one did.
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
