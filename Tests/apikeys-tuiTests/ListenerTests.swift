import Foundation
import TestSupport
import Testing

/// Servers of other users on this machine, and what the program sends them: nothing.
@Suite("The listener on this machine", .serialized, .timeLimit(.minutes(5)))
struct ListenerTests {
  private static let token = "sekrit-token-1"
  private static let stranger: uid_t = 65_534
  private static let another: uid_t = 65_533

  /// A server in a process of one user; answers every request with an empty page, and tells what it has received.
  private final class Listener: Sendable {
    let port: Int
    private let process: Process
    private let output = Pipe()
    private let input = Pipe()

    private static let program = """
      import os, socket, sys, threading
      user, port, hosts = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split(",")
      drop, v6only = sys.argv[4] == "late", sys.argv[5] == "1"
      if not drop: os.setuid(user)
      seen = []
      PAGE = b'{"data":[],"has_more":false,"first_id":null,"last_id":null}'
      def answer(connection):
          data = b""
          while b"\\r\\n\\r\\n" not in data:
              part = connection.recv(65536)
              if not part: break
              data += part
              seen.append(part)
          if data: connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(PAGE) + PAGE)
      def accept(listener):
          while True: threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()
      for host in hosts:
          listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
          if ":" in host: listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, v6only)
          listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
          listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
          listener.bind((host, port))
          listener.listen(16)
          port = listener.getsockname()[1]
          threading.Thread(target=accept, args=(listener,), daemon=True).start()
      if drop: os.setuid(user)
      print(port, flush=True)
      for _ in sys.stdin: print(sum(map(len, seen)), b"sekrit" in b"".join(seen), flush=True)
      os._exit(0)
      """

    /// `dropsLate`: it binds as root, and becomes the user afterwards.
    init(user: uid_t, hosts: [String], port: Int = 0, dropsLate: Bool = false, onlyIPv6: Bool = true) throws {
      process = Process()
      process.executableURL = URL(filePath: "/usr/bin/python3")
      process.arguments = [
        "-c", Listener.program, "\(user)", "\(port)", hosts.joined(separator: ","), dropsLate ? "late" : "early",
        onlyIPv6 ? "1" : "0",
      ]
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      self.port = try #require(Int(Listener.line(output)))
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// Bytes it has received, and whether the token was among them.
    func received() throws -> (bytes: Int, token: Bool) {
      try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
      let words = Listener.line(output).split(separator: " ")
      return (try #require(Int(words[0])), words[1] == "True")
    }

    private static func line(_ pipe: Pipe) -> String {
      var line = Data()
      while line.last != 0x0A {
        let part = pipe.fileHandleForReading.availableData
        if part.isEmpty { break }
        line.append(part)
      }
      return String(decoding: line.dropLast(), as: UTF8.self)
    }
  }

  private static func list(
    _ host: String, _ port: Int, _ more: [String] = [], token: String? = token
  ) async throws -> ProgramRun {
    let name = host.contains(":") ? "[\(host)]" : host
    return try await ProgramRun(
      ["list", "--url", "http://\(name):\(port)"] + more, environment: token.map { ["APIKEYS_TOKEN": $0] } ?? [:])
  }

  struct Case: Sendable {
    let what: String
    let host: String
    var listeners: [(user: uid_t, hosts: [String])]
    var dropsLate = false
    var onlyIPv6 = true
    var options: [String] = []
    var token = true
    /// Words of the refusal; nil where the list is read.
    let refusal: String?
  }

  private static let name = "nobody (65534)"
  private static let cases: [Case] = [
    Case(what: "ours", host: "127.0.0.1", listeners: [(0, ["127.0.0.1"])], refusal: nil),
    Case(what: "ours, by name", host: "localhost", listeners: [(0, ["127.0.0.1", "::1"])], refusal: nil),
    Case(what: "another's", host: "127.0.0.1", listeners: [(stranger, ["127.0.0.1"])], refusal: name),
    Case(what: "another's at ::1", host: "::1", listeners: [(stranger, ["::1"])], refusal: name),
    Case(what: "another's, by name", host: "localhost", listeners: [(stranger, ["127.0.0.1"])], refusal: name),
    Case(what: "another's at ::1, by name", host: "localhost", listeners: [(stranger, ["::1"])], refusal: name),
    Case(what: "another's everywhere", host: "127.0.0.1", listeners: [(stranger, ["0.0.0.0"])], refusal: name),
    Case(
      what: "another's at :: for both", host: "127.0.0.1", listeners: [(stranger, ["::"])], onlyIPv6: false,
      refusal: name),
    Case(what: "another's at :: for ::1", host: "::1", listeners: [(stranger, ["::"])], refusal: name),
    Case(
      what: "ours at 127.0.0.1, another's at ::1", host: "localhost",
      listeners: [(0, ["127.0.0.1"]), (stranger, ["::1"])], refusal: name),
    Case(
      what: "ours at ::1, another's at 127.0.0.1", host: "localhost",
      listeners: [(0, ["::1"]), (stranger, ["127.0.0.1"])], refusal: name),
    Case(
      what: "ours at 127.0.0.1, asked for by address, another's at ::1", host: "127.0.0.1",
      listeners: [(0, ["127.0.0.1"]), (stranger, ["::1"])], refusal: nil),
    Case(
      what: "ours everywhere for both, by name", host: "localhost", listeners: [(0, ["::"])], onlyIPv6: false,
      refusal: nil),
    Case(what: "another loopback address", host: "127.9.9.9", listeners: [(stranger, ["127.9.9.9"])], refusal: name),
    Case(
      what: "one without a name", host: "127.0.0.1", listeners: [(another, ["127.0.0.1"])],
      refusal: "belongs to the user 65533, not"),
    Case(
      what: "bound by root, then another's", host: "127.0.0.1", listeners: [(stranger, ["127.0.0.1"])], dropsLate: true,
      refusal: nil),
    Case(
      what: "the user named", host: "127.0.0.1", listeners: [(stranger, ["127.0.0.1"])],
      options: ["--listener-user", "nobody"], refusal: nil),
    Case(
      what: "the user named by number", host: "localhost", listeners: [(another, ["127.0.0.1", "::1"])],
      options: ["--listener-user", "65533"], refusal: nil),
    Case(
      what: "not the user named", host: "127.0.0.1", listeners: [(another, ["127.0.0.1"])],
      options: ["--listener-user", "nobody"], refusal: "user 65533"),
    Case(
      what: "anybody allowed", host: "127.0.0.1", listeners: [(stranger, ["127.0.0.1"])], options: ["--allow-http"],
      refusal: nil),
    Case(
      what: "another's, without a token", host: "127.0.0.1", listeners: [(stranger, ["127.0.0.1"])], token: false,
      refusal: nil),
  ]

  @Test(
    "Over HTTP on this machine the token is sent only to a listener of root or our own user", .tags(.s2),
    .enabled(if: getuid() == 0, "other users' servers can be made by root only"))
  func listeners() async throws {
    var refused = 0
    for one in ListenerTests.cases {
      var port = 0
      var servers: [Listener] = []
      for (user, hosts) in one.listeners {
        let server = try Listener(
          user: user, hosts: hosts, port: port, dropsLate: one.dropsLate, onlyIPv6: one.onlyIPv6)
        port = server.port
        servers.append(server)
      }
      let run = try await ListenerTests.list(
        one.host, port, one.options, token: one.token ? ListenerTests.token : nil)
      let received = try servers.map { try $0.received() }
      if let words = one.refusal {
        #expect(run.status == 77 && run.output.isEmpty, "\(one.what): \(run.status) \(run.errors)")
        #expect(
          run.errors.contains(words) && run.errors.contains("--allow-http") && run.errors.contains("--listener-user"),
          "\(one.what): \(run.errors)")
        #expect(received.allSatisfy { $0.bytes == 0 }, "\(one.what)")
        refused += 1
      } else {
        #expect(run.status == 1 || run.status == 0, "\(one.what): \(run.status) \(run.errors)")
        #expect(received.contains { $0.token } == one.token, "\(one.what)")
      }
    }
    print(
      "figure S2: \(ListenerTests.cases.count) cases of listeners of other users, \(refused) refused with 77 and 0 bytes sent"
    )
  }

