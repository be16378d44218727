import Glibc

/// What programs wrote to pseudo-terminals, kept in a directory where APIKEYS_PTY_LOGS names one, and read for what must
/// not be in it.
package enum PtyLog {
  static func keep(_ bytes: [UInt8], process: pid_t) {
    guard let directory = getenv("APIKEYS_PTY_LOGS") else { return }
    let name = "\(String(cString: directory))/\(process)-\(String(UInt32.random(in: 0 ... .max), radix: 36)).log"
    let descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }

  /// The operating system commands in a terminal's input, in their 7-bit and their 8-bit form.
  static func systemCommands(_ bytes: [UInt8]) -> [String] {
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
