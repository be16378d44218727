import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("The explain command", .timeLimit(.minutes(5)))
struct ExplainTests {
  @Test("explain (e) describes what the server reported, and what it did not")
  func explanation() {
    var scenario = Scenario.loaded(10, columns: 120, rows: 40) {
      $0[1].permissions = PermissionSet(["api_keys.create", "calls.view"])
    }
    func text(_ key: String) -> String {
      scenario.run("explain \(key)")
      defer { scenario.press("Esc") }
      return scenario.overlayRows.map(\.plainText).joined(separator: " ")
    }
    let limited = text("key-1")
    for part in [
      "The key key-1 was created on 23 November 2026, 24 hours ago.", "has 3 keys.", "It is limited to 2 permissions.",
      "calls: view.", "It can create or change keys.", "It cannot create or change members.",
    ] {
      #expect(limited.contains(part), "\(part) is not in: \(limited)")
    }
    #expect(text("key-0").contains("It has full access: every permission, now and in future."))
    for word in ["unused", "stale", "never expires", "inactive"] { #expect(!limited.contains(word)) }
  }
}
