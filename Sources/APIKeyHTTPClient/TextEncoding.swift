/// Bodies in another encoding than UTF-8, which JSON over a network has to have: those that are common are read all the
/// same.
enum TextEncoding {
  /// Changes a body to UTF-8 when a byte order mark shows UTF-16, or where it is not UTF-8 and the charset of
  /// its type is one of the two Latin ones. Everything else stays as it is.
  static func makeUTF8(_ body: inout [UInt8], contentType: String) {
    if body.starts(with: [0xFF, 0xFE]) || body.starts(with: [0xFE, 0xFF]) {
      let isLittle = body[0] == 0xFF
      body = utf8(ofUTF16: body.dropFirst(2), isLittle: isLittle)
      return
    }
    let charset = charset(of: contentType)
    switch charset {
    case "utf-16le", "utf-16be", "utf-16":
      // Without a mark: what begins with a zero byte has its high half first.
      guard body.count >= 2, body[0] == 0 || body[1] == 0 else { return }
      body = utf8(ofUTF16: body[...], isLittle: body[0] != 0)
    case "iso-8859-1", "latin1", "windows-1252", "cp1252":
      guard String(validating: body, as: UTF8.self) == nil else { return }
      body = Array(String(String.UnicodeScalarView(body.map { scalar($0) })).utf8)
    default: break
    }
  }

  private static func charset(of contentType: String) -> String? {
    for part in contentType.lowercased().split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].filter({ $0 != " " }) == "charset" else { continue }
      return pair[1].filter { $0 != " " && $0 != "\"" }
    }
    return nil
  }

  private static func utf8(ofUTF16 bytes: ArraySlice<UInt8>, isLittle: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Windows' characters where Latin-1 has controls that no text has; zero where it has none either.
  private static let windows: [UInt32] = [
    0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0, 0,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178,
  ]

  private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80...0x9F).contains(byte), let found = Unicode.Scalar(windows[Int(byte - 0x80)]), found.value != 0 else {
      return Unicode.Scalar(byte)
    }
    return found
  }
}
