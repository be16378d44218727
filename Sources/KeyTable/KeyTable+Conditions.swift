import APIKeyModel

/// Conditions in the filter language that match exactly the keys that a tally counted.
extension KeyTable {
  /// Keys that can use a permission: those that list it, and those with full access.
  package func condition(permission name: String) -> String {
    var names = PermissionCatalog.names
    for index in 0..<chunkCount {
      for set in chunk(index).rare.permissionLists.values { names += set.others }
    }
    return KeyTable.condition("perm", name, among: names)
  }

  /// Keys of one creator; nil is for keys without one.
  package func condition(creator: CreatorIndex?) -> String {
    guard let creator else { return "-has:creator" }
    let text = creatorID(creator).text
    // A UUID is found in no other UUID.
    let others = creators.identifiers.filter { id in if case .opaque = id { true } else { false } }
    return KeyTable.condition("creator", text, among: others.map(\.text))
  }

  /// Keys created in a UTC month. Dates outside the calendar's years are counted in the nearest month, and are found
  /// with it.
  package static func condition(year: Int, month: Int) -> String {
    let text = MonthTally(year: year, month: month, keys: 0).text
    switch text {
    case MonthTally.first: return "created<=\(text)"
    case MonthTally.last: return "created>=\(text)"
    default: return "created:\(text)"
    }
  }

  /// The loosest way of asking that no other of the names fits: within the text, the whole text, or letter by letter.
  private static func condition(_ field: String, _ value: String, among names: [String]) -> String {
    func folded(_ text: String) -> [UInt8] {
      var bytes = Array(text.utf8)
      foldCase(&bytes)
      return bytes
    }
    let wanted = folded(value)
    let others = names.lazy.filter { !$0.utf8.elementsEqual(value.utf8) }.map(folded)
    if wanted.isEmpty || others.contains(wanted) { return exactCondition(field, value) }
    let isWithin = others.contains { other in
      other.count > wanted.count
        && (0...(other.count - wanted.count)).contains { other[$0...].starts(with: wanted) }
    }
    return "\(field)\(isWithin ? "=" : ":")\(Filter.quotedIfNeeded(value))"
  }
}

extension KeyTable {
  /// A condition that one text alone fits, in ASCII.
  package static func exactCondition(_ field: String, _ value: String) -> String {
    let exact = value.unicodeScalars.map { scalar in
      let isLetterOrDigit = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isLetterOrDigit ? String(scalar) : "\\x{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
    return "\(field):/^\(exact.joined())$/"
  }
}

extension Filter {
  /// A value as the filter language reads it back.
  package static func quotedIfNeeded(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D
    }
    if isPlain && !text.isEmpty { return text }
    // By scalars: a mark behind a quote makes the two one character, and the quote would stay.
    return "\"" + text.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }

  /// The text of a filter for the keys that match this one and a condition too.
  package func text(adding condition: String) -> String {
    if isEmpty { return condition }
    let trimmed = text.unicodeScalars.reversed().drop { $0.properties.isWhitespace }.reversed()
    let own = String(String.UnicodeScalarView(trimmed))
    if has(condition) { return own }
    let beside = "\(own) \(condition)"
    // The word `or` alone is searched for; beside a condition it is a mistake.
    return hasAlternatives || !Filter.isRead(beside) ? "(\(text)) \(condition)" : beside
  }

  private static func isRead(_ text: String) -> Bool {
    do throws(FilterError) {
      _ = try Filter(parsing: text)
      return true
    } catch {
      return false
    }
  }

  /// Whether a condition is one of those that must all hold.
  private func has(_ condition: String) -> Bool {
    do throws(FilterError) {
      let added = try Filter(parsing: condition).root
      if case .all(let nodes)? = root { return nodes.contains { $0 == added } }
      return root == added
    } catch {
      return false
    }
  }
}
