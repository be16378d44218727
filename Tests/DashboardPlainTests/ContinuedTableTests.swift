import APIKeyModel
import DashboardTestSupport
import TestSupport
import Testing

/// A table of counts that is read in parts while the list changes.
@Suite("Tables read in parts", .timeLimit(.minutes(5))) struct ContinuedTableTests {
  private static let tables = ["pivot", "pivot-rarest", "creators", "histogram"]

  /// Keys of several creators and months.
  private static func held() -> HeldKeys {
    var held = HeldKeys.usual
    for index in held.keys.indices {
      held.keys[index].created = CreatedDate("2023-0\(1 + index % 9)-07T05:31:56Z")
    }
    return held
  }

  /// A key of full access, of the last creator and the last month.
  private static func newKey(_ held: HeldKeys) -> APIKey {
    APIKey(
      id: KeyIdentifier("new"), name: "new", created: CreatedDate("2023-09-07T05:31:56Z"),
      creator: held.keys[6].creator, restricted: false)
  }

  @Test("more continues a table whose counts are unchanged", .tags(.t10), arguments: tables)
  func unchanged(word: String) {
    var driver = PlainDriver.started(ContinuedTableTests.held())
    _ = driver.type("page off")
    let whole = driver.type(word)
    _ = driver.type("page 3")
    let first = driver.type(word)
    _ = driver.type("refresh")
    let second = driver.type("more")
    #expect(first.count == 5 && second.count == 4)
    #expect(Array(first[1...3]) + Array(second[..<3]) == Array(whole[1...6]))
  }

  @Test("more never prints counts of a list that has changed", .tags(.t10), arguments: tables)
  func changed(word: String) {
    var driver = PlainDriver.started(ContinuedTableTests.held())
    _ = driver.type("page 3")
    _ = driver.type(word)
    driver.held.keys.insert(ContinuedTableTests.newKey(driver.held), at: 0)
    #expect(driver.type("refresh").first == "1 new key.")
    let continued = driver.type("more")
    #expect(continued.first == "The counts have changed, so the table starts again.")
    #expect(continued.dropFirst().first?.contains("1 new at ") == true)
    #expect(Array(continued.dropFirst()) == driver.type(word))
    #expect(!driver.type("more").contains("The counts have changed, so the table starts again."))
  }

  @Test("A number alone opens the creator that was printed with it, whatever its number is now", .tags(.t14))
  func numberedCreator() throws {
    var driver = PlainDriver.started(ContinuedTableTests.held())
    let before = driver.type("creators")
    // The last creator becomes the one with the most keys.
    for number in 0..<9 {
      var key = ContinuedTableTests.newKey(driver.held)
      key.id = KeyIdentifier("new-\(number)")
      driver.held.keys.insert(key, at: 0)
    }
    _ = driver.type("refresh")
    let third = try #require(before.dropFirst(3).first?.firstMatch(of: /Id: (\S+)/)?.1)
    _ = driver.type("3")
    #expect(driver.session.state.query.filter.text == "creator:\(third)")
  }
}
