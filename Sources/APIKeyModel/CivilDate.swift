/// A day of the proleptic Gregorian calendar, by Howard Hinnant's `days_from_civil` algorithm.
package struct CivilDate: Hashable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Years that dates may have: with others, numbers of days and seconds could grow past their types.
  package static let years = 0...9999

  /// Nil when there is no such day, or its year is not among ``years``.
  package init?(year: Int, month: Int, day: Int) {
    guard CivilDate.years.contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.days(inMonth: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days outside ``years`` become the nearest inside.
  package init(daysSinceEpoch days: Int64) {
    let shifted = min(max(days, -719_528), 2_932_896) + 719_468
    let era = CivilDate.floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    month = Int(monthIndex < 10 ? monthIndex + 3 : monthIndex - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
  }

  package var daysSinceEpoch: Int64 {
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = CivilDate.floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Division rounded towards minus infinity.
  package static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The English name of a month, 1 to 12.
  package static func name(ofMonth month: Int) -> String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    return names[month - 1]
  }
}

/// A moment in UTC, split into calendar and clock.
package struct CivilTime: Hashable, Sendable {
  package let date: CivilDate
  package let hour: Int
  package let minute: Int
  package let second: Int

  /// `seconds` since the epoch; moments outside the years 1 to 9999 are clamped to them.
  package init(seconds: Int64) {
    let clamped = min(max(seconds, CreatedDate.seconds.lowerBound), CreatedDate.seconds.upperBound)
    let days = CivilDate.floorDivide(clamped, 86_400)
    date = CivilDate(daysSinceEpoch: days)
    let rest = Int(clamped - days * 86_400)
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
  }

  /// `2023-11-07`
  package var isoDate: String {
    let year = String(date.year)
    return String(repeating: "0", count: 4 - year.utf8.count) + year
      + "-\(CivilTime.twoDigits(date.month))-\(CivilTime.twoDigits(date.day))"
  }
  /// `05:31:56`
  package var clock: String {
    "\(CivilTime.twoDigits(hour)):\(CivilTime.twoDigits(minute)):\(CivilTime.twoDigits(second))"
  }
  /// `2023-11-07T05:31:56`, without a zone.
  package var isoText: String { isoDate + "T" + clock }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
