import TestSupport
import Testing

/// What each session in a pseudo-terminal is read for at its end.
@Suite("The output of sessions", .timeLimit(.minutes(5))) struct PtyLogTests {
  @Test("The user's copies are told from other operating system commands, in both forms", .tags(.a8))
  func systemCommands() {
    let output =
      "text\u{1B}]52;c;YWI+/w==\u{7}more\u{1B}]0;title\u{7}\u{9D}8;;http://x\u{1B}\\"
      + "\u{1B}]52;c;?\u{7}\u{1B}]52;"
    let commands = PtyLog.systemCommands(Array(output.utf8))
    #expect(commands == ["52;c;YWI+/w==", "0;title", "8;;http://x", "52;c;?", "52;"])
    // The last one is a copy that was cut off by the end of the session.
    #expect(commands.map(PtyLog.isCopy) == [true, false, false, false, true])
  }
}
