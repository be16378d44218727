import APIKeyClient
import APIKeyHTTPClient
import Foundation
import TestSupport
import Testing
import TokenSource

/// Mistakes that people make with addresses, tokens and TLS: each named, with what to do.
@Suite("Named mistakes") struct MistakeTests {
  private static func problem(_ text: String) -> ServerAddress.Problem? {
    do throws(ServerAddress.Problem) {
      _ = try ServerAddress(parsing: text)
      return nil
    } catch {
      return error
    }
  }

  @Test("A mistake in an address is named, and the next step is one that works", .tags(.t20))
  func addresses() throws {
    let cases: [(text: String, words: String)] = [
      ("", "is empty"), ("api.example.com", "Give https://api.example.com."),
      ("localhost:3000", "Give http://localhost:3000."),
      ("127.0.0.1:8080/base", "Give http://127.0.0.1:8080/base."),
      ("//keys.example.com/x", "Give https://keys.example.com/x."),
      ("://keys.example.com", "Give https://keys.example.com."), ("https:/keys.example.com", "needs ://"),
      ("http:localhost", "needs ://"), ("https//h", "needs ://"), ("htps://h", "the scheme htps"),
      ("ws://h", "the scheme ws"),
      ("https://", "names no host"), ("https://:443", "names no host"), ("https://h:", "is a number from 1 to 65535"),
      ("https://h:0", "the port 0"), ("https://h:99999", "the port 99999"), ("https://h:80a", "the port 80a"),
      ("https://h:-1", "the port -1"), ("https://::1:3000", "in brackets"), ("https://[::1", "in brackets"),
      ("https://[1.2.3.4]", "which is not a host name"), ("https://h%41", "which is not a host name"),
      (" https://h", "a blank in it, at character 1"), ("https://h ", "a blank in it, at character 10"),
      ("https://h\u{A0}x", "a blank"), ("https://h\n", "a line break"), ("https://h\t", "a blank"),
      ("https://h\u{200B}", "an invisible character"), ("\u{FEFF}https://h", "an invisible character"),
      ("https://h\u{1B}[0m", "a control character"), ("https://h\\x", "a backslash"), ("\"https://h\"", "quotes"),
      ("'https://h'", "quotes"), ("<https://h>", "quotes or brackets"), ("“https://h”", "quotes"),
      ("https://h\"", "quotes"),
      ("https://user:pw@h", "a user name or password"), ("user:pw@h", "a user name or password"),
      ("https://h?x=1", "? or #"), ("https://h/#x", "? or #"), ("https://h/käse", "%XX"),
      ("https://h:8４43", "Give https://h:8443."),
      ("http：//127.0.0.1", "Give http://127.0.0.1."), ("http:／／127.0.0.1:３０００", "Give http://127.0.0.1:3000."),
      ("keys．example.com", "Give https://keys.example.com."), ("https://user:pw＠h", "a user name or password"),
      ("https://h：käse", "Give it in ASCII"), ("unix:/tmp/x", "the scheme unix"), ("file:/x", "the scheme file"),
      ("unix:///tmp/x", "the scheme unix"), ("http://a..b", "a..b, in which nothing"),
      ("https://.com", ".com, in which"),
      (".com", ".com, in which"), ("https://h..", "nothing stands before a dot"), ("https://.", "before a dot"),
      ("https://" + String(repeating: "a", count: 70) + ".com", "at most 63"), ("a..b:80", "a..b, in which"),
      ("https://" + String(repeating: "a.", count: 130) + "com", "253 in all"),
      ("http://keys.example.com", "clear text"),
    ]
    for (text, words) in cases {
      let message = try #require(MistakeTests.problem(text)?.message(origin: "--url"), "\(text)")
      #expect(message.contains(words), "\(text): \(message)")
      #expect(!message.contains("pw"), "\(message)")
      // What is offered works.
      if let start = message.range(of: "Give http"), message.contains("no scheme") {
        let offer = message[start.lowerBound...].dropFirst(5).dropLast()
        #expect(MistakeTests.problem(String(offer)) == nil, "\(offer)")
      }
    }
    print("figure T20: \(cases.count) mistakes in addresses, each named")
  }

