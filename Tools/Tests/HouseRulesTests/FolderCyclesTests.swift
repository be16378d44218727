import Testing

@testable import HouseRules

struct FolderCyclesTests {
  private let rule = FolderCycles()

  private func outcome(_ texts: [String: String]) -> Outcome {
    rule.check(repository(Dictionary(uniqueKeysWithValues: texts.map { ("Sources/Core/\($0.key)", $0.value) })))
  }

  @Test func `Two folders that name each other's types are a cycle, with an example of each edge`() {
    let found = outcome(["A/A.swift": "struct A {\n  var b: [B]\n}", "B/B.swift": "struct B { func f() { A.g() } }"])
    #expect(found.value == 1)
    #expect(
      found.offenders.map(\.description) == [
        "Sources/Core/A/A.swift:2: Core: A -> B by B", "Sources/Core/B/B.swift:1: Core: B -> A by A",
      ])
  }

  @Test func `One way is no cycle`() {
    #expect(outcome(["A/A.swift": "struct A { var b: B }", "B/B.swift": "struct B {}"]).value == 0)
  }

  @Test(arguments: [
    "extension A { func more() {} }", "let x = A.make()", "let x = A()", "func f(_ a: A?) {}", "let x: [A] = []",
    "func f() { if x is A {} }", "let x = Inner.Deep.value",
  ])
  func `Every way to name a type is a reference`(_ text: String) {
    let back = text.contains("Inner") ? "enum Inner { enum Deep { static let value = 1 } }" : "struct A {}"
    #expect(outcome(["A/A.swift": back + "\nlet y = B.self", "B/B.swift": text + "\nstruct B {}"]).value == 1)
  }

  @Test func `Three folders in a ring are one cycle, and a file at the root is a folder too`() {
    let found = outcome([
      "Root.swift": "struct R { var a: A }", "A/A.swift": "struct A { var b: B }", "B/B.swift": "struct B { var r: R }",
    ])
    #expect(found.value == 1)
    #expect(found.offenders.count == 3)
  }

  @Test func `A nested type is of the folder where it is written`() {
    let files = [
      "State/State.swift": "struct State { var x: Loss }", "Reducer/Loss.swift": "extension State { struct Loss {} }",
    ]
    #expect(outcome(files).value == 1)
    // A name that the types around it have is theirs.
    let own = [
      "State/State.swift": "struct State { struct Loss {}\n var x: Loss }",
      "Reducer/Loss.swift": "struct Loss { var s: State }",
    ]
    #expect(outcome(own).value == 0)
  }

  @Test func `Targets are apart`() {
    let files = ["Sources/One/A/A.swift": "struct A { var b: B }", "Sources/Two/B/B.swift": "struct B { var a: A }"]
    #expect(rule.check(repository(files)).value == 0)
  }
}
