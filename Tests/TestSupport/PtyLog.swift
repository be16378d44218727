import Testing

/// Reads what programs wrote to pseudo-terminals for what must not be in it.
package enum PtyLog {
  /// Fails the test where there is an operating system command but the user's own copy: `ESC ]52;c;BASE64 BEL`.
  static func requireOnlyCopies(_ bytes: [UInt8]) {
    let others = systemCommands(bytes).filter { !isCopy($0) }
    if !others.isEmpty {
      Issue.record("OSC in a session's output: \(others.map { $0.debugDescription }.joined(separator: ", "))")
    }
  }

  /// A session may be killed within a copy, which then has no end; what comes after the sequence is not in it.
  package static func isCopy(_ command: String) -> Bool {
    let introducer = "52;c;"
    guard command.utf8.count > introducer.utf8.count else { return introducer.hasPrefix(command) }
    return command.hasPrefix(introducer)
      && command.dropFirst(introducer.count).utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
          true
        default: false
        }
      }
  }

  /// The operating system commands in a terminal's input, in their 7-bit and their 8-bit form.
  package static func systemCommands(_ bytes: [UInt8]) -> [String] {
    var found: [String] = []
    var index = 0
    while index + 1 < bytes.count {
      let isIntroducer =
        (bytes[index] == 0x1B && bytes[index + 1] == UInt8(ascii: "]"))
        || (bytes[index] == 0xC2 && bytes[index + 1] == 0x9D)
      index += isIntroducer ? 2 : 1
      guard isIntroducer else { continue }
      let end = bytes[index...].firstIndex { $0 == 0x07 || $0 == 0x1B } ?? bytes.endIndex
      found.append(String(decoding: bytes[index..<end], as: UTF8.self))
    }
    return found
  }

  /// Control sequences by kind, and stray control bytes, in a terminal's input: `CSI m`, `CSI ?h`, `ESC (B`, `0D`.
  package static func controls(_ bytes: [UInt8]) -> Set<String> {
    var found: Set<String> = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0xC2, index < bytes.count, (0x80...0x9F).contains(bytes[index]) {
        found.insert("C1 " + String(bytes[index], radix: 16))
      }
      guard byte < 0x20 || byte == 0x7F else { continue }
      guard byte == 0x1B, index < bytes.count else {
        found.insert(String(byte, radix: 16))
        continue
      }
      if bytes[index] == UInt8(ascii: "[") {
        var name = "CSI "
        index += 1
        while index < bytes.count, !(0x40...0x7E).contains(bytes[index]) {
          // Numbers differ from frame to frame; other parameter bytes are part of the kind.
          if !(0x30...0x3B).contains(bytes[index]) { name += String(decoding: [bytes[index]], as: UTF8.self) }
          index += 1
        }
        if index < bytes.count { name += String(decoding: [bytes[index]], as: UTF8.self) }
        found.insert(name)
      } else {
        var name = "ESC "
        while index < bytes.count, (0x20...0x2F).contains(bytes[index]) {
          name += String(decoding: [bytes[index]], as: UTF8.self)
          index += 1
        }
        if index < bytes.count { name += String(decoding: [bytes[index]], as: UTF8.self) }
        found.insert(name)
      }
      index += 1
    }
    return found
  }
}
