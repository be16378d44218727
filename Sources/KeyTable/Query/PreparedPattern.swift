import APIKeyModel

/// What a text pattern means for a whole table, worked out once and not for each chunk.
struct PreparedPattern: Sendable {
  let pattern: TextPattern
  /// The same for UUIDs, whose letters have no case.
  let uuidPattern: TextPattern
  /// Bits of the catalogue's permissions whose names fit.
  let permissions: UInt64
  /// One byte a creator, 1 where the id fits; nil where none does.
  let creators: [UInt8]?
  /// The creators whose ids begin with a text that is to be a whole id, where it is none and several do.
  let ambiguousCreators: [KeyIdentifier]
  /// The digits to look for in UUIDs; nil where the text is in none.
  let piece: UUIDPiece?

  init(_ pattern: TextPattern, _ table: KeyTable) {
    self.pattern = pattern
    var matcher = TextMatcher(pattern)
    var mask: UInt64 = 0
    for (index, name) in PermissionCatalog.names.enumerated() where matcher.matches(name) { mask |= 1 << UInt64(index) }
    permissions = mask
    let uuidPattern = pattern.ofUUID
    let piece = UUIDPiece(uuidPattern.bytes)
    let isInNoUUID = piece == nil && (pattern.kind == .substring || pattern.kind == .whole)
    var uuidMatcher = TextMatcher(uuidPattern)
    var matching = table.creators.identifiers.map { id -> UInt8 in
      guard let uuid = id.uuid else { return matcher.matches(id.text) ? 1 : 0 }
      return !isInNoUUID && uuidMatcher.matches(uuid.description) ? 1 : 0
    }
    var ambiguous: [KeyIdentifier] = []
    if pattern.isOfID, pattern.kind == .whole, pattern.bytes.count >= KeyTable.leastPrefix, !matching.contains(1) {
      let ids = table.creators.identifiers
      let found = ids.indices.filter { ids[$0].begins(with: pattern) }
      if found.count == 1 { matching[found[0]] = 1 } else { ambiguous = found.map { ids[$0] } }
    }
    ambiguousCreators = ambiguous
    creators = matching.contains(1) ? matching : nil
    self.piece = piece
    self.uuidPattern = uuidPattern
  }

  /// The patterns of a filter's conditions, each once.
  static func all(in node: FilterNode, _ table: KeyTable) -> [TextPattern: PreparedPattern] {
    var found: [TextPattern: PreparedPattern] = [:]
    collect(node, table, &found)
    return found
  }

  private static func collect(_ node: FilterNode, _ table: KeyTable, _ found: inout [TextPattern: PreparedPattern]) {
    switch node {
    case .all(let nodes), .any(let nodes): for node in nodes { collect(node, table, &found) }
    case .not(let node): collect(node, table, &found)
    case .test(.text(_, let pattern)), .test(.can(let pattern)), .test(.listed(let pattern)):
      if found[pattern] == nil { found[pattern] = PreparedPattern(pattern, table) }
    case .test: break
    }
  }
}

extension KeyIdentifier {
  /// Whether it begins with the text of a pattern; UUIDs are compared without regard to case.
  func begins(with pattern: TextPattern) -> Bool {
    if let uuid { return uuid.description.utf8.starts(with: pattern.ofUUID.bytes) }
    var text = Array(text.utf8)
    if !pattern.exact { foldCase(&text) }
    return text.starts(with: pattern.bytes)
  }
}

/// A part of a UUID's text: its digits, and the digits of a UUID it may start at.
struct UUIDPiece: Sendable {
  let nibbles: [UInt8]
  let starts: UInt32

  /// Nil for a text that is in no UUID.
  init?(_ text: [UInt8]) {
    guard text.count <= 36 else { return nil }
    var nibbles: [UInt8] = []
    for byte in text {
      switch byte {
      case 0x30...0x39: nibbles.append(byte - 0x30)
      case 0x61...0x66: nibbles.append(byte - 0x57)
      case UInt8(ascii: "-"): break
      default: return nil
      }
    }
    let hyphens = [8, 13, 18, 23]
    var starts: UInt32 = 0
    for start in 0...(36 - text.count)
    where text.indices.allSatisfy({ (text[$0] == UInt8(ascii: "-")) == hyphens.contains(start + $0) }) {
      let digit = start - hyphens.count(where: { $0 < start })
      // A hyphen alone is in every UUID: any start will do.
      starts |= 1 << UInt32(min(digit, 31))
    }
    guard starts != 0 else { return nil }
    self.nibbles = nibbles
    self.starts = starts
  }
}
