package import APIKeyModel

/// What a typed text means where a key is expected, before any key is looked at.
package enum KeyReference: Equatable, Sendable {
  /// `#12`, and digits alone that are not four: the row with this number, from 1.
  case row(Int)
  /// Four digits: the last four of a key, or a row.
  case fourDigits(String, row: Int)
  /// `1,3`, `1-3`, `1 3`: rows, from 1. Where four characters are separate, they may be the last four of a key too.
  case rows([ClosedRange<Int>], lastFour: String?)
  /// A list of rows that cannot be one: why, in a sentence. It may still be a name.
  case badRows(String)
  /// `9 3 d c`: the last four of a key, read out.
  case lastFour(String)
  /// An id or the beginning of one, a name, or the last four.
  case text(String)

  package init(_ typed: String) {
    let text = KeyReference.trimmed(typed)
    let apart = KeyReference.charactersApart(text)
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), !text.isEmpty {
      let number = Int(text) ?? .max
      self = text.utf8.count == 4 ? .fourDigits(text, row: number) : .row(number)
    } else if let number = KeyReference.grouped(text) {
      self = .row(number)
    } else if KeyReference.isListLike(text) {
      switch KeyReference.ranges(text) {
      case .success(let ranges) where ranges.count == 1 && ranges[0].count == 1: self = .row(ranges[0].lowerBound)
      case .success(let ranges): self = .rows(ranges, lastFour: apart)
      case .failure(let problem): self = .badRows(problem.sentence)
      }
    } else if let apart {
      self = .lastFour(apart)
    } else {
      self = .text(text)
    }
  }

  /// `1,284` as the program writes numbers.
  package static func grouped(_ text: String) -> Int? {
    let groups = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard groups.count > 1, (1...3).contains(groups[0].count),
      groups.dropFirst().allSatisfy({ $0.count == 3 }),
      groups.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    return Int(String(text.filter { $0 != "," })) ?? .max
  }

  /// Why a text is no list of rows, in a sentence.
  private struct Problem: Error {
    let sentence: String
  }

  /// Only digits and what separates them in a list. A UUID, and the beginning of one past its first hyphen, is none.
  private static func isListLike(_ text: String) -> Bool {
    guard let first = text.utf8.first(where: { $0 != UInt8(ascii: "#") }), (0x30...0x39).contains(first) else {
      return false
    }
    let isMadeOf = text.utf8.allSatisfy { (0x30...0x39).contains($0) || ",- #".utf8.contains($0) }
    let hyphen = text.utf8.firstIndex(of: UInt8(ascii: "-"))
    let beforeHyphen = hyphen.map { text.utf8.distance(from: text.utf8.startIndex, to: $0) }
    return isMadeOf && beforeHyphen != 8
  }

  private static func ranges(_ text: String) -> Result<[ClosedRange<Int>], Problem> {
    func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == UInt8(ascii: " ") }
    func number(_ digits: Substring.UTF8View.SubSequence) -> Int? {
      var digits = digits
      if digits.first == UInt8(ascii: "#") { digits = digits.dropFirst() }
      guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return Int(String(Substring(digits))) ?? .max
    }
    let bytes = Substring(text).utf8
    let numbers = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard numbers.allSatisfy({ $0.contains { !isEnd($0) } }) else {
      return .failure(Problem(sentence: "\(text) is no list of rows: a number is missing at a comma."))
    }
    var ranges: [ClosedRange<Int>] = []
    for part in bytes.split(whereSeparator: isEnd) {
      let ends = part.split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
      let shown = String(Substring(part))
      guard let first = number(ends[0]), let last = number(ends[ends.count - 1]) else {
        return .failure(Problem(sentence: "\(shown) is no row and no range of rows such as 1-3."))
      }
      guard first >= 1, last >= 1 else { return .failure(Problem(sentence: "Rows are numbered from 1.")) }
      guard first <= last else {
        return .failure(Problem(sentence: "The range \(shown) ends before it begins: type \(last)-\(first)."))
      }
      ranges.append(first...last)
    }
    return ranges.isEmpty ? .failure(Problem(sentence: "\(text) is no row.")) : .success(ranges)
  }

  /// The four characters of `9 3 d c`; nil for any other text.
  private static func charactersApart(_ text: String) -> String? {
    let parts = text.unicodeScalars.split(separator: " ")
    guard parts.count == 4, parts.allSatisfy({ $0.count == 1 && $0.first != "," }) else { return nil }
    return parts.map { String(Substring($0)) }.joined()
  }

  private static func trimmed(_ text: String) -> String {
    var scalars = Substring(text).unicodeScalars
    while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
    while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
    return String(scalars)
  }
}

// MARK: Keys by what they are called

