import KeyExport
import TerminalCore

extension FuzzTargets {
  /// Sanitized text: total, read backwards, bounded, and of the width it reports.
  static func displayText(_ bytes: UnsafeBufferPointer<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    for charset in [DisplayCharset.utf8, .ascii] {
      // A short limit, so that short and quick inputs reach it; and none.
      for limit in [24, .max] {
        let once = DisplayText(text, charset: charset, limit: limit)
        let scalars = Array(once.string.unicodeScalars)
        expect(scalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }, "a control came through")
        expect(scalars.count <= limit, "too long")
        expect(charset == .utf8 || scalars.allSatisfy { $0.value < 0x7F }, "not ASCII")
        expect(once.width == TextWidth.columns(of: once.string), "wrong width")
        let again = DisplayText(own: once.string, charset: charset)
        expect(Array(again.string.unicodeScalars) == scalars, "what was sanitized did not stay")
        if limit == .max { expect(read(scalars) == Array(text.unicodeScalars), "does not read backwards") }
        for columns in [0, 1, 7] {
          expect(once.truncated(to: columns).width <= columns, "truncated too wide")
          expect(once.prefix(columns: columns).width <= columns, "prefix too wide")
        }
        var frame = Frame(width: 20, height: 3)
        let used = frame.put(once, row: 1, column: 3)
        expect(used <= 17 && frame.textGrid()[0].isEmpty && frame.textGrid()[2].isEmpty, "left its row")
      }
    }
  }

  /// The text that was sanitized, from the result.
  private static func read(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var index = 0
    while index < scalars.count {
      let rest = scalars[index...]
      if rest.starts(with: "<U+".unicodeScalars), let end = rest.prefix(10).firstIndex(of: ">"), end >= index + 7,
        let value = UInt32(rest[(index + 3)..<end].map { String($0) }.joined(), radix: 16),
        let scalar = Unicode.Scalar(value)
      {
        result.append(scalar)
        index = end + 1
      } else {
        result.append(scalars[index])
        index += 1
      }
    }
    return result
  }

  /// CSV fields: read back exactly when raw, harmless otherwise.
  static func csv(_ bytes: UnsafeBufferPointer<UInt8>) {
    // The first byte cuts the rest into fields.
    guard let separator = bytes.first else { return }
    let fields = bytes.dropFirst().split(separator: separator, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    for raw in [true, false] {
      var line: [UInt8] = []
      for (index, field) in fields.enumerated() {
        if index > 0 { line.append(UInt8(ascii: ",")) }
        CSVText.append(field, raw: raw, to: &line)
      }
      guard let read = rfc4180(line) else { fatalError("not RFC 4180") }
      expect(read.count == fields.count, "\(fields.count) fields became \(read.count)")
      for (field, back) in zip(fields, read) {
        if raw {
          expect(Array(field.utf8) == back, "raw field changed")
        } else {
          let first = String(decoding: back, as: UTF8.self).unicodeScalars.first
          expect(
            first.map { !"=+-@\t\r\n\0\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } ?? true,
            "a formula")
          expect(back.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a control came through")
        }
      }
    }
  }

  /// The fields of one record, read by the letter of RFC 4180; nil where it is none.
  private static func rfc4180(_ line: [UInt8]) -> [[UInt8]]? {
    let quote = UInt8(ascii: "\"")
    var fields: [[UInt8]] = []
    var index = 0
    while true {
      var field: [UInt8] = []
      if index < line.count, line[index] == quote {
        index += 1
        while true {
          guard index < line.count else { return nil }
          if line[index] != quote {
            field.append(line[index])
            index += 1
          } else if index + 1 < line.count, line[index + 1] == quote {
            field.append(quote)
            index += 2
          } else {
            index += 1
            break
          }
        }
      } else {
        while index < line.count, line[index] != UInt8(ascii: ",") {
          guard line[index] != quote, line[index] != 0x0A, line[index] != 0x0D else { return nil }
          field.append(line[index])
          index += 1
        }
      }
      fields.append(field)
      if index == line.count { return fields }
      guard line[index] == UInt8(ascii: ",") else { return nil }
      index += 1
    }
  }
}
