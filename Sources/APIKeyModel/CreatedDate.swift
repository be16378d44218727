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

  /// A date as it was read.
  package struct Reading: Sendable {
    package let date: CreatedDate
    /// Microseconds of the smallest unit that is written: a day for `2026-01-31`, one for any fraction of a second.
    package let span: Int64
  }

  /// Years that a date may have.
  package static let years = 1...9999
  /// Their seconds since the epoch.
  package static let seconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
  /// Most bytes of a text that is read.
  package static let longestText = 100

  /// Reads a date, with a time or without one: see ``DateReader`` for the forms. UTC where there is no zone; nil for
  /// anything else, impossible days included.
  package static func reading(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Reading? {
    guard bytes.count <= longestText else { return nil }
    var reader = DateReader(bytes)
    return reader.read()
  }

  package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    if let common = CreatedDate(common: bytes) {
      self = common
    } else if let reading = CreatedDate.reading(utf8: bytes) {
      self = reading.date
    } else {
      return nil
    }
  }

  /// Reads the common form `2023-11-07T05:31:56Z` quickly; nil proves nothing.
  private init?(common bytes: UnsafeBufferPointer<UInt8>) {
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
      CreatedDate.years.contains(year), hour < 24, minute < 60, second < 60,
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
