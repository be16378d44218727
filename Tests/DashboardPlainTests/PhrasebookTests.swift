import APIKeyModel
import DashboardCore
import DashboardTestSupport
import TestSupport
import Testing

@testable import DashboardPlain

/// The wording of plain mode, word for word.
@Suite("Lines of plain mode", .timeLimit(.minutes(5))) struct PhrasebookTests {
  @Test("One key a line, the most important words first", .tags(.p9, .p15, .p17))
  func record() {
    var driver = PlainDriver.started()
    #expect(
      driver.type("go 2") == [
        "Key 2 of 500: billing-core-prod. Limited, 5 permissions. Created 7 November 2023, 1112 days ago. Ends in 4 f 2 a."
      ])
  }

  @Test("A list begins with its count and the number of rows that follow", .tags(.p10, .p24))
  func list() {
    var driver = PlainDriver.started()
    let lines = driver.type("list")
    #expect(lines.count == 12)
    #expect(lines.first == "500 keys, complete. 125 full access, 375 limited.")
    #expect(lines.last == "490 more keys. Type more, or another command.")
    #expect(driver.type("list 495").last == "End of list, 500 keys.")
    var empty = PlainDriver.started(HeldKeys(keys: []))
    #expect(empty.type("list") == ["No keys."])
  }

  @Test("A list ends with its keys and the records that could not be read", .tags(.p10))
  func unreadable() {
    var driver = PlainDriver.started(HeldKeys(keys: HeldKeys.usual.keys, unreadable: 2))
    #expect(driver.type("list 500").last == "End of list, 500 keys; 2 records could not be read.")
    // They are none of the keys that are gone.
    driver.held.keys.remove(at: 3)
    _ = driver.type("reread")
    #expect(driver.type("filter is:gone").last == "End of list, 1 key.")
  }

  @Test("Suggested filters find the keys they are suggested for", .tags(.t2))
  func oddAndGone() {
    var held = HeldKeys.usual
    held.keys[3].notUnderstood[.lastFour] = NotUnderstood(json: "1234", bytes: 4)
    held.keys[3].lastFour = nil
    var driver = PlainDriver.started(held)
    let flaw = "1 key has a field that was not understood."
    #expect(driver.type("list").first?.hasSuffix("\(flaw) The filter is:odd finds them.") == true)
    driver.held.keys.remove(at: 3)
    _ = driver.type("reread")
    #expect(driver.type("filter is:gone").first?.hasSuffix(flaw) == true)
  }

  @Test("The detail has one field a line, and raw ids end theirs", .tags(.p11))
  func detail() {
    var driver = PlainDriver.started()
    #expect(
      driver.type("show billing-core-prod") == [
        "Key 2 of 500:", "Name: billing-core-prod.", "Access: limited to the permissions it lists.",
        "Permissions: 5 granted, 48 not granted.", "Created: 7 November 2023, 05:31 UTC, 1112 days ago.",
        "Last four: 4 f 2 a.", "Marked: no.", "Keys of its creator: 72.",
        "Creator: 00000000-0000-4000-9000-100000000001", "Id: 00000000-0000-4000-8000-100000000001",
      ])
    var bare = PlainDriver.started(HeldKeys(keys: [APIKey(id: KeyIdentifier("x"), name: "bare")]))
    #expect(
      bare.type("show").filter { $0.contains("not reported") } == [
        "Access: not reported.", "Permissions: not reported.", "Created: not reported.", "Last four: not reported.",
        "Creator: not reported.",
      ])
  }

  @Test("Verbosity changes lists: about 40, 100 and 250 characters", .tags(.p12))
  func verbosity() {
    var driver = PlainDriver.started()
    func length(_ word: String) -> Int {
      _ = driver.type("verbosity \(word)")
      return driver.type("list")[2].count
    }
    #expect((30...55).contains(length("brief")))
    #expect((80...130).contains(length("normal")))
    #expect((180...280).contains(length("full")))
    #expect(driver.type("go 2").first?.hasPrefix("Key 2 of 500: billing-core-prod.") == true)
  }

  @Test("Permissions by resource in words, or each on a line", .tags(.p13))
  func permissions() {
    var driver = PlainDriver.started()
    _ = driver.type("go 2")
    let lines = driver.type("permissions")
    #expect(lines.first == "5 granted, 48 not granted.")
    #expect(lines.count == 1 + PermissionCatalog.groups.count)
    #expect(lines.contains("Calls: create and view granted; delete and update not granted."))
    #expect(lines.contains("Stats: view granted."))
    #expect(lines.contains("API keys: view, create, delete and update not granted."))
    let full = driver.type("permissions full")
    #expect(full.count == 54)
    #expect(full.contains("calls.create: granted."))
    #expect(full.contains("calls.delete: not granted."))
    #expect(driver.type("permissions 1") == ["Full access: every permission, now and in future."])
  }

  @Test("Numbers have separators", .tags(.p16))
  func numbers() {
    #expect(Phrasebook.more(1_284_003, .key) == "1,284,003 more keys. Type more, or another command.")
    #expect(Phrasebook.more(1, .key) == "1 more key. Type more, or another command.")
  }

  @Test("Dates and times are words", .tags(.p15))
  func dates() {
    let moment = CreatedDate("2026-03-03T17:20:09Z")?.seconds ?? 0
    #expect(MomentText.dateInWords(moment) == "3 March 2026")
    #expect(Phrasebook.time(moment) == "17:20 UTC")
  }

  @Test("copy and show raw give the exact text", .tags(.p17))
  func exact() {
    var driver = PlainDriver.started()
    _ = driver.type("go 2")
    #expect(driver.type("copy last-four") == ["4f2a"])
    #expect(driver.type("copy id") == ["00000000-0000-4000-8000-100000000001"])
    #expect(driver.type("copy json").first?.hasPrefix("{\"id\":\"00000000-0000-4000-8000-100000000001\"") == true)
    #expect(driver.type("show raw").contains("last_four_digits 4f2a"))
    #expect(driver.type("show raw 3").contains("name service-2"))
  }

  @Test("The prompt and help are words", .tags(.p18))
  func prompt() {
    var driver = PlainDriver.started()
    #expect(driver.session.promptText == "Command: ")
    #expect(driver.type("help") == driver.type("h"))
    #expect(driver.type("help") == driver.type("?"))
  }

  @Test("An error line has the cause, the effect and the next step", .tags(.p26))
  func errors() {
    var driver = PlainDriver.started()
    #expect(driver.type("show 900") == ["Error: 900 is not a key number. Nothing was changed. Choose 1 to 500."])
    #expect(driver.type("list 900") == ["Error: 900 is not a key number. Nothing was changed. Choose 1 to 500."])
    #expect(
      driver.type("frobnicate") == ["Error: frobnicate is not a command. Nothing was changed. Type help for the list."])
    for line in [
      "sort nonsense", "filter perm:(", "set nothing on", "copy nonsense", "compare 1", "page x", "order up",
    ] {
      let answer = driver.type(line)
      #expect(
        answer.count == 1 && answer[0].hasPrefix("Error: ") && answer[0].contains("Nothing was changed."), "\(line)")
    }
  }

  @Test("where reports the position, the filter and the order", .tags(.p27))
  func place() {
    var driver = PlainDriver.started()
    _ = driver.type("go 2")
    #expect(
      driver.type("where") == [
        "Key 2 of 500: billing-core-prod.", "500 keys, complete. 125 full access, 375 limited.",
        "No filter. Newest first. No keys marked.",
      ])
  }

  @Test("quit prints a goodbye line", .tags(.p28))
  func goodbye() {
    var driver = PlainDriver.started()
    #expect(driver.type("q") == ["Goodbye."])
    #expect(driver.endings == [0])
  }
}
