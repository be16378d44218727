/// Names made to break writers; the same for the same seed.
package struct HostileNames {
  private var state: UInt64
  package init(seed: UInt64) { state = seed }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  package mutating func name() -> String {
    let pieces: [Unicode.Scalar] = [
      "a", " ", "\"", ",", "\n", "\r", "\t", "'", "=", "+", "-", "@", ";", "|", "\\", "\u{0}", "\u{1B}", "\u{7F}",
      "\u{85}", "\u{9B}", "\u{301}", "\u{200B}", "\u{202E}", "\u{2028}", "\u{FEFF}", "\u{FF1D}", "\u{E0041}", "é", "漢",
      "\u{1F600}", "\u{10FFFF}", "\u{AD}",
    ]
    var view = String.UnicodeScalarView()
    for _ in 0..<next(12) { view.append(pieces[next(pieces.count)]) }
    return String(view)
  }
}
