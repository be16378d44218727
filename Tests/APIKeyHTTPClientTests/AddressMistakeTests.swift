import APIKeyClient
import APIKeyHTTPClient
import Foundation
import TestSupport
import Testing
import TokenSource

/// Mistakes that people make with addresses, tokens and TLS: each named, with what to do.
@Suite("Mistakes in addresses", .timeLimit(.minutes(5))) struct AddressMistakeTests {
  private static func problem(_ text: String) -> ServerAddress.Problem? {
    do throws(ServerAddress.Problem) {
      _ = try ServerAddress(parsing: text)
      return nil
    } catch {
      return error
    }
  }

  @Test("A mistake in an address is named, with a next step that works", .tags(.t20))
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
      let message = try #require(AddressMistakeTests.problem(text)?.message(origin: "--url"), "\(text)")
      #expect(message.contains(words), "\(text): \(message)")
      #expect(!message.contains("pw"), "\(message)")
      // What is offered works.
      if let start = message.range(of: "Give http"), message.contains("no scheme") {
        let offer = message[start.lowerBound...].dropFirst(5).dropLast()
        #expect(AddressMistakeTests.problem(String(offer)) == nil, "\(offer)")
      }
    }
    print("figure T20: \(cases.count) mistakes in addresses, each named")
  }

  @Test("A non-ASCII host is converted to its ASCII form, as Python does", .tags(.t20))
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
      let problem = AddressMistakeTests.problem("https://\(host).example:8443/base")
      #expect(problem == .hostNotASCII(host: "\(host).example", ascii: "https://\(ascii).example:8443/base"), "\(host)")
    }
    // Where the form must be changed first, none is offered: it might be another host.
    for host in ["mu\u{308}nchen", "faß", "ＡＢＣ", "a。b", "ﬁ", "☃", "²"] {
      guard case .hostNotASCII(_, nil)? = AddressMistakeTests.problem("https://\(host)") else {
        Issue.record("\(host): \(String(describing: AddressMistakeTests.problem("https://\(host)")))")
        continue
      }
    }
    #expect(
      AddressMistakeTests.problem("https://MÜNCHEN") == .hostNotASCII(host: "MÜNCHEN", ascii: "https://xn--mnchen-3ya"))
    print("figure T20: \(hosts.count) hosts in ASCII as Python has them, 7 that have none")
  }
}