  @Test(
    "In a user namespace the overflow uid owns no listener", .tags(.s2),
    .enabled(if: getuid() == 0, "other users' servers can be made by root only"))
  func userNamespace() async throws {
    let server = try Listener(user: ListenerTests.another, hosts: ["127.0.0.1"])
    let run = try await ProgramRun(
      [
        "-U", "--map-user=65534", try TestProducts.path("apikeys-tui"), "list", "--url",
        "http://127.0.0.1:\(server.port)",
      ], environment: ["APIKEYS_TOKEN": ListenerTests.token], program: "/usr/bin/unshare")
    #expect(run.status == 77 && run.errors.contains("user namespace"), "\(run.status) \(run.errors)")
    #expect(try server.received().bytes == 0)
  }

  @Test("With a token and no address no request is sent", .tags(.s2), arguments: ["variable", "file", "command"])
  func noDefault(origin: String) async throws {
    let scratch = try Scratch()
    var arguments: [String] = []
    var environment: [String: String] = [:]
    switch origin {
    case "variable": environment["APIKEYS_TOKEN"] = ListenerTests.token
    case "file": arguments = ["--token-file", try scratch.write(ListenerTests.token, to: "token")]
    // It would leave a file behind if it were run.
    default: arguments = ["--token-command", "touch \(scratch.path("ran"))"]
    }
    for command in [["list"], ["show", "1"], ["permissions"], ["--plain"], [], ["doctor"]] {
      // The doctor looks at the token all the same, and sends it nowhere.
      if command == ["doctor"] { #expect(!FileManager.default.fileExists(atPath: scratch.path("ran"))) }
      let run = try await ProgramRun(command + arguments, environment: environment)
      #expect(run.status == 64, "\(command): \(run.status) \(run.errors)")
      let said = run.output + run.errors
      #expect(said.contains("--url") && said.contains("APIKEYS_URL") && !said.contains("sekrit"), "\(said)")
    }
    // An empty address is none.
    environment["APIKEYS_URL"] = ""
    #expect(try await ProgramRun(["list"] + arguments, environment: environment).status == 64)
    // Without a token the usual address stays: nobody is harmed who listens there.
    let run = try await ProgramRun(["list"])
    #expect(run.status != 64, "\(run.errors)")
  }

  @Test("An unknown user is a usage error", .tags(.s2))
  func unknownUser() async throws {
    let run = try await ProgramRun(["list", "--url", "http://127.0.0.1:1", "--listener-user", "no-such-user-here"])
    #expect(run.status == 64 && run.errors.contains("there is no such user"), "\(run.errors)")
  }
}
