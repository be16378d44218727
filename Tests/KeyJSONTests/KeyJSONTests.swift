import APIKeyModel
import KeyJSON
import KeyTable
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct KeyJSONTests {
  @Test("The table encoder writes the same JSON as the single-key one")
  func quickWriter() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    var names = HostileNames(seed: seed)
    let zones = ["Z", "z", "+00:00", "", "-00:00", "+02:00"]
    let keys = (0..<20_000).map { number in
      func one(_ of: UInt64) -> Bool { random.next() % of == 0 }
      let seconds = Int64(random.next() % 253_402_300_800)
      let fraction =
        one(2) ? "" : "." + String(String(10_000_000 + random.next() % 1_000_000).suffix(Int(random.next() % 7) + 1))
      let text =
        String(CreatedDate(seconds: seconds).canonicalText.dropLast()) + fraction + zones[Int(random.next() % 6)]
      let created = one(20) ? nil : CreatedDate(text)
      return APIKey(
        id: one(20) ? .opaque("id \(number)") : .uuid(UUID128(high: random.next(), low: random.next())),
        name: one(3) ? names.name() : "plain-\(number)", created: created,
        createdText: created == nil ? (one(2) ? "yesterday" : nil) : created?.form == .irregular ? text : nil,
        lastFour: one(20) ? nil : one(20) ? "12345" : one(20) ? "\"\\\u{1}a" : "ab12",
        creator: one(20) ? nil : one(20) ? .opaque("me") : .uuid(UUID128(high: random.next(), low: random.next() % 7)),
        restricted: one(20) ? nil : one(2),
        permissions: one(8)
          ? nil
          : one(8)
            ? PermissionSet(["x.y", "calls.view"])
            : PermissionSet(mask: PermissionMask(rawValue: one(30) ? 0 : random.next()).intersection(.all)))
    }
    var batch = KeyBatch()
    for key in keys { batch.append(key) }
    var table = KeyTable()
    table.append(batch)
    try #require(table.count == keys.count)
    var encoder = KeyJSONEncoder()
    var wrong = 0
    for row in 0..<table.count {
      var (quick, plain): ([UInt8], [UInt8]) = ([], [])
      encoder.append(table, row: row, to: &quick)
      KeyJSON.append(keys[row], to: &plain)
      if quick != plain { wrong += 1 }
    }
    #expect(wrong == 0, "seed \(seed)")
  }

  @Test("Unreported fields are left out", .tags(.a6))
  func absentFields() {
    var bytes: [UInt8] = []
    KeyJSON.append(APIKey(id: .opaque("x"), name: "n", absent: KeyFieldSet(.permissions)), to: &bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"id":"x","name":"n","created_date":null,"last_four_digits":null,"creator_id":null,"restricted":null}"#)
  }
}
