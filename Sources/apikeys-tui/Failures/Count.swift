import DashboardCore

/// Numbers of things in words.
enum Count {
  static func keys(_ count: Int) -> String { NumberText.count(count, "key") }
  /// `1,284,003`
  static func grouped(_ count: Int) -> String { NumberText.grouped(count) }
}
