import Foundation
import TestSupport
import Testing

@testable import APIKeyModel

@Suite("Token redaction", .timeLimit(.minutes(20))) struct TokenRedactionTests {
  private func token(_ text: String) throws -> SecretToken { try #require(SecretToken(utf8: Array(text.utf8))) }

  @Test("A token that a server echoes is redacted")
  func removal() throws {
    let token = try token("abcabcab-1")
    #expect(token.removed(from: "bad token abcabcab-1!") == "bad token <redacted>!")
    #expect(token.removed(from: "xabcabcab-1") == "x<redacted>")
    #expect(token.removed(from: "abcabcab-1abcabcab-1 abcabcab-1") == "<redacted> <redacted>")
    #expect(token.removed(from: "abcabcab") == "<redacted>")
    #expect(token.removed(from: "bcabcab-1") == "<redacted>")
    #expect(token.removed(from: "abcabca") == "abcabca")
    #expect(token.removed(from: "") == "")
    for short in ["a", "banana", "secret7"] {
      #expect(try self.token(short).removed(from: "banana secret7 a") == "banana secret7 a")
    }
  }

  @Test("Every form of a token is redacted, wherever it stands", .tags(.b5))
  func forms() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    let alphabets = [
      Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8),
      Array(0x21...0x7E as ClosedRange<UInt8>),
      Array("0123456789abcdef".utf8), Array("~!@#$%^&*()+={}[]|\\:;\"'<>?,./".utf8),
    ]
    var (tried, hits) = (0, 0)
    for round in 0..<60 {
      let alphabet = alphabets[round % alphabets.count]
      let length = [8, 9, 12, 20, 36, 64, 200][round % 7]
      let bytes = (0..<length).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      let text = String(decoding: bytes, as: UTF8.self)
      let token = try token(text)
      for form in TokenForms.all(of: text) {
        for (before, after) in [
          ("", ""), ("bad token ", " was sent"), ("{\"detail\":\"", "\"}"), ("/login?t=", "&x=1"),
        ] {
          let shown = token.removed(from: before + form.text + after)
          let trace = TokenForms.trace(of: form, in: shown)
          #expect(trace == nil, "seed \(seed), \(text), \(form.name): \(shown)")
          #expect(shown.contains("<redacted>"), "seed \(seed), \(text), \(form.name): \(shown)")
          tried += 1
          if trace != nil { hits += 1 }
        }
      }
    }
    print("figure B5: \(tried) texts with a token in some form, \(hits) show it (seed \(seed))")
  }

  @Test("Ordinary words stay as they are", .tags(.b5))
  func innocent() throws {
    let words = """
      The server rejected the request (403): your plan does not include api_keys.view. Ask an administrator of the \
      production workspace, or see https://docs.example.com/errors/permission-denied?lang=en%20US &amp; try again. \
      Not authenticated \\u002d the header was Bearer, with 12345678 bytes; deadbeef cafebabe 0123456789abcdef. demo
      """
    for text in [
      "akt_9fQ2mZ7xT1vKc8Rb4LwYhN0sJp3DgUe6", "demo-token", "sk_test_51H8x9", "tok_0000111122223333",
      "AAAAAAAAAAAAAAAA",
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "a-demo-server-token-for-everybody",
    ] {
      #expect(try token(text).removed(from: words) == words, "\(text)")
    }
  }

  @Test("Redacting takes time in proportion to the text and the token", .tags(.s9))
  func linear() throws {
    func seconds(_ token: SecretToken, _ text: [UInt8]) -> Double {
      func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
      }
      return (0..<3).map { _ in
        let start = now()
        _ = token.removed(from: text)
        return now() - start
      }.min() ?? 0
    }
    let shapes = ["a", "ab", "YWFhYWFhYWFh", "%61", "\\u0061", "&#97;", "a ", "616161", "%2561"]
    let token = try token(String(repeating: "a", count: 100))
    var worst = 0.0
    for shape in shapes {
      func text(_ count: Int) -> [UInt8] { Array(String(repeating: shape, count: count / shape.utf8.count).utf8) }
      var ratio = 3.0
      for _ in 0..<4 where ratio > 2.3 { ratio = seconds(token, text(16_000)) / seconds(token, text(8000)) }
      #expect(ratio <= 2.3, "\(shape)")
      worst = max(worst, ratio)
    }
    let rounded = (worst * 100).rounded() / 100
    print("figure S9: redacting twice the bytes takes at most \(rounded) times as long, in \(shapes.count) shapes")
  }
}
