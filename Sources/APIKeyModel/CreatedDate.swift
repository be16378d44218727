/// The moment a key was created, with enough of its written form to write it again exactly.
///
/// Parsed strictly by hand (see ``init(utf8:)``): Foundation's parsers accept 30 February and can be made to trap.
package struct CreatedDate: Hashable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted. Digits past the sixth are cut off.
  package let microseconds: Int64
  /// How the text was written, so that ``canonicalText`` gives it back.
  package let form: Form

  /// The written form in one byte: the number of fraction digits (0 to 6) and the zone's spelling.
  package struct Form: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package init(fractionDigits: Int, zone: Zone) {
      rawValue = UInt8(truncatingIfNeeded: fractionDigits) | zone.rawValue << 3
    }

    package enum Zone: UInt8, Sendable {
      case letterZ = 0
      case plusZero = 1
      case absent = 2
    }

    /// The text cannot be made again from the moment: whoever stores the date keeps the text beside it.
    package static let irregular = Form(rawValue: 0xFF)
    /// `2023-11-07T05:31:56Z`
    package static let seconds = Form(fractionDigits: 0, zone: .letterZ)

    package var fractionDigits: Int { Int(rawValue & 7) }
    package var zone: Zone { Zone(rawValue: rawValue >> 3) ?? .letterZ }
  }

  package init(microseconds: Int64, form: Form = .seconds) {
    self.microseconds = microseconds
    self.form = form
  }

  /// Moments too far away for microseconds become the farthest there is.
  package init(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    self.init(microseconds: overflow ? (seconds < 0 ? .min : .max) : product)
  }

  /// Seconds since the epoch, rounded down.
  package var seconds: Int64 { CivilDate.floorDivide(microseconds, 1_000_000) }

  /// Reads an ISO 8601 date and time: at most 40 bytes, years 1970 to 9999, `T` or a space, an optional fraction,
  /// `Z`, an offset, or no zone (then UTC). Nil for anything else, impossible days included.
  package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    if let plain = CreatedDate(plain: bytes) {
      self = plain
      return
    }
    guard (19...40).contains(bytes.count) else { return nil }
    func number(_ start: Int, _ length: Int) -> Int? {
      guard start + length <= bytes.count else { return nil }
      var value = 0
      for index in start..<(start + length) {
        guard (0x30...0x39).contains(bytes[index]) else { return nil }
        value = value * 10 + Int(bytes[index] - 0x30)
      }
      return value
    }
    func isByte(_ index: Int, _ scalar: Unicode.Scalar) -> Bool { bytes[index] == UInt8(ascii: scalar) }
    guard isByte(4, "-"), isByte(7, "-"), isByte(13, ":"), isByte(16, ":"),
      isByte(10, "T") || isByte(10, "t") || isByte(10, " "),
      let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
      let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
      (1970...9999).contains(year), hour < 24, minute < 60, second < 60,
      let civil = CivilDate(year: year, month: month, day: day)
    else { return nil }

    var position = 19
    var micro: Int64 = 0
    var digits = 0
    if position < bytes.count, isByte(position, ".") {
      position += 1
      while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
        if digits < 6 { micro = micro * 10 + Int64(bytes[position] - 0x30) }
        digits += 1
        position += 1
      }
      guard digits > 0 else { return nil }
      for _ in 0..<max(0, 6 - digits) { micro *= 10 }
    }

    var offset: Int64 = 0
    var zone: Form.Zone? = .absent
    if position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "Z"), UInt8(ascii: "z"):
        zone = isByte(position, "Z") ? .letterZ : nil
        position += 1
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        let negative = isByte(position, "-")
        guard let hours = number(position + 1, 2), hours < 24 else { return nil }
        var minutes = 0
        let hasColon = position + 3 < bytes.count && isByte(position + 3, ":")
        let minuteStart = position + (hasColon ? 4 : 3)
        if minuteStart < bytes.count || hasColon {
          guard let value = number(minuteStart, 2), value < 60 else { return nil }
          minutes = value
          position = minuteStart + 2
        } else {
          position += 3
        }
        offset = Int64(hours * 3600 + minutes * 60) * (negative ? -1 : 1)
        zone = !negative && offset == 0 && hasColon ? .plusZero : nil
      default: return nil
      }
    }
    guard position == bytes.count else { return nil }

    let seconds = civil.daysSinceEpoch * 86_400 + Int64(hour * 3600 + minute * 60 + second) - offset
    microseconds = seconds * 1_000_000 + micro
    if digits <= 6, let zone, isByte(10, "T") {
      form = Form(fractionDigits: digits, zone: zone)
    } else {
      form = .irregular
    }
  }

  /// Reads the common form `2023-11-07T05:31:56Z` quickly; nil says nothing.
  private init?(plain bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 20 else { return nil }
    var isWrong = false
    func digits(_ index: Int) -> Int {
      let (tens, ones) = (bytes[index] &- 0x30, bytes[index + 1] &- 0x30)
      if tens > 9 || ones > 9 { isWrong = true }
      return Int(tens) * 10 + Int(ones)
    }
    let year = digits(0) * 100 + digits(2)
    let (month, day, hour, minute, second) = (digits(5), digits(8), digits(11), digits(14), digits(17))
    guard !isWrong, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "Z"),
      year >= 1970, hour < 24, minute < 60, second < 60,
      let civil = CivilDate(year: year, month: month, day: day)
    else { return nil }
    self.init(seconds: civil.daysSinceEpoch * 86_400 + Int64(hour * 3600 + minute * 60 + second))
  }

  package init?(_ text: String) {
    var text = text
    guard let value = text.withUTF8({ CreatedDate(utf8: $0) }) else { return nil }
    self = value
  }

  /// The text the server sent; for an irregular form, the same moment with whole seconds and `Z`.
  package var canonicalText: String {
    let form = form == .irregular ? .seconds : form
    let time = CivilTime(seconds: seconds)
    var text = time.isoText
    if form.fractionDigits > 0 {
      let micro = Int(microseconds - seconds * 1_000_000)
      let padded = String(String(1_000_000 + micro).dropFirst())
      text += "." + padded.prefix(form.fractionDigits)
    }
    switch form.zone {
    case .letterZ: text += "Z"
    case .plusZero: text += "+00:00"
    case .absent: break
    }
    return text
  }
}
