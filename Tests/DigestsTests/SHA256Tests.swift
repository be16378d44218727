import CDigests
import Crypto
import Testing

@testable import Digests

@Suite struct SHA256Tests {
  @Test("Our SHA-256 is that of swift-crypto, for every length around a block and in any pieces")
  func sameDigest() {
    for usesProcessor in [false, true] where !usesProcessor || cdigests_has_sha256() {
      compare(usesProcessor: usesProcessor)
    }
  }

  private func compare(usesProcessor: Bool) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for round in 0..<1000 {
      let length = round < 300 ? round : next(5000)
      let bytes = (0..<length).map { _ in UInt8(next(256)) }
      var ours = Digests.SHA256(usesProcessor: usesProcessor)
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(1 + next(200))
        ours.update(piece)
        rest = rest.dropFirst(piece.count)
      }
      let theirs = Crypto.SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(ours.hexDigest() == theirs, "seed \(seed), length \(length)")
    }
  }
}
