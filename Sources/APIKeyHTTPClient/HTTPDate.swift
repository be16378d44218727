import APIKeyModel
import Glibc

/// The dates of HTTP headers, in the three forms of RFC 9110, 5.6.7. The name of the day must be one, and is not compared
/// with the date. Years have four digits, or two where the form has them: nothing here can overflow.
package enum HTTPDate {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let longDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  /// Seconds since the epoch; nil when it is no such date. `now` decides the century of a year of two digits.
  package static func seconds(_ text: String, now: Int64) -> Int64? {
    // All forms are shorter.
    guard text.utf8.count <= 40 else { return nil }
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    switch words.count {
    // Sun, 06 Nov 1994 08:49:37 GMT
    case 6 where words[0].hasSuffix(",") && days.contains(String(words[0].dropLast())) && words[5] == "GMT":
      return moment(number(words[3], 4), words[2], number(words[1], 2), words[4])
    // Sun Nov  6 08:49:37 1994
    case 6 where days.contains(words[0]) && words[2].isEmpty:
      return moment(number(words[5], 4), words[1], number(words[3], 1), words[4])
    // Sun Nov 16 08:49:37 1994
    case 5 where days.contains(words[0]):
      return moment(number(words[4], 4), words[1], number(words[2], 2), words[3])
    // Sunday, 06-Nov-94 08:49:37 GMT
    case 4 where words[0].hasSuffix(",") && longDays.contains(String(words[0].dropLast())) && words[3] == "GMT":
      let date = words[1].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      guard date.count == 3, let year = number(date[2], 2) else { return nil }
      // A year that seems more than 50 years away is the last one with these digits.
      let thisYear = CivilTime(seconds: now).date.year
      let near = thisYear / 100 * 100 + year
      return moment(near > thisYear + 50 ? near - 100 : near, date[1], number(date[0], 2), words[2])
    default: return nil
    }
  }

  /// Seconds until then, 0 when it is past.
  static func secondsFromNow(_ text: String) -> Int? {
    let now = Int64(time(nil))
    return seconds(text, now: now).map { Int(max($0 - now, 0)) }
  }

  private static func moment(_ year: Int?, _ month: String, _ day: Int?, _ clock: String) -> Int64? {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map { number(String($0), 2) }
    guard let year, let day, let month = months.firstIndex(of: month), parts.count == 3,
      let date = CivilDate(year: year, month: month + 1, day: day),
      let hour = parts[0], let minute = parts[1], let second = parts[2], hour < 24, minute < 60, second < 61
    else { return nil }
    return date.daysSinceEpoch * 86_400 + Int64(hour * 3600 + minute * 60 + second)
  }

  /// Exactly so many digits.
  private static func number(_ text: String, _ count: Int) -> Int? {
    guard text.utf8.count == count, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }
}
