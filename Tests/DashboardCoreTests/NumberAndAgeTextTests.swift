import Testing

@testable import DashboardCore

@Suite("Numbers, ages and moments as text", .timeLimit(.minutes(5)))
struct NumberAndAgeTextTests {
  @Test(
    "NumberText groups digits by three",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (-1000, "-1,000"), (1_284_003, "1,284,003"),
      (.min, "-9,223,372,036,854,775,808"),
    ])
  func grouped(value: Int, text: String) { #expect(NumberText.grouped(value) == text) }

  @Test("NumberText counts a noun in the singular and the plural")
  func counted() {
    #expect(NumberText.count(1, "key") == "1 key")
    #expect(NumberText.count(0, "key") == "0 keys")
    #expect(NumberText.count(1200, "entry", plural: "entries") == "1,200 entries")
  }

  @Test(
    "AgeText uses the largest unit of which there are two, and days at most",
    arguments: [
      (0, "0 seconds ago"), (119, "119 seconds ago"), (120, "2 minutes ago"), (7199, "119 minutes ago"),
      (7200, "2 hours ago"), (172_799, "47 hours ago"), (172_800, "2 days ago"), (412 * 86_400, "412 days ago"),
      (-3 * 86_400, "in 3 days"),
    ] as [(Int64, String)])
  func ages(seconds: Int64, text: String) {
    #expect(AgeText.relative(1_000_000_000 - seconds, now: 1_000_000_000) == text)
  }

  @Test("AgeText does not overflow")
  func extremes() {
    #expect(AgeText.relative(.min, now: .max) == "long ago")
    #expect(AgeText.relative(.max, now: .min) == "in a far future")
  }

  @Test("MomentText writes UTC, the clock and a column's form")
  func moments() {
    #expect(MomentText.utc(1_793_453_762) == "2026-10-31 13:36:02 UTC")
    #expect(MomentText.clock(1_793_453_762) == "13:36:02Z")
    #expect(MomentText.short(1_793_453_762) == "2026-10-31 13:36")
  }
}
