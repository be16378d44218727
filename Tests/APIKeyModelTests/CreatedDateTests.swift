import APIKeyModel
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct CreatedDateTests {
  @Test(
    "Impossible and malformed dates are refused",
    arguments: [
      "2023-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2023-04-31T00:00:00Z",
      "2023-00-10T00:00:00Z", "2023-13-10T00:00:00Z", "2023-01-00T00:00:00Z", "0000-12-31T23:59:59Z",
      "2023-01-01T24:00:01Z", "2023-01-01T00:60:00Z", "2023-01-01T00:00:61Z", "2023-01-01T00:00:00.Z",
      "2023-01-01T00:00:00X", "2023-01-01T00:00:00Z ", " 2023-01-01T00:00:00Z", "2023-01", "2023", "1672531200", "",
      "2023-01-01T00:00:00+24:00", "2023-01-01T00:00:00+01:60", "2023-01-01T00:00:00+1", "2023-01-01T00:00:00+01:",
      "2023-1-01T00:00:00Z", "+023-01-01T00:00:00Z", "2023/01/01T00:00:00Z", "٢٠٢٣-01-01T00:00:00Z",
      "9999-12-31T24:00:00Z", "0001-01-01T00:00:00+00:01",
    ])
  func refused(text: String) {
    #expect(CreatedDate(text) == nil)
  }

  @Test(
    "Offsets and spellings give the right moment",
    arguments: [
      ("2023-11-07T05:31:56Z", 1_699_335_116), ("2023-11-07T05:31:56+00:00", 1_699_335_116),
      ("2023-11-07T07:31:56+02:00", 1_699_335_116), ("2023-11-07T01:01:56-0430", 1_699_335_116),
      ("2023-11-07T07:31:56+02", 1_699_335_116), ("2023-11-07 05:31:56", 1_699_335_116),
      ("2023-11-07t05:31:56z", 1_699_335_116), ("2024-02-29T00:00:00Z", 1_709_164_800),
      ("1970-01-01T00:00:00Z", 0), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ] as [(String, Int64)])
  func moments(text: String, seconds: Int64) {
    #expect(CreatedDate(text)?.seconds == seconds)
  }

  @Test("Fractions: six digits are kept, more are cut, none overflow")
  func fractions() {
    #expect(CreatedDate("2023-11-07T05:31:56.5Z")?.microseconds == 1_699_335_116_500_000)
    #expect(CreatedDate("2023-11-07T05:31:56.123456Z")?.canonicalText == "2023-11-07T05:31:56.123456Z")
    let long = CreatedDate("2023-11-07T05:31:56." + String(repeating: "9", count: 19) + "Z")
    #expect(long?.microseconds == 1_699_335_116_999_999)
    #expect(long?.form == .irregular)
    #expect(CreatedDate("2023-11-07T05:31:56." + String(repeating: "9", count: 79) + "Z") != nil)
    #expect(CreatedDate("2023-11-07T05:31:56." + String(repeating: "9", count: 80) + "Z") == nil)
  }

  @Test("10,000 random dates are written again as they were read")
  func roundTrip() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix(state: seed)
    var wrong: [String] = []
    for _ in 0..<10_000 {
      let zone = [CreatedDate.Form.Zone.letterZ, .plusZero, .absent][Int(random.next() % 3)]
      let digits = Int(random.next() % 7)
      var micro = Int64(random.next() % 253_402_300_800) * 1_000_000
      var unit: Int64 = 1_000_000
      for _ in 0..<digits { unit /= 10 }
      micro += Int64(random.next() % 1_000_000) / unit * unit
      let date = CreatedDate(microseconds: micro, form: CreatedDate.Form(fractionDigits: digits, zone: zone))
      if CreatedDate(date.canonicalText) != date { wrong.append(date.canonicalText) }
    }
    #expect(wrong.isEmpty, "seed \(seed)")
  }
}
