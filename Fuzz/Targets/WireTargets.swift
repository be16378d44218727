import APIKeyModel
import APIKeyWire
import KeyJSON
import KeyTable
import TokenSource

extension FuzzTargets {
  /// One decoder for the run, as in the program.
  nonisolated(unsafe) private static let decoder = PageDecoder(maximumBytes: 1 << 20)  // One thread fuzzes.

  /// A body of the server: decoded or refused; what was decoded is written and read again, and is the same.
  static func jsonPage(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let decoder else { return }
    var body = Array(bytes)
    if let message = decoder.errorMessage(&body) { expect(!message.isEmpty, "an empty message") }
    expect(body.elementsEqual(bytes), "the body changed")
    guard let page = try? decoder.decode(&body) else { return }  // Refused: the message is not checked.
    var table = KeyTable()
    let result = table.append(page.keys)
    expect(result.added == table.count && result.added + result.duplicates == page.keys.count, "keys went missing")
    var encoder = KeyJSONEncoder()
    var written: [UInt8] = [UInt8(ascii: "[")]
    for row in 0..<table.count {
      if row > 0 { written.append(UInt8(ascii: ",")) }
      encoder.append(table, row: row, to: &written)
    }
    written.append(UInt8(ascii: "]"))
    expect(written.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a control came through")
    var copy = written
    guard let again = try? decoder.decode(&copy) else { fatalError("what was written cannot be read") }  // The finding.
    expect(again.unreadable == 0 && again.keys.count == table.count, "keys went missing on the way back")
    var second = KeyTable()
    second.append(again.keys)
    // What was repaired of two ids may have been all that they differ in.
    expect(second.count == table.count || table.flaws.damagedKeys > 0, "two ids became one")
    if second.count < table.count { return }
    var rewritten: [UInt8] = [UInt8(ascii: "[")]
    for row in 0..<second.count {
      if row > 0 { rewritten.append(UInt8(ascii: ",")) }
      KeyJSON.append(second[row], to: &rewritten)
    }
    rewritten.append(UInt8(ascii: "]"))
    expect(rewritten == written, "a value changed on the way back")
  }

  /// A date: read or refused; its canonical text is read again as the same moment.
  static func dates(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let date = CreatedDate(utf8: bytes) else { return }
    expect(bytes.count <= CreatedDate.longestText, "too long")
    // The years 1 to 9999.
    expect((-62_135_596_800...253_402_300_799).contains(date.seconds), "out of range")
    let text = date.canonicalText
    if date.form == .irregular { return }
    expect(text.utf8.elementsEqual(bytes), "\(text) is not what was read")
    expect(CreatedDate(text) == date, "\(text) is another moment")
  }

  /// A token from a variable, and the words of a token command.
  static func token(_ bytes: UnsafeBufferPointer<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let token = try? TokenReader.read(environmentValue: text, name: "X") {  // Refused is as good.
      let header = token.authorizationHeader
      expect(header.utf8.dropFirst(7).allSatisfy { (0x21...0x7E).contains($0) }, "an invisible byte in the header")
      expect(header.utf8.count <= 7 + SecretToken.maximumLength, "too long")
      expect("\(token)" == "<redacted>" && String(reflecting: token) == "<redacted>", "the token was printed")
    }
    _ = TokenCommand.split(text)
  }
}
