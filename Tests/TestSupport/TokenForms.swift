import Foundation

/// The forms in which a server may send a token back, made with Foundation and by hand.
package enum TokenForms {
  package struct Form: Sendable {
    package let name: String
    package let text: String
    /// What must not be left of it, as a run of characters of `text`: more than this many.
    package let most: Int

    fileprivate init(_ name: String, _ text: String, most: Int = 7) {
      (self.name, self.text, self.most) = (name, text, most)
    }
  }

  package static func all(of token: String) -> [Form] {
    escapes(of: token) + base64Forms(of: token) + digests(of: token) + pieces(of: token)
  }

  /// The token itself, and each of its characters written in another way.
  private static func escapes(of token: String) -> [Form] {
    let bytes = Array(token.utf8)
    let percent = percent(bytes, upper: true) { _, _ in true }
    return [
      Form("itself", token),
      Form("header", "Bearer \(token)"),
      Form("upper case", token.uppercased()),
      Form("lower case", token.lowercased()),
      Form("percent", percent),
      Form("percent, small", self.percent(bytes, upper: false) { _, _ in true }),
      Form("percent, in part", self.percent(bytes, upper: true) { index, _ in index.isMultiple(of: 3) }),
      Form("percent, reserved", self.percent(bytes, upper: false) { _, byte in !isLetter(byte) }),
      Form("percent twice", self.percent(Array(percent.utf8), upper: true) { _, byte in byte == 0x25 }),
      Form("JSON", escaped(bytes) { "\\u" + String(format: "%04x", $0) }),
      Form("JSON, in part", json(token)),
      Form("JavaScript", escaped(bytes) { "\\x" + String(format: "%02X", $0) }),
      Form("HTML", escaped(bytes) { "&#\($0);" }),
      Form("HTML, hexadecimal", escaped(bytes) { String(format: "&#x%X;", $0) }),
      Form("HTML, names", named(token)),
      Form("HTML in JSON", json(named(token))),
    ]
  }

  private static func base64Forms(of token: String) -> [Form] {
    let user = base64("user:" + token)
    return ["", "u", "us", "user:", "Bearer ", "token=", "{\"token\":\""].flatMap { before in
      [
        Form("base64 behind \(before.count)", base64(before + token)),
        Form("base64url behind \(before.count)", base64URL(before + token + "\"}")),
      ]
    } + [
      Form("base64, percent-encoded", percent(Array(user.utf8), upper: true) { _, byte in !isLetter(byte) }),
      Form("base64 in lines", lines(user, every: 20)),
      Form("base64 in parts", lines(base64(token), every: 5)),
    ]
  }

  private static func digests(of token: String) -> [Form] {
    [("token", token), ("line", token + "\n"), ("header", "Bearer \(token)")].flatMap { name, text in
      let digest = sha256(Array(text.utf8))
      return [
        Form("SHA-256 of \(name)", hex(digest)),
        Form("SHA-256 of \(name) in base64", Data(digest).base64EncodedString()),
        Form("SHA-256 of \(name), its first 16", String(hex(digest).prefix(16))),
      ]
    }
  }

  /// Parts of it, and the whole with something between its parts or around it.
  private static func pieces(of token: String) -> [Form] {
    let bytes = Array(token.utf8)
    var forms = [
      Form("hexadecimal", hex(bytes), most: 15),
      Form("hexadecimal, large", hex(bytes).uppercased(), most: 15),
      Form("lines", lines(token, every: max(bytes.count / 3, 4))),
      Form("spaces", token.map { String($0) }.joined(separator: " ")),
      Form("twice", token + token),
      Form("quoted", "'\(token)'"),
    ]
    for count in Set([8, 9, 12, bytes.count / 2, bytes.count - 1]) where count >= 8 && count <= bytes.count {
      forms.append(Form("first \(count)", String(token.prefix(count))))
      forms.append(Form("last \(count)", String(token.suffix(count))))
    }
    if bytes.count > 24 { forms.append(Form("middle", String(token.dropFirst(3).dropLast(3)))) }
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

  private static func percent(_ bytes: [UInt8], upper: Bool, _ isEncoded: (Int, UInt8) -> Bool) -> String {
    bytes.enumerated().map { index, byte in
      let hex = String(format: upper ? "%%%02X" : "%%%02x", byte)
      return isEncoded(index, byte) || byte == 0x25 ? hex : character(byte)
    }.joined()
  }
  private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
  private static func base64URL(_ text: String) -> String {
    base64(text).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String(format: "%02x", $0) }.joined()
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
