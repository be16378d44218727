package import APIKeyModel

/// Realistic keys from a seed: key `index` is always the same one, whatever the count.
///
/// About one in four has full access; creators are few and skewed; one in 64 shares its creation second with others.
package struct KeySeed: Sendable {
  package struct Key: Equatable, Sendable {
    package let id: UUID128
    package let name: String
    /// Seconds since the epoch, in the years 2023 to 2025.
    package let created: Int64
    package let lastFour: String
    package let creator: UUID128
    package let restricted: Bool
    /// A JSON array; nil for null.
    package let permissions: String?
  }

  private let seed: UInt64
  private static let start: Int64 = 1_672_531_200
  private static let span: Int64 = 3 * 365 * 86_400

  package init(seed: UInt64) { self.seed = seed }

  /// When the newest key was created for a list to look in use: two to four hours ago, by the seed. The same for all
  /// who ask within an hour of the clock.
  package static func recentMoment(seed: UInt64, now: Int64) -> Int64 {
    var random = SplitMix64(state: seed)
    return now - now % 3600 - 7200 - Int64(random.next() % 3600)
  }

  /// The moment and id of a key, the part its position in the order depends on.
  package func position(_ index: Int) -> (created: Int64, id: UUID128) {
    var random = generator(index)
    return KeySeed.position(&random)
  }

  package func key(_ index: Int) -> Key {
    var random = generator(index)
    let (created, id) = KeySeed.position(&random)
    let service = KeySeed.pick(KeySeed.services, &random)
    let part = KeySeed.pick(KeySeed.parts, &random)
    let stage = KeySeed.pick(KeySeed.stages, &random)
    var name = "\(service)-\(part)-\(stage)"
    switch random.next() % 16 {
    case 0...3: name += "-\(random.next() % 40 + 1)"
    case 4: name += " (rotated)"
    case 5: name = "\(KeySeed.pick(KeySeed.people, &random))'s \(part) key"
    default: break
    }
    // The square of a fraction: the first creators made most of the keys.
    let fraction = Double(random.next() >> 11) / Double(1 << 53)
    let creator = Int(fraction * fraction * 24)
    let digits = String(UInt64(0x1_0000) | random.next() & 0xFFFF, radix: 16).dropFirst()
    let full = random.next() % 4 == 0
    return Key(
      id: id, name: name, created: created, lastFour: String(digits), creator: creatorID(creator), restricted: !full,
      permissions: full ? (random.next() % 2 == 0 ? nil : "[]") : KeySeed.permissions(&random))
  }

  private func creatorID(_ number: Int) -> UUID128 {
    var random = SplitMix64(state: seed &* 31 &+ 0xC0FFEE &+ UInt64(number) &* 0x2545_F491_4F6C_DD1D)
    return KeySeed.uuid(&random)
  }

  private func generator(_ index: Int) -> SplitMix64 {
    var mixed = SplitMix64(state: seed)
    return SplitMix64(state: mixed.next() &+ UInt64(index) &* 0xD134_2543_DE82_EF95)
  }

  private static func position(_ random: inout SplitMix64) -> (Int64, UUID128) {
    let id = uuid(&random)
    var offset = Int64(random.next() % UInt64(span))
    // Keys of one deployment are made in the same second.
    if random.next() % 64 == 0 { offset -= offset % 86_400 }
    return (start + offset, id)
  }

  /// A version 4 UUID.
  private static func uuid(_ random: inout SplitMix64) -> UUID128 {
    UUID128(
      high: random.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
      low: random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
  }

  private static func pick(_ list: [String], _ random: inout SplitMix64) -> String {
    list[Int(random.next() % UInt64(list.count))]
  }

  private static func permissions(_ random: inout SplitMix64) -> String {
    let names = PermissionCatalog.names
    var mask: UInt64 = 0
    switch random.next() % 8 {
    case 0:  // everything that only reads
      for (index, name) in names.enumerated() where name.hasSuffix(".view") { mask |= 1 << UInt64(index) }
    case 1...4:  // one to three resources, whole
      for _ in 0...(random.next() % 3) {
        let group = PermissionCatalog.groups[Int(random.next() % UInt64(PermissionCatalog.groups.count))]
        for index in group.permissions { mask |= 1 << UInt64(index) }
      }
    default:  // one to eight single permissions
      for _ in 0...(random.next() % 8) { mask |= 1 << (random.next() % UInt64(names.count)) }
    }
    var list = names.indices.filter { mask >> UInt64($0) & 1 == 1 }.map { names[$0] }
    if random.next() % 50 == 0 { list.append("phones.import") }
    return "[" + list.map { "\"\($0)\"" }.joined(separator: ",") + "]"
  }

  private static let services = [
    "billing", "checkout", "crm-sync", "data-warehouse", "dialer", "ivr", "kb-indexer", "mobile-app", "notifier",
    "onboarding", "partner", "reporting", "scheduler", "support", "transcriber", "webhook-relay",
  ]
  private static let parts = ["core", "api", "worker", "batch", "edge", "export", "import", "monitor"]
  private static let stages = ["prod", "prod", "prod", "staging", "staging", "dev", "ci", "test"]
  private static let people = ["Ana", "Bruno", "Chloé", "Dmitri", "Elif", "Farah", "Grace", "Łukasz", "Søren", "Yūki"]
}

/// Sebastiano Vigna's SplitMix64: the same numbers on every machine.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
