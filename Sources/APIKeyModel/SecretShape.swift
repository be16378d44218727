/// Whether a text looks as if it held a secret, so that it is not kept where no one expects one.
///
/// Decided by shape alone: well-known prefixes (`sk-`, `ghp_`, `AKIA`, `eyJ` and the like) before enough characters,
/// what follows `Bearer`, a password in an address, a private key, and words of 24 characters and more that look
/// random. Names of words and numbers, UUIDs and their beginnings, dates, patterns and lists of permissions are none of
/// that.
package enum SecretShape {
  /// True where some part of the text looks like a secret. Takes time linear in its bytes.
  package static func isIn(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return hasKnownPrefix(bytes) || hasPasswordInAddress(bytes) || words(bytes).contains { looksRandom($0) }
  }

  // MARK: Well-known prefixes

  /// A prefix, and how many characters of a secret have to follow it.
  private static let prefixes: [(text: [UInt8], rest: Int)] = [
    ("sk-", 16), ("sk_", 16), ("rk_", 16), ("pk_", 16), ("ghp_", 16), ("gho_", 16), ("ghu_", 16), ("ghs_", 16),
    ("ghr_", 16), ("github_pat_", 16), ("glpat-", 16), ("gldt-", 16), ("glrt-", 16), ("xoxa-", 8), ("xoxb-", 8),
    ("xoxe-", 8), ("xoxe.", 8), ("xoxo-", 8), ("xoxp-", 8), ("xoxr-", 8), ("xoxs-", 8), ("xapp-", 8), ("AKIA", 16),
    ("ASIA", 16), ("AIza", 30), ("ya29.", 16), ("npm_", 20), ("pypi-", 16), ("hf_", 16), ("dop_v1_", 16),
    ("shpat_", 16), ("SG.", 16), ("eyJ", 10), ("akt_", 16), ("Bearer ", 8), ("bearer ", 8), ("Basic ", 8),
    ("-----BEGIN ", 1),
  ].map { (Array($0.0.utf8), $0.1) }

  private static func hasKnownPrefix(_ bytes: [UInt8]) -> Bool {
    for start in bytes.indices where start == 0 || !isAlphanumeric(bytes[start - 1]) {
      for (prefix, rest) in prefixes where bytes[start...].starts(with: prefix) {
        let body = bytes[(start + prefix.count)...].prefix(rest)
        if body.count == rest, body.allSatisfy({ isAlphanumeric($0) || $0 == hyphen || $0 == underscore }) {
          return true
        }
      }
    }
    return false
  }

  /// `scheme://user:password@host`
  private static func hasPasswordInAddress(_ bytes: [UInt8]) -> Bool {
    let sign = Array("://".utf8)
    var start = 0
    while start + 3 < bytes.count {
      guard bytes[start...].starts(with: sign) else {
        start += 1
        continue
      }
      let end = bytes[(start + 3)...].firstIndex { $0 == UInt8(ascii: "/") || $0 <= 0x20 } ?? bytes.endIndex
      let authority = bytes[(start + 3)..<end]
      if let at = authority.lastIndex(of: UInt8(ascii: "@")), authority[..<at].contains(UInt8(ascii: ":")) {
        return true
      }
      start = end
    }
    return false
  }

  // MARK: Random words

  private static let hyphen = UInt8(ascii: "-")
  private static let underscore = UInt8(ascii: "_")
  private static let leastLength = 24

  /// Runs of letters, digits, `-`, `_`, `+` and `/`.
  private static func words(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split { !(isAlphanumeric($0) || isSeparator($0)) }
  }

  private enum Kind {
    case lower
    case upper
    case digit
  }

  /// Whether small letters, capitals and digits change as often as names never do.
  ///
  /// Words and numbers side by side are what names are made of, so these changes do not count: a small letter after a
  /// capital, a capital after three small letters (`readOnlyAccess`), and in names with separators the first digit
  /// after letters (`node5`).
  private static func looksRandom(_ text: ArraySlice<UInt8>) -> Bool {
    var word = text.drop { isSeparator($0) }
    while let last = word.last, isSeparator(last) { word.removeLast() }
    guard word.count >= leastLength, !isUUIDOrItsBeginning(word) else { return false }
    if word.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
    var changes = 0
    var previous: Kind?
    var run = 0
    var hadDigit = false
    let hasSeparator = word.contains { isSeparator($0) }
    for byte in word {
      if isSeparator(byte) {
        (previous, run, hadDigit) = (nil, 0, false)
        continue
      }
      let kind: Kind = byte <= 0x39 ? .digit : byte <= 0x5A ? .upper : .lower
      if let previous, previous != kind {
        switch (previous, kind) {
        case (.upper, .lower): break
        case (.lower, .upper): if run < 3 { changes += 1 }
        case (_, .digit): if hadDigit || !hasSeparator { changes += 1 }
        default: changes += 1
        }
        run = 0
      }
      if kind == .digit { hadDigit = true }
      run += 1
      previous = kind
    }
    return hasSeparator ? changes >= 5 && changes * 10 >= word.count : changes >= 3 && changes * 14 >= word.count
  }

  /// 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between, whole or cut off anywhere.
  private static func isUUIDOrItsBeginning(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count <= 36 else { return false }
    return word.enumerated().allSatisfy { place, byte in
      [8, 13, 18, 23].contains(place)
        ? byte == hyphen
        : (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == hyphen || byte == underscore || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
  }
}

extension SecretToken {
  /// Whether the text holds eight characters in a row that the token holds too, letters in either case.
  ///
  /// A token of fewer than eight bytes is no secret, and is never found.
  package func sharesPart(with text: String) -> Bool {
    func parts(_ bytes: ArraySlice<UInt8>) -> Set<UInt64> {
      var found: Set<UInt64> = []
      var window: UInt64 = 0
      for (count, byte) in bytes.enumerated() {
        window = window << 8 | UInt64((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        if count >= 7 { found.insert(window) }
      }
      return found
    }
    let own = parts(Array(authorizationHeader.utf8).dropFirst("Bearer ".utf8.count))
    return !own.isDisjoint(with: parts(Array(text.utf8)[...]))
  }
}