extension KeyTable {
  /// The rows that a text names, ascending: the one with that id; else those with that name or those last four, and
  /// those whose id begins with it. Only `rows` are looked at, where given.
  package func rows(named text: String, within rows: RowList? = nil) -> [Int] {
    func kept(_ found: [Int]) -> [Int] {
      guard let rows else { return found }
      return found.filter { rows.place(of: $0) != nil }
    }
    let exact = kept(row(of: KeyIdentifier(text)).map { [$0] } ?? self.rows(withID: text))
    if !exact.isEmpty { return exact }
    if let text = KeyTable.withoutEllipsis(text) { return kept(self.rows(withIDPrefix: text)) }
    return kept(
      Set(self.rows(withName: text) + self.rows(withLastFour: text) + self.rows(withIDPrefix: text)).sorted())
  }

  /// Rows with that very name. Compared by bytes.
  package func rows(withName name: String) -> [Int] {
    let wanted = Array(name.utf8)
    return (0..<count).filter { row in
      read(row) { columns, offset in
        let range = columns.nameRange(offset)
        return range.count == wanted.count && columns.names[range].elementsEqual(wanted)
      }
    }
  }

  /// Rows with those last four, compared by bytes; where there are none, without regard to the case of ASCII letters.
  package func rows(withLastFour text: String) -> [Int] {
    let length = text.utf8.count
    guard length > 0, length <= 16 else { return [] }
    var exact: [Int] = []
    var folded: [Int] = []
    let wanted = KeyTable.asciiFolded(text)
    for row in 0..<count {
      guard let lastFour = lastFour(at: row), lastFour.utf8.count == length else { continue }
      if lastFour.utf8.elementsEqual(text.utf8) {
        exact.append(row)
      } else if exact.isEmpty, KeyTable.asciiFolded(lastFour) == wanted {
        folded.append(row)
      }
    }
    return exact.isEmpty ? folded : exact
  }

  /// Rows whose id begins with a text of four characters or more. UUIDs are compared without regard to case.
  package func rows(withIDPrefix text: String) -> [Int] {
    guard text.utf8.count >= KeyTable.leastPrefix else { return [] }
    let bounds = UUID128.bounds(ofPrefix: text)
    let bytes = Array(text.utf8)
    var found: [Int] = []
    for index in 0..<chunkCount {
      let columns = chunk(index)
      let first = index << KeyColumns.shift
      if let bounds {
        for offset in 0..<columns.count where bounds.contains(columns.ids[offset]) {
          if columns.rare.opaqueIDs[offset] == nil { found.append(first + offset) }
        }
      }
      for (offset, id) in columns.rare.opaqueIDs {
        let isUUID = bounds.flatMap { bounds in UUID128(KeyTable.lowerCased(id)).map(bounds.contains) } ?? false
        if isUUID || id.utf8.starts(with: bytes) { found.append(first + offset) }
      }
    }
    return found.sorted()
  }

  /// Characters of the shortest beginning of an id that is taken for it.
  package static let leastPrefix = 4

  /// A UUID written in another case.
  private func rows(withID text: String) -> [Int] {
    guard let uuid = UUID128(KeyTable.lowerCased(text)) else { return [] }
    if let row = row(of: .uuid(uuid)) { return [row] }
    // A server may write its own in capitals.
    return (0..<chunkCount).flatMap { index in
      chunk(index).rare.opaqueIDs.filter { UUID128(KeyTable.lowerCased($0.value)) == uuid }.map {
        index << KeyColumns.shift + $0.key
      }
    }.sorted()
  }

  /// The beginning of an id as screens shorten it, `3df1d533…`, without the sign of the cut; nil where there is none.
  static func withoutEllipsis(_ text: String) -> String? {
    for sign in ["\u{2026}", "..."] where text.utf8.count > sign.utf8.count && text.hasSuffix(sign) {
      return String(text.dropLast(sign.count))
    }
    return nil
  }

  /// ASCII only: nothing here depends on a locale.
  static func lowerCased(_ text: String) -> String {
    String(decoding: asciiFolded(text), as: UTF8.self)
  }

  private static func asciiFolded(_ text: String) -> [UInt8] {
    text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }
}

extension UUID128 {
  /// The UUIDs whose text begins with a text, without regard to case; nil where none can.
  package static func bounds(ofPrefix text: String) -> ClosedRange<UUID128>? {
    let hyphens = [8, 13, 18, 23]
    guard (1...36).contains(text.utf8.count) else { return nil }
    var (low, high) = (UUID128(high: 0, low: 0), UUID128(high: .max, low: .max))
    var digit = 0
    for (place, byte) in text.utf8.enumerated() {
      if hyphens.contains(place) {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let value: UInt64
      switch byte {
      case 0x30...0x39: value = UInt64(byte - 0x30)
      case 0x61...0x66: value = UInt64(byte - 0x57)
      case 0x41...0x46: value = UInt64(byte - 0x37)
      default: return nil
      }
      let shift = UInt64(60 - 4 * (digit & 15))
      let (set, kept) = (value << shift, ~(UInt64(0xF) << shift))
      if digit < 16 {
        (low.high, high.high) = (low.high | set, high.high & kept | set)
      } else {
        (low.low, high.low) = (low.low | set, high.low & kept | set)
      }
      digit += 1
    }
    return low...high
  }
}
