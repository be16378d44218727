import APIKeyModel
import Testing

@Suite("Calendar dates", .timeLimit(.minutes(5)))
struct CivilDateTests {
  @Test("Days since the epoch convert to dates and back, for every day of the years 0 to 9999")
  func everyDay() throws {
    var wrong = 0
    var previous = CivilDate(daysSinceEpoch: -719_529)
    for days in Int64(-719_528)...2_932_896 {
      let date = CivilDate(daysSinceEpoch: days)
      let follows =
        date.day == previous.day + 1 && date.month == previous.month
        || date.day == 1 && previous.day == CivilDate.days(inMonth: previous.month, of: previous.year)
      if date.daysSinceEpoch != days || days > -719_528 && !follows { wrong += 1 }
      previous = date
    }
    #expect(wrong == 0)
    #expect(CivilDate(daysSinceEpoch: 0) == CivilDate(year: 1970, month: 1, day: 1))
  }

  @Test("Days outside the years 0 to 9999 become the nearest inside")
  func clamped() {
    #expect(CivilDate(daysSinceEpoch: .min) == CivilDate(year: 0, month: 1, day: 1))
    #expect(CivilDate(daysSinceEpoch: .max) == CivilDate(year: 9999, month: 12, day: 31))
  }

  @Test(
    "Dates that do not exist are refused",
    arguments: [
      (2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0), (10_000, 1, 1),
      (-1, 1, 1),
    ])
  func refused(year: Int, month: Int, day: Int) { #expect(CivilDate(year: year, month: month, day: day) == nil) }

  @Test("Leap days exist in years divisible by 4, but by 100 only if by 400", arguments: [2024, 2000, 1600, 0])
  func leapDays(year: Int) { #expect(CivilDate(year: year, month: 2, day: 29) != nil) }

  @Test("CivilTime splits seconds into date and clock, before 1970 too")
  func times() {
    #expect(CivilTime(seconds: 1_699_335_116).isoText == "2023-11-07T05:31:56")
    #expect(CivilTime(seconds: -1).isoText == "1969-12-31T23:59:59")
    #expect(CivilDate.floorDivide(-1, 86_400) == -1 && CivilDate.floorDivide(-86_400, 86_400) == -1)
  }
}
