import APIKeyModel
import Glibc

/// The clock and the user's zone.
enum LocalTime {
  /// Seconds since the epoch.
  static func now() -> Int64 { Int64(time(nil)) }

  /// Seconds east of UTC at a moment, and the zone's name; nil if the C library does not know.
  static func zone(at seconds: Int64) -> (offset: Int, zone: String)? {
    var moment = time_t(seconds)
    var parts = tm()
    guard localtime_r(&moment, &parts) != nil, let name = parts.tm_zone else { return nil }
    return (parts.tm_gmtoff, String(cString: name))
  }
}

extension LocalTime {
  /// A moment in UTC: `2026-01-31T14:02:11Z`.
  static func text(_ seconds: Int64) -> String { CreatedDate(seconds: seconds).canonicalText }
}
