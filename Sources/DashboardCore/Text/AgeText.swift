import APIKeyModel

/// How long ago something was, in words. Never more than a count and a unit: "412 days ago".
package enum AgeText {
  /// `moment` and `now` in seconds since the epoch. A moment in the future reads "in 3 days".
  package static func relative(_ moment: Int64, now: Int64) -> String {
    let (difference, overflow) = now.subtractingReportingOverflow(moment)
    guard !overflow else { return moment < now ? "long ago" : "in a far future" }
    let amount = span(difference.magnitude)
    return difference >= 0 ? "\(amount) ago" : "in \(amount)"
  }

  /// A length of time in its largest fitting unit, days at most: `90 minutes`, `412 days`.
  private static func span(_ seconds: UInt64) -> String {
    switch seconds {
    case 0..<120: NumberText.count(Int(seconds), "second")
    case 120..<7200: NumberText.count(Int(seconds / 60), "minute")
    case 7200..<172_800: NumberText.count(Int(seconds / 3600), "hour")
    default: NumberText.count(Int(seconds / 86_400), "day")
    }
  }
}

/// Numbers and counted nouns as they are read out.
package enum NumberText {
  /// `1,284,003`
  package static func grouped(_ value: Int) -> String {
    // Most numbers are small, and each frame has dozens.
    guard value.magnitude >= 1000 else { return String(value) }
    let digits = Array(String(value.magnitude).utf8)
    var bytes: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { bytes.append(UInt8(ascii: ",")) }
      bytes.append(digit)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `1 key`, `2 keys`, `1,200 keys`
  package static func count(_ value: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }
}

/// Moments as text.
package enum MomentText {
  /// `3 March 2026`
  package static func dateInWords(_ seconds: Int64) -> String {
    let date = CivilTime(seconds: seconds).date
    return "\(date.day) \(CivilDate.name(ofMonth: date.month)) \(date.year)"
  }
  /// `2026-10-31 13:36:02 UTC`
  package static func utc(_ seconds: Int64) -> String {
    let time = CivilTime(seconds: seconds)
    return "\(time.isoDate) \(time.clock) UTC"
  }

  /// `14:02:11Z`, for the status line.
  package static func clock(_ seconds: Int64) -> String { CivilTime(seconds: seconds).clock + "Z" }

  /// `2026-10-31 13:36`, for a column.
  package static func short(_ seconds: Int64) -> String {
    let time = CivilTime(seconds: seconds)
    return "\(time.isoDate) \(time.clock.prefix(5))"
  }
}
