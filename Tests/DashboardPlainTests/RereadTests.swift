import DashboardTestSupport
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct RereadTests {
  @Test("refresh and reread report their results in plain mode", .tags(.t10))
  func plain() {
    var driver = PlainDriver.started()
    #expect(driver.type("refresh").last?.hasPrefix("500 keys read whole at ") == true)
    driver.held.keys.remove(at: 3)
    let changed = driver.type("refresh")
    #expect(changed.contains { $0.contains("changed on the server, type reread to read it again") }, "\(changed)")
    let reread = driver.type("reread")
    #expect(reread.first?.hasPrefix("1 gone since ") == true, "\(reread)")
    #expect(reread.contains { $0.hasPrefix("499 keys, complete.") }, "\(reread)")
    driver.failure = .connectionLost(host: "h")
    let failed = driver.type("reread")
    #expect(failed.first?.hasPrefix("Error: Reading again failed: The connection to h was lost.") == true, "\(failed)")
    #expect(failed.contains { $0.hasPrefix("499 keys, complete.") })
  }
}
