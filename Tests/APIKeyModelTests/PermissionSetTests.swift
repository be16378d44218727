import TestSupport
import Testing

@testable import APIKeyModel

/// Lists that are longer than any server has reason for. What is quadratic does not end here.
@Suite("Sets of permissions", .timeLimit(.minutes(5))) struct PermissionSetTests {
  @Test("A key with 300,000 unknown permissions is read in one pass", .tags(.s9))
  func permissions() {
    let names = (0..<300_000).map { "unknown.permission\($0 % 200_000)" }
    let set = PermissionSet(names)
    #expect(set.count == 200_000 && set.others.count == 200_000)
    #expect(set.others.first == "unknown.permission0" && set.others.last == "unknown.permission199999")
    #expect(set.list == names)
  }

  @Test("Short and long lists of permissions keep the same names: by bytes, each once, in order", .tags(.s9))
  func sameRule() {
    for count in [1, 7, 8, 9, 10, 40] {
      // Two texts that look the same and are not.
      let names = (0..<count).flatMap { ["e\u{301}.\($0)", "é.\($0)", "e\u{301}.\($0)", "calls.view"] }
      let set = PermissionSet(names)
      var expected: [[UInt8]] = []
      for name in names.map({ Array($0.utf8) }) where !expected.contains(name) && name != Array("calls.view".utf8) {
        expected.append(name)
      }
      #expect(set.others.map { Array($0.utf8) } == expected)
      #expect(set.mask.count == 1)
    }
  }
}
