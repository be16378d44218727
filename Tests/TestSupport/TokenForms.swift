import Foundation

/// The forms in which a server may send a token back, made with Foundation and by hand.
package enum TokenForms {
  package struct Form: Sendable {
    package let name: String
    package let text: String
    /// What must not be left of it, as a run of characters of `text`: more than this many.
    package let most: Int
  }

  package static func all(of token: String) -> [Form] {
    let bytes = Array(token.utf8)
    var forms: [Form] = []
    func add(_ name: String, _ text: String, most: Int = 7) { forms.append(Form(name: name, text: text, most: most)) }
    func percent(_ bytes: [UInt8], upper: Bool, _ isEncoded: (Int, UInt8) -> Bool) -> String {
      bytes.enumerated().map { index, byte in
        let hex = String(format: upper ? "%%%02X" : "%%%02x", byte)
        return isEncoded(index, byte) || byte == 0x25 ? hex : character(byte)
      }.joined()
    }
    func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
    func url(_ text: String) -> String {
      base64(text).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
    func hex(_ bytes: some Sequence<UInt8>) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

    add("itself", token)
    add("header", "Bearer \(token)")
    add("upper case", token.uppercased())
    add("lower case", token.lowercased())
    add("percent", percent(bytes, upper: true) { _, _ in true })
    add("percent, small", percent(bytes, upper: false) { _, _ in true })
    add("percent, in part", percent(bytes, upper: true) { index, _ in index.isMultiple(of: 3) })
    add("percent, reserved", percent(bytes, upper: false) { _, byte in !isLetter(byte) })
    add(
      "percent twice",
      percent(Array(percent(bytes, upper: true) { _, _ in true }.utf8), upper: true) { _, byte in byte == 0x25 })
    add("JSON", escaped(bytes) { "\\u" + String(format: "%04x", $0) })
    add("JSON, in part", json(token))
    add("JavaScript", escaped(bytes) { "\\x" + String(format: "%02X", $0) })
    add("HTML", escaped(bytes) { "&#\($0);" })
    add("HTML, hexadecimal", escaped(bytes) { String(format: "&#x%X;", $0) })
    add("HTML, names", named(token))
    add("HTML in JSON", json(named(token)))
    for before in ["", "u", "us", "user:", "Bearer ", "token=", "{\"token\":\""] {
      add("base64 behind \(before.count)", base64(before + token))
      add("base64url behind \(before.count)", url(before + token + "\"}"))
    }
    add(
      "base64, percent-encoded",
      percent(Array(base64("user:" + token).utf8), upper: true) { _, byte in !isLetter(byte) })
    add("base64 in lines", lines(base64("user:" + token), every: 20))
    add("base64 in parts", lines(base64(token), every: 5))
    add("hexadecimal", hex(bytes), most: 15)
    add("hexadecimal, large", hex(bytes).uppercased(), most: 15)
    for (name, text) in [("token", token), ("line", token + "\n"), ("header", "Bearer \(token)")] {
      let digest = sha256(Array(text.utf8))
      add("SHA-256 of \(name)", hex(digest))
      add("SHA-256 of \(name) in base64", Data(digest).base64EncodedString())
      add("SHA-256 of \(name), its first 16", String(hex(digest).prefix(16)))
    }
    for count in Set([8, 9, 12, bytes.count / 2, bytes.count - 1]) where count >= 8 && count <= bytes.count {
      add("first \(count)", String(token.prefix(count)))
      add("last \(count)", String(token.suffix(count)))
    }
    if bytes.count > 24 { add("middle", String(token.dropFirst(3).dropLast(3))) }
    add("lines", lines(token, every: max(bytes.count / 3, 4)))
    add("spaces", token.map { String($0) }.joined(separator: " "))
    add("twice", token + token)
    add("quoted", "'\(token)'")
    return forms
  }

  /// The longest stretch of a form that is left in what was shown, where it is longer than may be.
  package static func trace(of form: Form, in shown: String) -> String? {
    let needle = Array(form.text.utf8.filter { $0 > 0x20 })
    let text = shown.replacing("<redacted>", with: "\u{1}").utf8.filter { $0 > 0x20 || $0 == 1 }
    guard needle.count > form.most else { return text.contains(needle) ? form.text : nil }
    for start in 0...(needle.count - form.most - 1) {
      let part = Array(needle[start...(start + form.most)])
      if text.contains(part) { return String(decoding: part, as: UTF8.self) }
    }
    return nil
  }

  private static func character(_ byte: UInt8) -> String { String(Unicode.Scalar(byte)) }
  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
  private static func escaped(_ bytes: [UInt8], _ form: (UInt8) -> String) -> String { bytes.map(form).joined() }
  private static func json(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("/", with: "\\/")
  }
  private static func named(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
  private static func lines(_ text: String, every count: Int) -> String {
    var rest = text[...]
    var lines: [Substring] = []
    while !rest.isEmpty {
      lines.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return lines.joined(separator: "\r\n")
  }

  /// By `sha256sum`, which is not ours.
  private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    do { try process.run() } catch { return [] }
    input.fileHandleForWriting.write(Data(bytes))
    // The child reads to the end, which is ours to give.
    do { try input.fileHandleForWriting.close() } catch {}
    let hex = Array(String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64))
    process.waitUntilExit()
    return stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(String(hex[$0...($0 + 1)]), radix: 16) }
  }
}

extension [UInt8] {
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard count >= part.count, let first = part.first else { return false }
    return indices.contains { self[$0] == first && self[$0...].starts(with: part) }
  }
}
