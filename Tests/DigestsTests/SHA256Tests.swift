import CDigests
import Crypto
import Testing

@testable import Digests

@Suite(.timeLimit(.minutes(5))) struct SHA256Tests {
  @Test("SHA-256 agrees with swift-crypto for every length around a block and in any pieces")
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

  @Test(
    "SHA-256 gives the digests of the FIPS 180-4 examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
  func digests(_ text: String, _ digest: String) {
    var hash = Digests.SHA256()
    // In uneven pieces, so that blocks end inside them.
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      hash.update(rest.prefix(97))
      rest = rest.dropFirst(97)
    }
    #expect(hash.hexDigest() == digest)
  }
}
