import Testing

@testable import HouseRules

struct LongFunctionsTests {
  private let rule = LongFunctions()
  private func lines(_ count: Int, _ line: (Int) -> String = { _ in "work()\n" }) -> String {
    (0..<count).map(line).joined()
  }

  @Test(arguments: ["func f() {", "init() {", "var x: Int {", "let x = {", "var x: Int {\nget {"])
  func `Sixty lines are the most, in every kind of body`(_ start: String) {
    let end = start.contains("get") ? "}\n}\n" : "}\n"
    let over = "struct A {\n\(start)\n\(lines(59))\(end)}\n"
    // An accessor's block is as long as the accessor and two lines more.
    #expect(rule.count(in: over) == 1)
    #expect(rule.count(in: over.replacing("\(start)\nwork()\n", with: "\(start)\n")) == 0)
  }

  @Test func `Comments and attributes before a function are no part of it`() {
    let text = "/// Documented.\n/// More.\n@inline(never)\nfunc f() {\n\(lines(58))}\n"
    #expect(rule.count(in: text) == 0)
  }

  @Test func `A flat switch is exempt, with guards before it`() {
    let flat =
      "func f() {\nguard a else { return }\nswitch x {\n" + lines(40) { "case .c\($0):\nwork()\nmore()\n" } + "}\n}\n"
    #expect(rule.count(in: flat) == 0)
    #expect(rule.count(in: flat.replacing("case .c7:", with: "case .c7:\nwork()\nwork()")) == 1)
    #expect(rule.count(in: flat.replacing("switch x {", with: "work()\nswitch x {")) == 1)
    #expect(rule.count(in: flat.replacing("more()\n}\n}\n", with: "more()\n}\nwork()\n}\n")) == 1)
  }

  @Test func `A long function is named with its types`() {
    let text = "extension A {\n  func work() {\n\(lines(80))  }\n}\n"
    #expect(rule.findings(in: text).map(\.description) == ["Sources/DashboardCore/A.swift:2: A.work has 82 lines"])
  }
}
