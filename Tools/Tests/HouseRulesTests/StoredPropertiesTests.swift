import Testing

@testable import HouseRules

struct StoredPropertiesTests {
  private let rule = StoredProperties()

  @Test func `What is stored counts, and nothing else`() {
    let text = """
      struct A {
        let a, b: Int
        var (c, d) = (1, 2)
        var e = 1 { didSet { print(e) } }
        @Option(name: .long) var f: String
        lazy var g = 1
        static let shared = A()
        var computed: Int { 1 }
        var accessed: Int { get { 1 } set {} }
        func work() { let local = 1 }
      }
      extension A { var more: Int { 2 } }
      """
    #expect(rule.count(in: text) == 7)
  }

  @Test func `A nested type that only its owner uses is counted in, and so is what it owns`() {
    let text = """
      final class Source {
        private struct State {
          struct Part { var x, y, z: Int }
          var part: Part?
          var a = 1
        }
        private let state = Mutex(State())
        var other = 1
      }
      """
    #expect(rule.count(in: text) == 5)
  }

  @Test func `Elements of a collection, and types that others name, count as one`() {
    let text = """
      struct A {
        struct Row { var x, y, z: Int }
        struct Shown { var x, y, z, more: Int }
        var rows: [Row] = []
        var shown: Shown
      }
      struct B { func show(_ shown: A.Shown) {} }
      """
    // Shown itself has the most.
    #expect(rule.count(in: text) == 4)
    #expect(rule.count(in: text.replacing("A.Shown", with: "Int")) == 5)
  }

  @Test func `A type over the limit is named with its line`() {
    let text = "\nactor Big {\n" + (1...16).map { "  var p\($0) = 0\n" }.joined() + "}\n"
    #expect(
      rule.findings(in: text).map(\.description) == ["Sources/DashboardCore/A.swift:2: Big has 16 stored properties"])
    #expect(rule.findings(in: text.replacing("  var p16 = 0\n", with: "")).isEmpty)
  }
}
