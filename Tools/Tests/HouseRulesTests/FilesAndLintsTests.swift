import Testing

@testable import HouseRules

struct FilesTests {
  @Test func `A target has a test target of its name, or is C`() {
    let files = ["Sources/One/A.swift": "", "Sources/apikeys-tui/A.swift": "", "Tests/OneTests/A.swift": ""]
    let found = TargetsWithoutTests().check(repository(files, others: [.init(path: "Sources/CThing/thing.c")]))
    #expect(found.offenders.map(\.path) == ["Sources/apikeys-tui"])
    #expect(found.notes == ["exempt, C and system libraries: CThing"])
  }

  @Test func `Ten files in scripts, folders in it left out`() {
    let ten = (1...10).map { Repository.OtherFile(path: "scripts/s\($0)", isExecutable: $0 > 1) }
    let files = ["Sources/A/A.swift": ""]
    #expect(!Scripts().check(repository(files, others: ten + [.init(path: "scripts/folder/x")])).isOverLimit)
    #expect(Scripts().check(repository(files, others: ten + [.init(path: "scripts/x")])).isOverLimit)
    #expect(Scripts().check(repository(files, others: ten)).notes == ["9 of them programs"])
  }

  @Test func `Lines of plain mode are counted and not judged`() {
    let files = [
      "Sources/DashboardPlain/A.swift": "a\nb\n", "Sources/DashboardPlain/B/B.swift": "c\n", "Sources/X/X.swift": "d\n",
    ]
    let found = PlainModeLines().check(repository(files))
    #expect(found.value == 3)
    #expect(!found.isOverLimit)
  }
}

struct LintsTests {
  @Test func `Task.sleep is found`() {
    #expect(Lint.taskSleep.count(in: "try await Task.sleep(for: .seconds(1))") == 1)
    #expect(Lint.taskSleep.count(in: "clock.sleep(for: .seconds(1)); Thread.sleep()") == 0)
  }

  @Test func `A task without an executor is found outside its paths`() {
    let text = "Task { await x() }; Task.detached { y() }; Task<Void, Never> { }"
    #expect(Lint.looseTasks.count(in: text) == 3)
    #expect(Lint.looseTasks.count(in: text, path: "Sources/WorkerPool/A.swift") == 0)
    #expect(
      Lint.looseTasks.count(in: "Task.detached(executorPreference: WorkerPool.shared) { }; Task.isCancelled") == 0)
  }

  @Test func `Foundation is found outside its paths`() {
    #expect(
      Lint.foundation.count(in: "import Foundation\nimport FoundationEssentials\nimport struct Foundation.URL") == 3)
    #expect(Lint.foundation.count(in: "import Foundation", path: "Sources/apikeys-docgen/A.swift") == 0)
  }

  @Test func `System calls are found, methods of the same names are not`() {
    let rule = SystemCalls()
    #expect(rule.count(in: "func f() { open(path, O_RDONLY); read(fd, p, n); pipe(&ends); fork() }") == 4)
    #expect(rule.count(in: "func f() { Glibc.write(1, p, n); posix_spawn(&pid, path, a, b, c, d) }") == 2)
    #expect(rule.count(in: "struct A { func read(_ a: Int, _ b: Int, _ c: Int) {}; func f() { read(1, 2, 3) } }") == 0)
    #expect(rule.count(in: "func f() { read(from: 0); write(row); open(); file.read(1, 2, 3) }") == 0)
    #expect(rule.count(in: "func f() { open(path, O_RDONLY) }", path: "Sources/SystemIO/A.swift") == 0)
  }
}

struct TableTests {
  private let outcomes = [
    Outcome("what is held", value: 1, limit: 2, reason: "it is good"),
    Outcome(
      "what is not", value: 3, limit: 2, reason: "it is bad",
      offenders: [Finding(path: "A.swift", line: 7, text: "here")],
      notes: ["note"]), Outcome("what is shown", value: 9, limit: nil, reason: "it is known"),
  ]

  @Test func `The table has a line for each figure`() {
    #expect(
      House.table(outcomes) == """
        what           now  limit  result
        what is held     1      2  held
        what is not      3      2  over the limit
        what is shown    9      -

        """)
  }

  @Test func `What is over the limit is listed with each location`() {
    #expect(
      House.details(outcomes) == """
        what is not: 3, over the limit of 2: it is bad.
          note
          A.swift:7: here

        """)
  }
}
