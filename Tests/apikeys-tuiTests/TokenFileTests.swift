import Foundation
import TestSupport
import Testing

/// Token files of several owners and modes, as the real program run by an ordinary user sees them.
@Suite("Token files", .serialized, .timeLimit(.minutes(5)))
struct TokenFileTests {
  private struct Row {
    let owner: uid_t
    let group: gid_t
    let mode: mode_t
    let isTaken: Bool
    init(_ owner: uid_t, _ group: gid_t, _ mode: mode_t, _ isTaken: Bool) {
      (self.owner, self.group, self.mode, self.isTaken) = (owner, group, mode, isTaken)
    }
  }

  @Test(
    "Owner and mode of a token file are checked before any request", .tags(.b2),
    .enabled(if: getuid() == 0, "only root can make files of several owners"))
  func owners() async throws {
    let own = OrdinaryUser.identifier
    let rows = [
      Row(own, own, 0o600, true), Row(own, own, 0o400, true), Row(own, own, 0o700, true), Row(own, own, 0o640, false),
      Row(own, own, 0o644, false), Row(own, own, 0o604, false), Row(own, own, 0o660, false),
      Row(own, own, 0o602, false),
      // Root's, for a group of ours; then for everybody, and writable.
      Row(0, own, 0o640, true), Row(0, own, 0o440, true), Row(0, own, 0o644, false), Row(0, own, 0o660, false),
      // Another user's, though we may read it.
      Row(1, own, 0o640, false), Row(1, 1, 0o644, false),
    ]
    let program = try OrdinaryUser.readable(TestProducts.path("apikeys-tui"))
    let scratch = try Scratch()
    chmod(scratch.url.path, 0o755)
    let server = try await FaultServer { _, head in .http(PageBody.page(for: head, of: 3)) }
    var taken = 0
    for row in rows {
      let file = try scratch.write("tok\n", to: "token-\(row.owner)-\(String(row.mode, radix: 8))")
      #expect(chown(file, row.owner, row.group) == 0 && chmod(file, row.mode) == 0)
      let run = try await ProgramRun(
        OrdinaryUser.command.dropFirst() + [program.path, "list", "--url", server.url, "--token-file", file],
        program: OrdinaryUser.command[0])
      let what = "owner \(row.owner), mode \(String(row.mode, radix: 8)): \(run.errors)"
      #expect((run.status == 0) == row.isTaken, "\(what)")
      if row.isTaken {
        taken += 1
      } else {
        #expect(run.status == 78, "\(what)")
        #expect(run.errors.contains(file), "\(what)")
        let word = row.owner == 1 ? "belongs to user 1" : "mode \(String(row.mode, radix: 8))"
        #expect(run.errors.contains(word), "\(what)")
      }
      #expect(server.heads.count == 2 * taken, "\(what)")
    }
    await server.close()
    print(
      "figure B2: \(rows.count) of \(rows.count) rows of owner and mode; 0 requests for the \(rows.count - taken) refused"
    )
  }

  @Test("A token file that is a pipe or a directory is refused at once", .tags(.b3))
  func notAFile() async throws {
    let scratch = try Scratch()
    let fifo = scratch.path("fifo")
    #expect(mkfifo(fifo, 0o600) == 0)
    for path in [fifo, scratch.url.path, "/dev/zero"] {
      let run = try await ProgramRun(["list", "--url", "http://127.0.0.1:1", "--token-file", path])
      #expect(run.status == 78)
      #expect(run.errors.contains("is not a plain file"), "\(run.errors)")
    }
  }
}
