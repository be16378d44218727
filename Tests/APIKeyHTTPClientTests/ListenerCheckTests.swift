import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import Foundation
import TestSupport
import Testing

@Suite("The listener on this machine", .timeLimit(.minutes(5)))
struct ListenerCheckTests {
  @Test("Localhost is 127.0.0.1 and ::1, whichever listens, and without a resolver", .tags(.s2))
  func localhost() async throws {
    for family in ["127.0.0.1", "::1"] {
      let server = try await RawServer.start(
        String(decoding: FaultServer.Answer.http(FaultRequest.emptyPage).bytes, as: UTF8.self), host: family)
      #expect(try await FaultRequest.page(of: "http://localhost:\(server.port)") == nil, "\(family)")
      await server.close()
    }
    #expect(
      try await FaultRequest.page(of: "http://localhost:1") == .connectionRefused(host: "localhost", port: 1))
  }

  @Test("The token is not sent if the system does not report the listener's user", .tags(.s2))
  func unknownListeners() async throws {
    let server = try await FaultServer { _, _ in .http(FaultRequest.emptyPage) }
    let tables = try SocketTables(port: server.port)
    defer { tables.remove() }
    let cases = try tables.unknownListeners() + tables.knownListeners()
    for (what, tables, words) in cases {
      var options = FaultRequest.options()
      options.socketTables = tables
      let before = server.heads.count
      let error = try await FaultRequest.page(of: server.url, options: options)
      if let words {
        #expect(
          error?.message.contains(words) == true && error?.exitCode == 77, "\(what): \(String(describing: error))")
        #expect(error?.nextStep.contains("--allow-http") == true)
      } else {
        #expect(error == nil, "\(what)")
      }
      #expect(server.heads.count - before == (words == nil ? 1 : 0), "\(what)")
      options.allowsHTTP = true
      #expect(try await FaultRequest.page(of: server.url, options: options) == nil, "\(what)")
    }
    // Nobody at all is still told as such.
    await server.close()
    #expect(try await FaultRequest.page(of: server.url) == .connectionRefused(host: "127.0.0.1", port: server.port))
    print(
      "figure S2: \(cases.count) tables of sockets, the token sent where root's or our own listener alone is in them")
  }
}

/// Tables of sockets as the system writes them to /proc/net/tcp and tcp6.
private struct SocketTables {
  /// What the tables say, those of version 4 and 6, and the words of the error; nil where the token is sent.
  typealias Case = (what: String, tables: [String], words: String?)

  private let folder: URL
  private let port: Substring

  init(port: Int) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tables-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    self.port = String(0x10000 + port, radix: 16, uppercase: true).dropFirst()
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }  // What is left over harms nothing.

  /// Where it is not known who listens.
  func unknownListeners() throws -> [Case] {
    let cannotBeRead = "cannot be read"
    let unknown = "does not tell"
    return [
      ("no table", [missing, missing], cannotBeRead),
      ("an empty file", ["/dev/null", "/dev/null"], cannotBeRead),
      ("a line that is none", [try table(["nonsense"]), try table()], cannotBeRead),
      ("no socket", [try table(), try table()], "does not tell who listens"),
      ("another port", [try table([line("0100007F", port: "0001", user: 0)]), try table()], unknown),
      ("another address", [try table([line("0200007F", user: 0)]), try table()], unknown),
      ("no listener", [try table([line("0100007F", state: "01", user: 0)]), try table()], unknown),
      ("::1 alone", [try table(), try table([line("00000000000000000000000001000000", user: 0)])], unknown),
    ]
  }

  /// Where it is known: root and this user may have the token.
  func knownListeners() throws -> [Case] {
    let (any4, any6, mapped) = ("00000000", String(repeating: "0", count: 32), "0000000000000000FFFF00000100007F")
    let root = line("0100007F", user: 0)
    let stranger: uid_t = 65_533
    let words = "the user 65533"
    return [
      ("root", [try table([root]), missing], nil),
      ("this user, everywhere", [try table([line(any4, user: geteuid())]), try table()], nil),
      ("root at ::", [try table(), try table([line(any6, user: 0)])], nil),
      ("a stranger", [try table([line("0100007F", user: stranger)]), try table()], words),
      ("a stranger everywhere", [try table([line(any4, user: stranger)]), try table()], words),
      ("a stranger at :: beside root", [try table([root]), try table([line(any6, user: stranger)])], words),
      ("a stranger, mapped", [try table(), try table([line(mapped, user: stranger)])], words),
      ("two, the second a stranger", [try table([root, line("0100007F", user: stranger)]), try table()], words),
    ]
  }

  private var missing: String { folder.path + "/none" }

  private func table(_ lines: [String] = []) throws -> String {
    let path = folder.appendingPathComponent(UUID().uuidString).path
    try (["  sl  local_address rem_address   st"] + lines).map { $0 + "\n" }.joined()
      .write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  private func line(_ address: String, port other: Substring? = nil, state: String = "0A", user: uid_t) -> String {
    let rest = address.count == 8 ? "00000000:0000" : "00000000000000000000000000000000:0000"
    return
      "   0: \(address):\(other ?? port) \(rest) \(state) 00000000:00000000 00:00000000 00000000  \(user)  0 77 1"
  }
}
