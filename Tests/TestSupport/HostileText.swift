/// Text that servers and people who name keys could send to harm a terminal or its user.
package enum HostileText {
  /// C0, DEL and C1.
  package static let controls: [Unicode.Scalar] = (Array(0...0x1F) + Array(0x7F...0x9F) as [UInt32]).compactMap {
    Unicode.Scalar($0)
  }

  /// Attacks that were tried on terminals, pagers and file lists. 31337 stands where a program of ours would never put it.
  package static let attacks: [String] = [
    // Screen, cursor, colour, modes.
    "\u{1B}[2J", "\u{1B}[31337;1H", "\u{1B}[31337m", "\u{1B}[?31337h", "\u{1B}c", "\u{1B}(0", "\u{1B}#8",
    "\u{9B}31337m",
    "\u{9B}2J", "\u{1B}[31337t",
    // Title, clipboard, hyperlinks, notifications, strings of every kind.
    "\u{1B}]0;31337\u{07}", "\u{1B}]52;c;MzEzMzc=\u{07}", "\u{1B}]8;;http://31337.example\u{1B}\\x\u{1B}]8;;\u{1B}\\",
    "\u{1B}]9;31337\u{07}", "\u{9D}0;31337\u{9C}", "\u{90}31337\u{9C}", "\u{1B}P31337\u{1B}\\", "\u{1B}_31337\u{1B}\\",
    "\u{1B}^31337\u{1B}\\", "\u{1B}]1337;File=inline=1:MzEzMzc=\u{07}",
    // Questions whose answers are typed into the shell.
    "\u{1B}[6n", "\u{1B}[c", "\u{1B}[21t", "\u{1B}P$q\"p\u{1B}\\", "\u{05}",
    // Lines and columns forged.
    "a\r\nforged row\tfull\t53", "a\rforged", "x\u{08}\u{08}\u{08}y", "a\u{85}forged", "a\u{2028}forged\u{2029}",
    "a\u{0B}b\u{0C}c",
    // Direction and things unseen.
    "\u{202E}drawer\u{202C}", "\u{2066}a\u{2067}b\u{2069}", "pay\u{200B}pal", "a\u{AD}b\u{FEFF}c",
    "\u{E0041}\u{E0042}tag",
    "e" + String(repeating: "\u{301}", count: 400), "\u{115F}\u{1160}\u{3164}\u{FFA0}",
    // Other readers' languages.
    "=cmd|' /C calc'!A0", "\",\"x\"\r\n=1+1", "</script>\\u001b[31m${7*7}%s%n`id`$(id)",
  ]

  /// Between two words that nothing else has, so that a test can find what became of it.
  package static func marked(_ text: String) -> String { "qz\(text)zq" }

  /// A JSON string: all but printable ASCII as `\uXXXX`.
  package static func json(_ text: String) -> String {
    var output = "\""
    for unit in text.utf16 {
      if (0x20...0x7E).contains(unit), unit != 0x22, unit != 0x5C {
        output.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: unit)))
      } else {
        let hex = String(unit, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
    }
    return output + "\""
  }

  /// Keys, one object a line, each with a control or an attack in every field that is a text.
  package static func keys() -> [String] {
    (controls.map { String($0) } + attacks).enumerated().map { number, text in
      let value = json(marked(text))
      return "{\"id\":\(json("id\(number)" + marked(text))),\"name\":\(value),\"created_date\":\(value),"
        + "\"last_four_digits\":\(value),\"creator_id\":\(value),\"restricted\":true,"
        + "\"permissions\":[\"calls.view\",\(json("x." + marked(text)))]}"
    }
  }

  /// What must not be in an output for people or programs: controls bar line feeds and those given, directions, and
  /// bytes that are no text. As hexadecimal numbers.
  package static func violations(in bytes: [UInt8], allowing allowed: Set<UInt32> = []) -> [String] {
    guard let text = String(validating: bytes, as: UTF8.self) else { return ["not UTF-8"] }
    return text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xE0000...0xE007F:
        !allowed.contains(scalar.value)
      default: false
      }
    }.map { String($0.value, radix: 16) }
  }
}
