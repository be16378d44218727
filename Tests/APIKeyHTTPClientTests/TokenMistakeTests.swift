import APIKeyClient
import APIKeyHTTPClient
import Foundation
import TestSupport
import Testing
import TokenSource

@Suite("Mistakes with tokens", .timeLimit(.minutes(5)))
struct TokenMistakeTests {
  @Test("A mistake with a token is named, and no part of the token is shown", .tags(.t20))
  func tokens() throws {
    let secret = "s3cr3t-abcdef"
    func utf16(_ text: String, mark: [UInt8]) -> [UInt8] {
      mark + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    let cases: [(bytes: [UInt8], flaw: TokenFlaw)] = [
      ([], .empty), ([10], .empty), (Array("  \r\n".utf8), .empty), (utf16(secret, mark: [0xFF, 0xFE]), .utf16),
      (utf16(secret, mark: []), .utf16), ([0xEF, 0xBB, 0xBF] + Array(secret.utf8), .byteOrderMark),
      (Array("{\"token\":\"\(secret)\"}".utf8), .json), (Array("[\"\(secret)\"]".utf8), .json),
      (Array("\(secret)\n\(secret)\n".utf8), .severalLines), (Array("\(secret)\n\n".utf8), .severalLines),
      (Array("\(secret)\r\n\r\n".utf8), .severalLines), (Array("\(secret)\r\(secret)".utf8), .severalLines),
      ([UInt8](repeating: 0x61, count: 8193), .tooLong), (Array("\"\(secret)\"\n".utf8), .quoted),
      (Array("'\(secret)'".utf8), .quoted), (Array("“\(secret)”".utf8), .quoted),
      (Array("Bearer \(secret)".utf8), .bearer), (Array("bearer\t\(secret)".utf8), .bearer),
      (Array("Authorization: Bearer \(secret)".utf8), .bearer), (Array("APIKEYS_TOKEN=\(secret)".utf8), .assignment),
      (Array("Bearer".utf8), .bearerAlone), (Array("bearer \n".utf8), .bearerAlone),
      (Array("Authorization: Bearer".utf8), .bearerAlone),
      (Array("export APIKEYS_TOKEN=\(secret)".utf8), .assignment), (Array("token: \(secret)".utf8), .assignment),
      (Array(" \(secret)".utf8), .blank), (Array("\(secret) ".utf8), .blank), (Array("a \(secret)".utf8), .blank),
      (Array("\(secret)\u{200B}".utf8), .notASCII), (Array("\(secret)é".utf8), .notASCII), ([0x61, 0xFF], .notASCII),
      ([0x61, 0x00, 0x62], .notVisible), ([0x61, 0x7F], .notVisible), ([0x1B, 0x61], .notVisible),
    ]
    for (bytes, flaw) in cases {
      let path = FileManager.default.temporaryDirectory.appendingPathComponent("token-\(UUID().uuidString)").path
      try Data(bytes).write(to: URL(filePath: path))
      chmod(path, 0o600)
      defer { try? FileManager.default.removeItem(atPath: path) }  // What is left over harms nothing.
      do throws(TokenProblem) {
        _ = try TokenReader.read(file: path)
        Issue.record("taken: \(flaw)")
      } catch {
        #expect(error == .notAToken(origin: path, flaw: flaw), "\(String(decoding: bytes.prefix(30), as: UTF8.self))")
        #expect(!error.message.contains("s3cr3t"))
      }
    }
    #expect(Set(TokenFlaw.allCases.map(\.message)).count == TokenFlaw.allCases.count)
    #expect(Set(cases.map { "\($0.flaw)" }).count == TokenFlaw.allCases.count)
    print("figure T20: \(cases.count) mistakes with tokens, of \(TokenFlaw.allCases.count) kinds")
  }
}
