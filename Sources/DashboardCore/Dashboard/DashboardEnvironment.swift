/// What the outside reports: the size of the terminal, and the time.
package struct DashboardEnvironment: Equatable, Sendable {
  /// Of the terminal, in cells.
  package private(set) var width: Int
  package private(set) var height: Int
  /// Seconds since the epoch, as of the last action.
  package private(set) var now: Int64

  init(width: Int, height: Int, now: Int64) {
    self.width = width
    self.height = height
    self.now = now
  }

  mutating func resize(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// `now` is in seconds since the epoch.
  mutating func setTime(_ now: Int64) { self.now = now }
}
