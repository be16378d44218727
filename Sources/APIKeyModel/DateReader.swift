/// Reads dates as servers and people write them: RFC 3339, ISO 8601 and RFC 5322. See ``CreatedDate/Reading``.
///
///     text     = date [("T" | "t" | " ") time [[" "] zone]]  |  [day-name ", "] day " " month " " year " " clock " "
/// zone
///     date     = YYYY-MM-DD | YYYYMMDD | YYYY-"W"ww-d | YYYY"W"wwd | YYYY-ddd | YYYYddd
///     time     = HH[:MM[:SS[fraction]]] | HHMM[SS[fraction]]      24:00:00 is the end of its day, second 60 the next
/// minute
///     fraction = ("." | ",") digits
///     zone     = Z | z | UTC | GMT | ("+" | "-") (HH | HHMM | HH:MM) [" UTC"]      UTC where there is none
///
/// Each function reads what it is named for and moves past it; nil means that something else is there.
struct DateReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private struct Clock {
    /// Since midnight.
    var seconds: Int64 = 0
    /// Of the fraction; its digits past the sixth are cut off.
    var microseconds: Int64 = 0
    var digits = 0
    /// Microseconds of the smallest unit that is written.
    var span = DateReader.day
    /// Whether it is `HH:MM:SS`, or that with a fraction after a point.
    var isUsual = false
  }

  private static let second: Int64 = 1_000_000
  private static let day: Int64 = 86_400 * second

  mutating func read() -> CreatedDate.Reading? {
    if let first = bytes.first, !DateReader.isDigit(first) || bytes.count > 5 && isDayAndMonth {
      return readMail()
    }
    guard let (days, isUsualDate) = readDate() else { return nil }
    if isAtEnd { return reading(days, Clock(), offset: 0, form: .irregular) }
    let isUsualMark = take("T")
    guard isUsualMark || take("t") || take(" "), let clock = readClock() else { return nil }
    guard let (offset, zone) = readZone(), isAtEnd else { return nil }
    let isUsual = isUsualDate && isUsualMark && clock.isUsual && clock.digits <= 6
    let form = zone.map { CreatedDate.Form(fractionDigits: clock.digits, zone: $0) }
    return reading(days, clock, offset: offset, form: isUsual ? form ?? .irregular : .irregular)
  }

  private func reading(
    _ days: Int64, _ clock: Clock, offset: Int64, form: CreatedDate.Form
  ) -> CreatedDate.Reading? {
    let seconds = days * 86_400 + clock.seconds - offset
    let date = CreatedDate(microseconds: seconds * DateReader.second + clock.microseconds, form: form)
    // The end of a day and the hours of a zone may lead out of the years that can be written.
    guard CreatedDate.seconds.contains(seconds) else { return nil }
    return CreatedDate.Reading(date: date, span: clock.span)
  }

  // MARK: Days

  /// Days since the epoch, and whether it is `YYYY-MM-DD`.
  private mutating func readDate() -> (days: Int64, isUsual: Bool)? {
    guard let year = number(4), CreatedDate.years.contains(year) else { return nil }
    let isExtended = take("-")
    if take("W") {
      guard let week = number(2), !isExtended || take("-"), let day = number(1) else { return nil }
      return DateReader.days(year: year, week: week, day: day).map { ($0, false) }
    }
    let digits = digitCount()
    if digits == 3 {
      guard let day = number(3), day >= 1, let first = CivilDate(year: year, month: 1, day: 1) else { return nil }
      let length = CivilDate.days(inMonth: 2, of: year) == 29 ? 366 : 365
      return day <= length ? (first.daysSinceEpoch + Int64(day) - 1, false) : nil
    }
    guard isExtended ? digits == 2 : digits == 4, let month = number(2), !isExtended || take("-"),
      let day = number(2), !isDigitNext, let civil = CivilDate(year: year, month: month, day: day)
    else { return nil }
    return (civil.daysSinceEpoch, isExtended)
  }

  /// Of week 1 is the first Thursday of the year; 1 is Monday.
  private static func days(year: Int, week: Int, day: Int) -> Int64? {
    guard week >= 1, (1...7).contains(day), let start = firstMonday(of: year) else { return nil }
    let days = start + Int64((week - 1) * 7 + day - 1)
    // Only a long year has a week 53.
    let next = firstMonday(of: year + 1) ?? start + 52 * 7
    return start + Int64((week - 1) * 7) < next ? days : nil
  }

  private static func firstMonday(of year: Int) -> Int64? {
    guard let fourth = CivilDate(year: year, month: 1, day: 4)?.daysSinceEpoch else { return nil }
    // The epoch was a Thursday.
    let weekday = (fourth + 3) % 7
    return fourth - (weekday < 0 ? weekday + 7 : weekday)
  }

  // MARK: Times

  private mutating func readClock() -> Clock? {
    guard let hour = number(2), hour <= 24 else { return nil }
    var clock = Clock(span: 3600 * DateReader.second)
    var (minute, second) = (0, 0)
    let isExtended = take(":")
    if isExtended || isDigitNext {
      guard let value = number(2), value < 60 else { return nil }
      minute = value
      clock.span = 60 * DateReader.second
      if isExtended ? take(":") : isDigitNext {
        // A leap second.
        guard let value = number(2), value <= 60 else { return nil }
        second = value
        clock.span = DateReader.second
        guard readFraction(into: &clock, isExtended: isExtended) else { return nil }
      }
    }
    guard hour < 24 || minute == 0 && second == 0 && clock.microseconds == 0, !isDigitNext else { return nil }
    clock.seconds = Int64(hour * 3600 + minute * 60 + second)
    clock.isUsual = clock.isUsual && hour < 24 && second < 60
    return clock
  }

  /// False if no digits follow a mark.
  private mutating func readFraction(into clock: inout Clock, isExtended: Bool) -> Bool {
    let hasPoint = take(".")
    clock.isUsual = isExtended
    guard hasPoint || take(",") else { return true }
    clock.isUsual = isExtended && hasPoint
    clock.span = 1
    var scale: Int64 = 100_000
    while position < bytes.count, DateReader.isDigit(bytes[position]) {
      clock.microseconds += Int64(bytes[position] - 0x30) * scale
      scale /= 10
      clock.digits += 1
      position += 1
    }
    return clock.digits > 0
  }

  /// Seconds east of UTC, and the spelling where the usual form has it.
  private mutating func readZone() -> (offset: Int64, zone: CreatedDate.Form.Zone?)? {
    if isAtEnd { return (0, .absent) }
    if take("Z") { return (0, .letterZ) }
    let hasSpace = take(" ")
    if take("z") || take("Z") || takeWord("UTC") || takeWord("GMT") { return (0, nil) }
    let isNegative = take("-")
    guard isNegative || take("+"), let hours = number(2), hours < 24 else { return nil }
    let hasColon = take(":")
    var minutes = 0
    if hasColon || isDigitNext {
      guard let value = number(2), value < 60 else { return nil }
      minutes = value
    }
    let hasName = takeWord(" UTC")
    let offset = Int64(hours * 3600 + minutes * 60)
    let isPlusZero = offset == 0 && !isNegative && hasColon && !hasSpace && !hasName
    return (isNegative ? -offset : offset, isPlusZero ? .plusZero : nil)
  }

  // MARK: Mail

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

  /// `2 Jan`, `02 Jan`
  private var isDayAndMonth: Bool { bytes[1] == UInt8(ascii: " ") || bytes[2] == UInt8(ascii: " ") }

  /// `Mon, 02 Jun 2025 09:12:44 +0000`, as RFC 5322 and HTTP have it.
  private mutating func readMail() -> CreatedDate.Reading? {
    let weekday = DateReader.weekdays.firstIndex { takeWord($0 + ", ") }
    guard let day = number(min(max(digitCount(), 1), 2)), take(" "),
      let month = DateReader.months.firstIndex(where: { takeWord($0 + " ") }), let year = number(4),
      CreatedDate.years.contains(year), let civil = CivilDate(year: year, month: month + 1, day: day), take(" "),
      let clock = readClock(), clock.digits == 0, clock.span <= 60 * DateReader.second,
      // The zone is not left out, and is alone.
      position < bytes.count, bytes[position] == UInt8(ascii: " "), let (offset, _) = readZone(), isAtEnd
    else { return nil }
    let days = civil.daysSinceEpoch
    // A day of the week that contradicts the date makes both doubtful.
    if let weekday, weekday != Int((days % 7 + 7) % 7) { return nil }
    return reading(days, clock, offset: offset, form: .irregular)
  }

  // MARK: Characters

  private var isAtEnd: Bool { position == bytes.count }
  private var isDigitNext: Bool { position < bytes.count && DateReader.isDigit(bytes[position]) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private func digitCount() -> Int {
    bytes[position...].prefix(5).prefix { DateReader.isDigit($0) }.count
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  /// A number of exactly so many digits.
  private mutating func number(_ length: Int) -> Int? {
    guard position + length <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + length] {
      guard DateReader.isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    position += length
    return value
  }
}
