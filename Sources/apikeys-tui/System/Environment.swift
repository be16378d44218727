import Glibc

/// The process's environment.
enum Environment {
  static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The value of a variable that is set and not empty.
  static func nonEmpty(_ name: String) -> String? { value(name).flatMap { $0.isEmpty ? nil : $0 } }

  /// Whether a variable switches something on: set, and neither empty nor `0` nor `false`.
  static func isOn(_ name: String) -> Bool { nonEmpty(name).map { $0 != "0" && $0 != "false" } ?? false }
}
