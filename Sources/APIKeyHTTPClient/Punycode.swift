/// Names of hosts in ASCII (RFC 3492).
enum Punycode {
  /// The ASCII form of a name: `xn--mnchen-3ya.example` for `münchen.example`. Nil where it has characters that have to
  /// be brought to another form first, or that no name has.
  static func asciiHost(_ host: String) -> String? {
    let labels = host.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    var result: [String] = []
    for label in labels {
      if label.utf8.allSatisfy({ $0 < 0x80 }) {
        result.append(String(label))
        continue
      }
      guard label.unicodeScalars.allSatisfy(isAllowed), let encoded = encoded(label), encoded.utf8.count <= 59 else {
        return nil
      }
      result.append("xn--" + encoded)
    }
    return result.joined(separator: ".")
  }

  /// Letters and digits in the form that names have: no combining mark, which may belong to a composed letter, and none
  /// that is equivalent to another.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return Character(scalar).isLetter || Character(scalar).isNumber || scalar == "-" }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .modifierLetter: break
    default: return false
    }
    // Sharp s and final sigma mean other names to older software; compatibility forms are equivalent to other letters.
    return properties.canonicalCombiningClass == .notReordered && !properties.changesWhenNFKCCaseFolded
      && scalar != "ß" && scalar != "ς"
  }

  private static func encoded(_ label: Substring) -> String? {
    let scalars = label.unicodeScalars.map { Int($0.value) }
    var output = scalars.filter { $0 < 0x80 }.map { UInt8($0) }
    let basic = output.count
    var handled = basic
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var (next, delta, bias) = (0x80, 0, 72)
    while handled < scalars.count {
      guard let smallest = scalars.filter({ $0 >= next }).min() else { return nil }
      delta += (smallest - next) * (handled + 1)
      next = smallest
      for scalar in scalars {
        if scalar < next { delta += 1 }
        guard scalar == next else { continue }
        var rest = delta
        var position = 36
        while true {
          let threshold = min(max(position - bias, 1), 26)
          if rest < threshold { break }
          output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
          rest = (rest - threshold) / (36 - threshold)
          position += 36
        }
        output.append(digit(rest))
        bias = adapted(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(value < 26 ? value + 0x61 : value - 26 + 0x30)
  }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var steps = 0
    while delta > 455 {
      delta /= 35
      steps += 36
    }
    return steps + 36 * delta / (delta + 38)
  }
}
