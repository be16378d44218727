/// Names made at random by a grammar: what a listed attack has beside it that nobody thought of.
///
///     name   = part{1,6}
///     part   = word | control | ignored | blank | escape | count | caret | marks | picture | jamo | any
///     escape = "<U+" hex{0,6} [">"] | "<" | "<U"
///     count  = ("…" | "..." | ".") ["(+" digit{1,3} [", " hex{6}] [")"]]
///     caret  = "^" any of "@A[\]^_?"
///     marks  = letter mark{1,7}
///     picture = emoji [selector | tone] [joiner emoji]
package struct HostileGrammar {
  package var random: SplitMix

  package init(seed: UInt64) { random = SplitMix(state: seed) }

  /// Seeds are printed, so that a failure can be made again.
  package static func newSeed() -> UInt64 { UInt64.random(in: 0 ... .max) }

  package mutating func name(parts: Int = 6) -> String {
    (0..<1 + below(parts)).map { _ in part() }.joined()
  }

  /// The name with one scalar put in, taken out or replaced.
  package mutating func changed(_ name: String) -> String {
    var scalars = Array(name.unicodeScalars)
    let place = below(scalars.count + 1)
    let new = part().unicodeScalars.first ?? "x"
    switch below(3) {
    case 0 where place < scalars.count: scalars.remove(at: place)
    case 1 where place < scalars.count: scalars[place] = new
    default: scalars.insert(new, at: place)
    }
    return HostileGrammar.text(scalars)
  }

  package static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  package mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

  private mutating func pick(_ texts: [String]) -> String { texts[below(texts.count)] }

  private mutating func pick(_ ranges: [ClosedRange<UInt32>]) -> String {
    let range = ranges[below(ranges.count)]
    let value = range.lowerBound + UInt32(below(Int(range.upperBound - range.lowerBound) + 1))
    return Unicode.Scalar(value).map { String($0) } ?? "\u{FFFD}"
  }

  private mutating func hex(_ count: Int) -> String {
    (0..<count).map { _ in pick("0123456789ABCDEFabcdef".map { String($0) }) }.joined()
  }

  private mutating func part() -> String {
    switch below(12) {
    case 0: return pick(["key", "prod", "a b", "  ", "-", "\u{E9}", "\u{416}", "\u{4E2D}\u{6587}", ">", "U+41"])
    case 1: return pick([0...0x1F, 0x7F...0x9F])
    case 2:
      return pick([
        0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
        0x202A...0x202E, 0x2060...0x206F, 0x3164...0x3164, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0,
        0xFFF0...0xFFF8, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF,
      ])
    case 3:
      return pick([
        0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x2800...0x2800, 0x3000...0x3000,
        0xFFF9...0xFFFC, 0x13441...0x13442, 0x1D159...0x1D159, 0x16FE4...0x16FE4,
      ])
    case 4:
      let count = below(7)
      let digits = hex(count)
      return pick(["<U+\(digits)", "<U+\(digits)>", "<", "<U", "<U+202E>", "<U+003C>"])
    case 5:
      let digits = hex(6)
      return pick(["\u{2026}", "...", ".", ""]) + pick(["", "(+976, \(digits))", "(+1", "(+", "(", "(+9)"])
    case 6: return "^" + pick("@A[\\]^_?IMa".map { String($0) })
    case 7:
      let mark = pick(["\u{301}", "\u{327}", "\u{20DD}", "\u{5B8}"])
      return pick(["e", "\u{4E2D}", "", " "]) + String(repeating: mark, count: 1 + below(7))
    case 8:
      let tail = pick(["", "\u{FE0F}", "\u{FE0E}", "\u{1F3FD}", "\u{200D}"])
      let next = pick(["", "\u{200D}\u{1F469}", "\u{200D}\u{2640}\u{FE0F}", "\u{200D}\u{1F600}"])
      return pick(["\u{1F600}", "\u{1F469}", "\u{2764}", "\u{1F3F4}"]) + tail + next
    case 9: return pick([0x1100...0x1112, 0x1161...0x1175, 0x11A8...0x11C2, 0xAC00...0xAC20])
    case 10: return pick([0xE000...0xE010, 0xFDD0...0xFDEF, 0x378...0x379, 0x10FFFE...0x10FFFF])
    default: return pick([0x21...0x7E, 0xA1...0x17F, 0x370...0xFFFD, 0x10000...0x1FFFF])
    }
  }
}
