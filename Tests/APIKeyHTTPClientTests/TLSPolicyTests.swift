import APIKeyClient
import APIKeyHTTPClient
import Foundation
import TestSupport
import Testing

@Suite("TLS policy", .timeLimit(.minutes(5))) struct TLSPolicyTests {
  /// The cases that are taken. Every other one is in ``refused``.
  private static let taken: Set<String> = [
    "key rsa2048", "key rsa3072", "key rsa4096", "key prime256v1", "key secp384r1", "key secp521r1", "key ed25519",
    "signed sha384", "signed sha512", "signed ecdsa-sha256", "signed rsa-pss-sha256", "signed by ed25519",
    "name of many", "name in capitals", "name with final dot", "wildcard whole", "no subject, SAN critical", "address",
    "address v6", "own root and authority, given", "root signed sha1 by itself", "root signed md5 by itself",
    "between good",
    "between name constraint met", "two between", "stranger in the chain", "for servers", "plain unknown", "TLS 1.2",
    "TLS 1.3", "TLS 1.2 ECDHE AES-128-GCM", "TLS 1.2 ECDHE AES-256-GCM", "TLS 1.2 ECDHE ChaCha20",
  ]

  /// The cases that are refused, by words of the sentence.
  private static let refused: [(words: String, names: [String])] = [
    ("has a weak key (RSA of 1024 bits", ["key rsa1024", "root rsa1024", "between rsa1024"]),
    ("has a weak key (a curve of 224 bits", ["root secp224r1", "between secp224r1"]),
    ("has a weak signature (SHA-1)", ["signed sha1", "signed ecdsa-sha1", "between signed sha1"]),
    ("has a weak signature (MD5)", ["signed md5", "between signed md5"]),
    ("has a weak signature (RSA-PSS with SHA-1)", ["signed rsa-pss-sha1"]),
    ("has a weak signature (SHA-224)", ["signed sha224", "signed ecdsa-sha224"]),
    ("expired", ["expired", "root expired", "between expired"]),
    ("not yet valid", ["not yet valid", "between not yet valid"]),
    (
      "for another name",
      [
        "name wrong", "name with NUL", "wildcard bare", "wildcard too deep", "wildcard top level", "wildcard alone",
        "wildcard end of label", "wildcard start of label", "wildcard middle of label", "wildcard second label",
        "wildcard twice", "wildcard for address", "common name, SAN other", "common name, SAN email", "address other",
        "address as name",
      ]
    ),
    (
      "but in its common name",
      ["common name alone", "common name wildcard", "address as common name", "version 1"]
    ),
    (
      "no valid chain",
      [
        "root unknown", "root of the same name", "own root, not given", "own root, given", "between missing",
        "between without keyCertSign", "between no CA", "between without constraints", "between version 1",
        "between for clients", "between name constraint broken", "between name excluded", "between critical unknown",
        "between path too long", "for clients", "critical unknown", "signature broken",
      ]
    ),
    ("versions of TLS before 1.2", ["TLS 1.0", "TLS 1.1"]),
    (
      "no cipher or signature in common",
      [
        "key rsa512", "key secp224r1", "key secp256k1", "key brainpoolP256r1", "key rsa-pss",
        "TLS 1.2 ECDHE AES-128-CBC", "TLS 1.2 ECDHE AES-256-CBC SHA-1", "TLS 1.2 RSA AES-128-GCM",
        "TLS 1.2 RSA AES-128-CBC", "TLS 1.2 DHE AES-256-GCM", "TLS 1.2 no encryption", "TLS 1.2 anonymous",
      ]
    ),
    ("wants a certificate of the client", ["client certificate, TLS 1.2", "client certificate, TLS 1.3"]),
  ]

  private static func options(_ ca: String) -> HTTPOptions {
    var options = FaultRequest.options()
    options.limits.connect = 20_000
    options.limits.headers = 20_000
    options.limits.idle = 20_000
    options.limits.whole = 30_000
    options.retries.tries = 1
    options.caFile = ca
    return options
  }

  /// Asks one server of the table, by its name: a tunnel leads every name there.
  private static func ask(_ one: TLSTable.Case, options: HTTPOptions) async throws -> KeySourceError? {
    let proxy = try await ConnectProxy(target: one.port)
    var options = options
    options.proxy = ProxyAddress(host: "127.0.0.1", port: proxy.port)
    let host = one.host.contains(":") ? "[\(one.host)]" : one.host
    let error = try await FaultRequest.page(of: "https://\(host)", options: options)
    await proxy.close()
    return error
  }

  private static func curl(_ one: TLSTable.Case, _ more: [String] = []) throws -> Int32 {
    let host = one.host.contains(":") ? "[\(one.host)]" : one.host
    return try TLSTable.run(
      ["curl", "-q", "-s", "--max-time", "20", "--cacert", one.ca, "--connect-to", "::127.0.0.1:\(one.port)"]
        + more + ["https://\(host)/"]
    ).status
  }

  @Test("TLS that curl refuses is refused with a reason, before the request is sent", .tags(.s3))
  func table() async throws {
    let table = try TLSTable()
    var expected: [String: String] = [:]
    for (words, names) in TLSPolicyTests.refused { for name in names { expected[name] = words } }
    var stricter = 0
    var refusals = 0
    var lines: [String] = []
    for (index, one) in table.cases.enumerated() {
      let error = try await TLSPolicyTests.ask(one, options: TLSPolicyTests.options(one.ca))
      // A server that wants a certificate of TLS 1.3 says so only once it has the request.
      let seen = try table.requestCounts()[index]
      let curl = try TLSPolicyTests.curl(one)
      let reason: String? =
        switch error {
        case .tlsFailed(_, let reason): reason.text
        case nil: nil
        default: "\(String(describing: error))"
        }
      lines.append(
        "| \(one.name) | \(reason.map { "refused: \($0)" } ?? "taken") | \(curl == 0 ? "taken" : "refused (\(curl))") |"
      )
      if TLSPolicyTests.taken.contains(one.name) {
        #expect(reason == nil, "\(one.name)")
        #expect(curl == 0, "\(one.name): curl says \(curl)")
      } else {
        let words = try #require(expected[one.name], "\(one.name) is in neither list: \(reason ?? "taken")")
        #expect(reason?.contains(words) == true, "\(one.name): \(reason ?? "taken")")
        #expect(seen == 0, "\(one.name): the request was sent")
        refusals += 1
        if curl == 0 { stricter += 1 }
      }
      #expect(!(reason == nil && curl != 0), "\(one.name): curl refuses it (\(curl)), and we take it")
    }
    print("| case | ours | curl |\n|---|---|---|\n" + lines.joined(separator: "\n"))
    let protocols = table.cases.filter { $0.name.hasPrefix("TLS") || $0.name.hasPrefix("client") }.count
    #expect(table.cases.count - protocols >= 40 && protocols >= 8)
    print(
      "figure S3: \(table.cases.count - protocols) certificates and \(protocols) versions and ciphers beside curl: "
        + "\(refusals) refused with 0 requests sent, \(stricter) of them taken by curl, 0 the other way")
  }

  /// The pin of a certificate, by openssl.
  private static func pin(_ certificate: String) throws -> String {
    let pem = try TLSTable.run(["openssl", "x509", "-in", certificate, "-noout", "-pubkey"]).output
    let der = try TLSTable.run(["openssl", "pkey", "-pubin", "-outform", "der"], input: pem).output
    let digest = try TLSTable.run(["openssl", "dgst", "-sha256", "-binary"], input: der).output
    return "sha256//" + digest.base64EncodedString()
  }

  @Test("Pins have curl's format, and a server with another key is refused, showing its pin", .tags(.s3))
  func pins() async throws {
    let table = try TLSTable()
    var seen = 0
    for name in ["key rsa2048", "key prime256v1", "key ed25519", "key secp384r1"] {
      let one = try #require(table.cases.first { $0.name == name })
      let text = try TLSPolicyTests.pin(one.certificate)
      let right = try #require(PublicKeyPin(text))
      #expect(right.text == text)
      let wrong = try #require(PublicKeyPin("sha256//" + Data(repeating: 7, count: 32).base64EncodedString()))
      #expect(try TLSPolicyTests.curl(one, ["--pinnedpubkey", text]) == 0)
      #expect(try TLSPolicyTests.curl(one, ["--pinnedpubkey", wrong.text]) == 90)
      var options = TLSPolicyTests.options(one.ca)
      for pins in [[right], [wrong, right]] {
        options.pins = pins
        #expect(try await TLSPolicyTests.ask(one, options: options) == nil)
        seen += 1
      }
      options.pins = [wrong]
      let error = try await TLSPolicyTests.ask(one, options: options)
      #expect(
        error == .tlsFailed(host: one.host, reason: .otherKey(pin: text)), "\(name)")
    }
    // A pin makes nothing good that is bad otherwise.
    let expired = try #require(table.cases.first { $0.name == "expired" })
    var options = TLSPolicyTests.options(expired.ca)
    options.pins = [try #require(PublicKeyPin(TLSPolicyTests.pin(expired.certificate)))]
    guard case .tlsFailed? = try await TLSPolicyTests.ask(expired, options: options) else {
      Issue.record("a pin opened an expired certificate")
      return
    }
    for text in [
      "", "sha256//", "sha1//" + Data(count: 32).base64EncodedString(),
      "sha256//" + Data(count: 31).base64EncodedString(),
      "sha256//" + Data(count: 33).base64EncodedString(), "sha256//AAAA", Data(count: 32).base64EncodedString(),
      "sha256//" + Data(count: 32).base64EncodedString().dropLast(),
      "sha256//" + String(repeating: "A", count: 42) + "B=", "sha256//" + Data(count: 32).base64EncodedString() + " ",
    ] { #expect(PublicKeyPin(text) == nil, "\(text)") }
    let requests = try table.requestCounts().reduce(0, +)
    // curl's own requests are those of the right pin.
    #expect(requests == seen + 4)
    print("figure S3: 4 kinds of key pinned as openssl and curl have it, 0 requests to another key")
  }

  @Test("--ca-only trusts the roots of its file and no others", .tags(.s3))
  func onlyRoots() async throws {
    let table = try TLSTable()
    let good = try #require(table.cases.first { $0.name == "key rsa2048" })
    let other = try #require(table.cases.first { $0.name == "signed by ed25519" })
    var options = TLSPolicyTests.options(good.ca)
    options.caFile = nil
    options.caOnly = good.ca
    #expect(try await TLSPolicyTests.ask(good, options: options) == nil)
    options.caOnly = other.ca
    guard case .tlsFailed? = try await TLSPolicyTests.ask(good, options: options) else {
      Issue.record("a root that is not in the file was taken")
      return
    }
    // An empty one takes nothing, and says so at once.
    options.caOnly = "/dev/null"
    guard case .unusableCertificates? = try await TLSPolicyTests.ask(good, options: options) else {
      Issue.record("no roots are not all roots")
      return
    }
  }

  @Test(
    "A certificate file is regular, owned by us or root, not writable by others, and bounded",
    .tags(.s3))
  func certificateFiles() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ca-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }  // What is left over harms nothing.
    let certificates = try TestCertificates()
    let text = try Data(contentsOf: URL(filePath: certificates.authority))
    func file(_ name: String, _ data: Data, mode: mode_t) throws -> String {
      let path = folder.appendingPathComponent(name).path
      try data.write(to: URL(filePath: path))
      try #require(chmod(path, mode) == 0)
      return path
    }
    let identity = try certificates.identity("file", for: "DNS:localhost")
    let server = try await FaultServer(identity: identity) { _, _ in .http(FaultRequest.emptyPage) }
    func ask(_ path: String) async throws -> KeySourceError? {
      var results: [KeySourceError?] = []
      for isOnly in [false, true] {
        var options = TLSPolicyTests.options(path)
        if isOnly { (options.caFile, options.caOnly) = (nil, path) }
        results.append(try await FaultRequest.page(of: server.url, options: options))
      }
      #expect(results[0] == results[1])
      return results[0]
    }
    for mode: mode_t in [0o600, 0o644, 0o444] {
      #expect(try await ask(file("good-\(mode)", text, mode: mode)) == nil)
    }
    let start = ContinuousClock.now
    let fifo = folder.appendingPathComponent("fifo").path
    try #require(mkfifo(fifo, 0o600) == 0)
    for (path, words) in [
      (fifo, "not a regular file"), ("/dev/zero", "not a regular file"), (folder.path, "a directory"),
      (folder.path + "/none", "no such file"), (try file("empty", Data(), mode: 0o600), "no certificate"),
      (try file("group", text, mode: 0o664), "mode 664"), (try file("world", text, mode: 0o646), "mode 646"),
      (try file("large", Data(count: (8 << 20) + 1), mode: 0o600), "larger than 8 MiB"),
      (try file("text", Data("-----BEGIN CERTIFICATE-----\nAAAA\n".utf8), mode: 0o600), "no certificate"),
    ] {
      let error = try await ask(path)
      #expect(error?.message.contains(words) == true && error?.exitCode == 66, "\(path): \(String(describing: error))")
    }
    #expect(ContinuousClock.now - start < .seconds(20))
    if geteuid() == 0 {
      let foreign = try file("foreign", text, mode: 0o644)
      try #require(chown(foreign, 65_534, 65_534) == 0)
      #expect(try await ask(foreign)?.message.contains("belongs to user 65534") == true)
    }
    await server.close()
  }
}
