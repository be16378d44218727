import APIKeyModel

/// A list of keys that can be made anywhere from a key's number: number 0 is the newest, and an id contains its number.
struct SyntheticKeys {
  let count: Int
  private static let creatorCount = 40

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  static func id(_ number: Int) -> UUID128 {
    let random = mix(UInt64(number))
    return UUID128(
      high: random & ~0xF000 | 0x4000,
      low: 0x8000_0000_0000_0000 | (mix(random) & 0x3FFF_FFFF) << 32 | UInt64(number) ^ 0x5A5A_5A5A)
  }

  /// The number of an id made by ``id(_:)``.
  static func number(_ id: UUID128) -> Int { Int(id.low & 0xFFFF_FFFF ^ 0x5A5A_5A5A) }

  static func creator(_ number: Int) -> UUID128 {
    UUID128(high: mix(UInt64(number) &+ 1 << 40) & ~0xF000 | 0x4000, low: mix(UInt64(number) &+ 1 << 41) | 1 << 63)
  }

  private static let teams = ["billing", "calls", "agents", "reports", "mobile", "partner", "search", "export"]
  private static let places = ["prod", "test", "dev", "staging"]
  private static let uses = ["webhook", "dashboard", "nightly-job", "integration", "ci"]

  static func name(_ number: Int) -> String {
    let random = mix(UInt64(number) &+ 77)
    let digits = String(10_000_000 + number).dropFirst()
    return "\(teams[Int(random % 8)])-\(places[Int(random >> 8 % 4)])-\(uses[Int(random >> 16 % 5)])-\(digits)"
  }

  static func created(_ number: Int) -> CreatedDate { CreatedDate(seconds: 1_760_000_000 - Int64(number) * 90) }

  static func lastFour(_ number: Int) -> String {
    String(String(10_000 + mix(UInt64(number) &+ 5) % 10_000).dropFirst())
  }

  /// One key in the API's JSON, without an end of line: about 350 bytes.
  static func append(_ number: Int, to bytes: inout [UInt8]) {
    let random = mix(UInt64(number) &+ 11)
    func add(_ text: String) { bytes.append(contentsOf: text.utf8) }
    bytes.append(contentsOf: #"{"id":""#.utf8)
    id(number).appendText(to: &bytes)
    add(#"","name":"\#(name(number))","created_date":"\#(created(number).canonicalText)","#)
    add(#""last_four_digits":"\#(lastFour(number))","creator_id":""#)
    creator(Int(random % UInt64(creatorCount))).appendText(to: &bytes)
    let isRestricted = random >> 8 & 3 != 0
    add(#"","restricted":\#(isRestricted),"permissions":"#)
    guard isRestricted else { return add("null}") }
    add("[")
    var isFirst = true
    for index in 0..<PermissionCatalog.count where mix(random &+ UInt64(index)) & 7 == 0 {
      add("\(isFirst ? "" : ",")\"\(PermissionCatalog.names[index])\"")
      isFirst = false
    }
    add("]}")
  }

  /// The row as text, for programs that take text.
  static func textRow(_ number: Int) -> String {
    let random = mix(UInt64(number) &+ 11)
    let access = random >> 8 & 3 != 0 ? "limited" : "full   "
    let padding = String(repeating: " ", count: max(38 - name(number).utf8.count, 1))
    return "\(name(number))\(padding)\(access)  \(created(number).canonicalText)  "
      + "\(creator(Int(random % UInt64(creatorCount)))) \(lastFour(number))  \(id(number))\n"
  }

  /// A page of the API: the keys from `start` on, `step` 1 for newest first and -1 for oldest first.
  func page(from start: Int, limit: Int, step: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(limit * 400 + 200)
    let left = step > 0 ? count - start : start + 1
    let taken = max(min(limit, left), 0)
    bytes.append(contentsOf: #"{"data":["#.utf8)
    for offset in 0..<taken {
      if offset > 0 { bytes.append(UInt8(ascii: ",")) }
      SyntheticKeys.append(start + offset * step, to: &bytes)
    }
    let ends = SyntheticKeys.ends(start, taken, step)
    bytes.append(contentsOf: "],\(ends),\"has_more\":\(taken < left)}".utf8)
    return bytes
  }

  static func ends(_ start: Int, _ taken: Int, _ step: Int) -> String {
    taken == 0
      ? #""first_id":null,"last_id":null"#
      : #""first_id":"\#(id(start))","last_id":"\#(id(start + (taken - 1) * step))""#
  }
}
