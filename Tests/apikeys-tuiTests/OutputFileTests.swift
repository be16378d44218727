import Foundation
import TestSupport
import Testing

/// Files that the program writes: private, whole, and never in the place of another.
@Suite("Output files", .serialized, .timeLimit(.minutes(30)))
struct OutputFileTests {
  /// A shell command with the program in `$PROGRAM`, in a directory of its own.
  private final class Workshop {
    let directory: URL
    let keys: KeyFile

    init(keys count: Int) throws {
      keys = try KeyFile(count: count)
      directory = keys.directory.appendingPathComponent("out")
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    }

    func process(_ line: String) throws -> Process {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", line]
      process.currentDirectoryURL = directory
      process.environment = [
        "PROGRAM": try TestProducts.path("apikeys-tui"), "KEYS": keys.path, "LC_ALL": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "HOME": directory.path,
      ].merging(TestProducts.sanitizerEnvironment) { given, _ in given }
      process.standardInput = FileHandle.nullDevice
      return process
    }

    func run(_ line: String) throws -> (status: Int32, errors: String) {
      let process = try process(line)
      let errors = Pipe()
      process.standardError = errors
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return (process.terminationStatus, text)
    }

    func contents(_ name: String) -> String? {
      try? String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8)  // Nil where there is none.
    }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() }
  }

  @Test("--force replaces a file whatever its name is made of, up to the longest", .tags(.s16))
  func longNames() async throws {
    let file = try KeyFile(count: 2)
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    var names = [
      String(repeating: "\u{1F511}", count: 60), String(repeating: "\u{1F511}", count: 63),
      String(repeating: "a", count: 255),
      String(repeating: "\u{6F22}", count: 85), String(repeating: "e\u{301}", count: 80),
      "a" + String(repeating: "\u{301}", count: 120),
      "-x", ".hidden", "a b",
    ]
    let letters = ["a", "\u{E9}", "\u{6F22}", "\u{1F511}", "\u{301}", "\u{200D}", ".", "-", " "]
    while names.count < 20 {
      var name = ""
      let length = 200 + Int(random.next() % 56)
      while true {
        let letter = letters[Int(random.next() % UInt64(letters.count))]
        guard name.utf8.count + letter.utf8.count <= length else { break }
        name += letter
      }
      names.append(name)
    }
    for name in names {
      let path = file.directory.appendingPathComponent("out").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for _ in 0..<2 {
        let run = try await ProgramRun([
          "list", "--from", file.path, "--output", "\(path)/\(name)", "--force", "--format", "csv",
        ])
        #expect(run.status == 0, "seed \(seed): \(name): \(run.errors)")
      }
      // The ending of the evidence has to fit too; where it does not, there is none.
      let files = name.utf8.count + ".evidence.json".utf8.count <= 255 ? 2 : 1
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == files, "\(name)")
      try FileManager.default.removeItem(atPath: path)
    }
    print("figure S16: \(names.count) names of up to 255 bytes written and replaced with --force (seed \(seed))")
  }

  @Test("Created files are private under any umask", .tags(.c3))
  func modes() throws {
    var created = 0
    for mask in ["000", "022", "077", "0777"] {
      let shop = try Workshop(keys: 30)
      for format in ["csv", "tsv", "json", "ndjson", "md", "txt"] {
        let run = try shop.run(
          "umask \(mask); \"$PROGRAM\" list --from \"$KEYS\" --output list.\(format) --log-file log")
        #expect(run.status == 0, "\(run.errors)")
      }
      // The dashboard's and plain mode's exports, and whatever they keep for next time.
      let session = try Dashboard.shell(
        "cd \"$HOME\"; umask \(mask); exec \"$PROGRAM\" --from \(shop.keys.path)",
        environment: ["HOME": shop.directory.path])
      try Dashboard.waitUntilReady(session)
      try session.send("xdashboard.csv\r")
      try session.waitUntil("the export") { $0.contains { $0.contains("Wrote 30 keys") } }
      try session.send("/key\r")
      try session.waitUntilQuiet(for: .milliseconds(100))
      try session.send("t\u{1B}q")
      _ = try session.waitForExit()
      let plain = try shop.run(
        "umask \(mask); printf 'export plain.json\\nquit\\n' | \"$PROGRAM\" --plain --from \"$KEYS\"")
      #expect(plain.status == 0, "\(plain.errors)")
      let paths = try FileManager.default.subpathsOfDirectory(atPath: shop.directory.path)
      for path in paths {
        var status = stat()
        try #require(lstat(shop.directory.appendingPathComponent(path).path, &status) == 0)
        let isDirectory = status.st_mode & S_IFMT == S_IFDIR
        #expect(status.st_mode & 0o7777 == (isDirectory ? 0o700 : 0o600), "\(path) under umask \(mask)")
        created += 1
      }
      #expect(paths.count >= 9, "\(paths)")
    }
    print("figure C3: \(created) files and directories under 4 umasks: 0600 and 0700")
  }

  @Test("Six planted links are not followed, and nothing behind them changes", .tags(.c3))
  func links() throws {
    let shop = try Workshop(keys: 30)
    let made = try shop.run(
      """
      echo keep >victim; mkdir folder; ln -s victim to-file.csv; ln -s nothing to-nothing.csv; ln -s folder to-folder.csv
      ln victim hard.csv; ln -s victim log-to-file; ln -s nothing-log log-to-nothing
      """)
    #expect(made.status == 0, "\(made.errors)")
    for name in ["to-file.csv", "to-nothing.csv", "to-folder.csv"] {
      for force in ["", "--force"] {
        let run = try shop.run("\"$PROGRAM\" list --from \"$KEYS\" --output \(name) \(force)")
        #expect(run.status == 73, "\(name) \(force)")
        #expect(run.errors.contains("is a link, which is never followed"), "\(run.errors)")
      }
    }
    #expect(try shop.run("\"$PROGRAM\" list --from \"$KEYS\" --output hard.csv").status == 73)
    // Replacing one name of a file leaves its other name as it was.
    #expect(try shop.run("\"$PROGRAM\" list --from \"$KEYS\" --output hard.csv --force").status == 0)
    for name in ["log-to-file", "log-to-nothing"] {
      let run = try shop.run("\"$PROGRAM\" list --from \"$KEYS\" --log-file \(name)")
      #expect(run.status == 73, "\(name): \(run.errors)")
    }
    #expect(shop.contents("victim") == "keep\n")
    #expect(
      try shop.names() == [
        "folder", "hard.csv", "hard.csv.evidence.json", "log-to-file", "log-to-nothing", "to-file.csv", "to-folder.csv",
        "to-nothing.csv",
        "victim",
      ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: shop.directory.path + "/folder").isEmpty)
    print("figure C3: 6 planted links, 0 followed")
  }

  @Test("An existing file is not replaced, and the error gives the next step")
  func existing() throws {
    let shop = try Workshop(keys: 3)
    let sentence = "out.csv exists already. Nothing was written."
    let run = try shop.run(
      "echo old >out.csv; printf 'export out.csv\\nquit\\n' | \"$PROGRAM\" --plain --from \"$KEYS\" >&2")
    #expect(run.errors.contains("\(sentence) Choose another name."), "\(run.errors)")
    #expect(!run.errors.contains("--force"), "\(run.errors)")
    let list = try shop.run("\"$PROGRAM\" list --from \"$KEYS\" --output out.csv")
    #expect(list.status == 73 && list.errors.contains("\(sentence) --force replaces it."), "\(list.errors)")
    #expect(shop.contents("out.csv") == "old\n")
  }

  @Test("An unknown file extension is refused without --format, and no extension means TSV")
  func endings() throws {
    let shop = try Workshop(keys: 3)
    let refused = try shop.run("\"$PROGRAM\" list --from \"$KEYS\" --output out.xlsx")
    #expect(refused.status == 64, "\(refused.errors)")
    #expect(refused.errors.contains("--output ends in .xlsx, which is not a known format"), "\(refused.errors)")
    for arguments in ["out.xlsx --format csv", "out", "../out/plain", ".hidden"] {
      let run = try shop.run("\"$PROGRAM\" list --from \"$KEYS\" --output \(arguments)")
      #expect(run.status == 0, "\(arguments): \(run.errors)")
    }
    #expect(shop.contents("out.xlsx")?.hasPrefix("\"id\",\"name\",") == true)
    #expect(shop.contents("out")?.hasPrefix("id\tname\t") == true)
  }

  @Test("The summary of a partial export is a sentence with formatted numbers")
  func summaries() throws {
    let shop = try Workshop(keys: 2_500)
    let part = try shop.run("\"$PROGRAM\" list --from \"$KEYS\" --output part.csv --limit 3")
    #expect(part.errors.contains("the first 3 keys of more, as of 20"), "\(part.errors)")
    let whole = try shop.run("\"$PROGRAM\" list --from \"$KEYS\" --output whole.csv")
    #expect(whole.errors.contains("2,500 keys in the file; it does not say whether that is all."), "\(whole.errors)")
  }

  @Test("A killed export leaves the old file, the new file or none, never part of one", .tags(.c4))
  func kills() throws {
    // Each takes a process's time; the promise's own number is run before a release.
    let wanted = ProcessInfo.processInfo.environment["APIKEYS_KILLS"].flatMap { Int($0) } ?? 20
    let shop = try Workshop(keys: 5000)
    let clock = ContinuousClock()
    var longest = Duration.zero
    for _ in 0..<2 {
      var status: Int32 = -1
      longest = try clock.measure {
        status = try shop.run("\"$PROGRAM\" list --from \"$KEYS\" --output whole.csv --force").status
      }
      #expect(status == 0)
    }
    let whole = try #require(shop.contents("whole.csv"))
    var outcomes = ["absent": 0, "old": 0, "new": 0]
    let seed = UInt64.random(in: 0 ... .max)
    var state = seed
    for number in 0..<wanted {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let replaces = number.isMultiple(of: 2)
      if replaces {
        try "old\n".write(toFile: shop.directory.path + "/out.csv", atomically: false, encoding: .utf8)
      } else {
        for name in ["out.csv", "out.csv.evidence.json"] {
          try? FileManager.default.removeItem(atPath: shop.directory.path + "/" + name)  // May be absent.
        }
      }
      let process = try shop.process(
        "exec \"$PROGRAM\" list --from \"$KEYS\" --output out.csv \(replaces ? "--force" : "")")
      process.standardError = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      // From half of a whole run to a little past its end: where the file is written.
      let moment = ContinuousClock.now + longest * (0.5 + 0.6 * Double(state >> 40) / Double(1 << 24))
      try process.run()
      while ContinuousClock.now < moment { _ = poll(nil, 0, 1) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      switch shop.contents("out.csv") {
      case nil:
        #expect(shop.contents("out.csv.evidence.json") == nil, "evidence of a file that is not there (seed \(seed))")
        #expect(!replaces, "the old file is gone (seed \(seed))")
        outcomes["absent", default: 0] += 1
      case "old\n": outcomes["old", default: 0] += 1
      case let text:
        #expect(text == whole, "a part was left (seed \(seed))")
        outcomes["new", default: 0] += 1
      }
    }
    let left = try shop.names().filter { !$0.hasPrefix("out.csv") && !$0.hasPrefix("whole.csv") }
    print(
      "figure C4: \(wanted) kill -9: \(outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")), "
        + "0 parts, \(left.count) other files left (seed \(seed))")
    #expect(left.isEmpty, "\(left)")
  }

  @Test("On a full disk the old file stays and the error is reported", .tags(.c4), .enabled(if: OwnMounts.arePossible))
  func fullDisk() throws {
    let shop = try Workshop(keys: 20_000)
    let run = try shop.run(
      """
      \(OwnMounts.command) sh -c '
        mkdir small && mount -t tmpfs -o size=1m none small && echo old >small/out.csv
        "$PROGRAM" list --from "$KEYS" --output small/out.csv --force; echo "forced $?" >&2
        "$PROGRAM" list --from "$KEYS" --output small/new.csv; echo "new $?" >&2
        echo "left: $(ls -A small) $(cat small/out.csv)" >&2'
      """)
    #expect(run.errors.contains("forced 74") && run.errors.contains("new 74"), "\(run.errors)")
    #expect(run.errors.contains("left: out.csv old"), "\(run.errors)")
    #expect(run.errors.contains("cannot be written: No space left on device"), "\(run.errors)")
    print("figure C4: a full tmpfs of 1 MiB: exit 74 twice, the old file whole, nothing else left")
  }

  @Test("A full device, a closed descriptor and a size limit are reported, and a closed pipe is not", .tags(.c5))
  func outputErrors() throws {
    let shop = try Workshop(keys: 20_000)
    let table: [(line: String, status: Int32, lines: Int)] = [
      ("\"$PROGRAM\" list --from \"$KEYS\" >/dev/full", 74, 1),
      ("\"$PROGRAM\" list --from \"$KEYS\" --format json >/dev/full", 74, 1),
      ("\"$PROGRAM\" permissions --from \"$KEYS\" >/dev/full", 74, 1),
      ("\"$PROGRAM\" show 'key 1' --from \"$KEYS\" >/dev/full", 74, 1),
      ("\"$PROGRAM\" doctor --from \"$KEYS\" >/dev/full", 74, 1),
      ("\"$PROGRAM\" --plain --from \"$KEYS\" >/dev/full", 74, 0),
      ("\"$PROGRAM\" list --from \"$KEYS\" --output /dev/full", 73, 1),
      ("\"$PROGRAM\" list --from \"$KEYS\" >&-", 74, 1),
      // What was meant for the screen must not land in the file that took a closed descriptor's number.
      ("\"$PROGRAM\" list --from \"$KEYS\" --output a.csv >&- 2>&- <&- && test \"$(wc -l <a.csv)\" = 20001", 0, 0),
      ("{ \"$PROGRAM\" list --from \"$KEYS\"; echo $? >status; } | head -1; test \"$(cat status)\" = 0", 0, 0),
    ]
    for row in table {
      let run = try shop.run(row.line)
      #expect(run.status == row.status, "\(row.line): \(run.errors)")
      #expect(run.errors.split(separator: "\n").count == row.lines, "\(row.line): \(run.errors)")
    }
    print("figure C5: \(table.count) lines of shell: exit 74 and one line for what failed, silence for head")
  }
}
