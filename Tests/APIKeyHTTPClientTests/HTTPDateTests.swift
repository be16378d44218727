import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import Foundation
import TestSupport
import Testing

@Suite("Dates of HTTP headers", .timeLimit(.minutes(5)))
struct HTTPDateTests {
  @Test("Header dates in three forms agree with Python", .tags(.s5))
  func dates() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    let program = """
      import calendar, email.utils, random, time
      random.seed(\(seed))
      for _ in range(3000):
          moment = random.randrange(0, 253402300800)
          parts = time.gmtime(moment)
          print(moment, email.utils.formatdate(moment, usegmt=True), time.asctime(parts), sep="|", end="|")
          recent = random.randrange(calendar.timegm((1976, 1, 1, 0, 0, 0)), calendar.timegm((2026, 1, 1, 0, 0, 0)))
          print(recent, time.strftime("%A, %d-%b-%y %H:%M:%S GMT", time.gmtime(recent)), sep="|")
      """
    let output = try TLSTable.run(["python3", "-c", program]).output
    var compared = 0
    // 2025-06-15: two digits mean 1976 to 2075 then.
    let now: Int64 = 1_750_000_000
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: "|").map(String.init)
      try #require(fields.count == 5)
      #expect(HTTPDate.seconds(fields[1], now: now) == Int64(fields[0]), "\(fields[1])")
      #expect(HTTPDate.seconds(fields[2], now: now) == Int64(fields[0]), "\(fields[2])")
      #expect(HTTPDate.seconds(fields[4], now: now) == Int64(fields[3]), "\(fields[4])")
      compared += 3
    }
    #expect(compared == 9000)
    for text in [
      "Sun, 06 Nov 292277026597 08:49:37 GMT", "Sun, 06 Nov 9223372036854775807 08:49:37 GMT",
      "Sun, 06 Nov -9223372036854775808 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:49:37", "06 Nov 1994 08:49:37 GMT", "", " ", "GMT",
      "Sun, 06 Nov 199 08:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
      "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun Nov 6 08:49:37 1994", "Xyz, 06 Nov 1994 08:49:37 GMT",
    ] { #expect(HTTPDate.seconds(text, now: now) == nil, "\(text)") }
    #expect(HTTPDate.seconds("Sunday, 06-Nov-75 08:49:37 GMT", now: now) == 3_340_255_777)
    #expect(HTTPDate.seconds("Sunday, 06-Nov-76 08:49:37 GMT", now: now) == 216_118_177)
    print("figure S5: \(compared) dates in 3 forms as Python has them (seed \(seed)), 17 refused")
  }
}
