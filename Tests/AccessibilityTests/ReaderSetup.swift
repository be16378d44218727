import Foundation

/// The files that make a reader run a program and write down its speech. All of them in one folder.
struct ReaderSetup {
  let folder: URL
  let command: [String]
  let environment: [String: String]
  let columns: Int
  let rows: Int

  /// Runs the program once the reader has given its terminal the right size, and keeps the terminal open afterwards:
  /// the reader still has something to say then.
  ///
  /// yasr hands its own end of the terminal down. Left open, it would keep the terminal from hanging up when yasr is
  /// gone, and the program would run on.
  func writeProgram() throws {
    let words = (environment.map { "\($0.key)=\($0.value)" } + command).map(quoted).joined(separator: " ")
    try write(
      "run",
      """
      #!/bin/sh
      exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
      trap : INT QUIT
      echo $$ >\(folder.path)/shell
      until [ "$(stty size)" = "\(rows) \(columns)" ]; do sleep 0.05; done
      env \(words)
      echo $? >\(folder.path)/status
      exec cat >/dev/null
      """)
  }

  /// yasr with the system's own settings, but for the voice.
  func yasrArguments() throws -> [String] {
    let voice = try write("voice", "#!/bin/sh\nexec cat >>\(folder.path)/spoken\n")
    // The file is in Latin-1: its dictionaries have letters of that.
    let settings = try String(contentsOfFile: "/etc/yasr/yasr.conf", encoding: .isoLatin1)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        if line.hasPrefix("synthesizer=") { return "synthesizer=emacspeak server" }
        return line.hasPrefix("synthesizer port=") ? "synthesizer port=|\(voice)" : String(line)
      }
    let configuration = folder.appendingPathComponent("yasr.conf")
    try settings.joined(separator: "\n").write(to: configuration, atomically: false, encoding: .isoLatin1)
    return ["-C", configuration.path, "/bin/sh", "\(folder.path)/run"]
  }

  /// Fenrir in a terminal, with its settings but for voice, sounds and the keys it repeats.
  func fenrirArguments() throws -> [String] {
    let voice = try write("voice", "#!/bin/sh\nprintf '%s\\036' \"$1\" >>\(folder.path)/spoken\n")
    let options = [
      "speech#driver=genericDriver", "speech#genericSpeechCommand=\(voice) \"fenrirText\"", "speech#enabled=True",
      "speech#autoReadIncoming=True", "sound#enabled=False", "remote#enabled=False", "remote#driver=dummyDriver",
      "braille#enabled=False", "time#enabled=False", "general#shell=/bin/sh \(folder.path)/run",
      "general#autoSpellCheck=False", "keyboard#charEcho=False", "keyboard#wordEcho=False", "focus#highlight=False",
      "focus#cursor=True",
    ]
    return ["-e", "-o", options.joined(separator: ";")]
  }

  @discardableResult
  private func write(_ name: String, _ text: String) throws -> String {
    let path = folder.appendingPathComponent(name).path
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    return path
  }

  private func quoted(_ word: String) -> String { "'\(word.replacingOccurrences(of: "'", with: "'\\''"))'" }
}