  @Test("A host that is not ASCII is given in its ASCII form, as Python has it", .tags(.t20))
  func punycode() throws {
    let alphabet = Array("abcxyz0-äöüéèñłđøåπψжщюяקשםعربक日本語한국ツー")
    var random = SplitMix(state: 20)
    var hosts = ["münchen", "bücher", "ψ", "日本語", "правда", "한국", "ä-b-ü", "a日b本c"]
    while hosts.count < 400 {
      let label = String(
        (0..<(1 + random.next() % 12)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
      // Letters of both directions cannot stand in one name.
      if label.utf8.allSatisfy({ $0 < 0x80 }) || label.hasPrefix("-") || label.hasSuffix("-") { continue }
      hosts.append(label)
    }
    let code = "import sys\nfor l in sys.stdin.read().split('\\n'):\n  print('xn--'+l.encode('punycode').decode())"
    let run = try TLSTable.run(["python3", "-X", "utf8", "-c", code], input: Data(hosts.joined(separator: "\n").utf8))
    let expected = String(decoding: run.output, as: UTF8.self).split(separator: "\n").map(String.init)
    try #require(expected.count == hosts.count)
    for (host, ascii) in zip(hosts, expected) {
      let problem = MistakeTests.problem("https://\(host).example:8443/base")
      #expect(problem == .hostNotASCII(host: "\(host).example", ascii: "https://\(ascii).example:8443/base"), "\(host)")
    }
    // Where the form must be changed first, none is offered: it might be another host.
    for host in ["mu\u{308}nchen", "faß", "ＡＢＣ", "a。b", "ﬁ", "☃", "²"] {
      guard case .hostNotASCII(_, nil)? = MistakeTests.problem("https://\(host)") else {
        Issue.record("\(host): \(String(describing: MistakeTests.problem("https://\(host)")))")
        continue
      }
    }
    #expect(MistakeTests.problem("https://MÜNCHEN") == .hostNotASCII(host: "MÜNCHEN", ascii: "https://xn--mnchen-3ya"))
    print("figure T20: \(hosts.count) hosts in ASCII as Python has them, 7 that have none")
  }

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

  @Test("Each failure of TLS and of a proxy has its own sentence, and its kind its own next step", .tags(.t20))
  func tlsSteps() {
    let kinds: [TLSProblem] = [
      .expired(date: nil), .notYetValid(date: nil), .unknownAuthority, .wrongName([]), .oldVersion, .notTLS,
      .wantsClientCertificate, .otherKey(pin: "p"), .weak("w"), .nothingInCommon,
    ]
    #expect(Set(kinds.map(\.text)).count == kinds.count)
    #expect(Set(kinds.map(\.nextStep)).count == kinds.count)
    let steps = kinds + [.onlyCommonName, .nameNotKnown, .handshakeEnded, .noCertificate, .systemCertificates]
    for kind in steps { #expect(kind.nextStep.last == ".") }
  }

  @Test("Http to a server of TLS is named, by openssl's and Python's silence too", .tags(.t20))
  func clearTextToTLS() async throws {
    let table = try TLSTable()
    let case13 = try #require(table.cases.first { $0.name == "TLS 1.3" })
    var options = Asking.options()
    options.retries.tries = 1
    let error = try await Asking.page(
      of: "http://localhost:\(case13.port)", options: options, request: PageRequest(limit: 1, order: .descending))
    #expect(error == .speaksTLS(host: "localhost", port: case13.port))
    #expect(error?.nextStep.contains("https://") == true)
    // A server of clear text that hangs up is not taken for one.
    for toxic in [FaultServer.Toxic.reset(afterBytes: 0), .limit(bytes: 0)] {
      let plain = try await FaultServer { _, _ in .http("", toxics: [toxic]) }
      let lost = try await Asking.page(
        of: plain.url, options: options, request: PageRequest(limit: 1, order: .descending))
      #expect(lost == .connectionLost(host: "127.0.0.1"), "\(toxic)")
      await plain.close()
    }
  }
}
