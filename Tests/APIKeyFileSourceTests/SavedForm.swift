import CZlib
import Foundation
import TestSupport

/// A file of keys in a form that tools write, made at random by this grammar:
///
///     file      = text, then encoding, then maybe gzip in one or more members
///     text      = document { gap document } [ white space ]
///     document  = key | page | list of keys | list of pages and keys | export
///     layout    = compact | one line | indented by 1, 2 or 4 | tabs | CR LF
///     gap       = "" | white space | byte order mark | record separator
///     encoding  = UTF-8 | UTF-8 with a mark | UTF-16 LE or BE, with a mark or without | UTF-32 likewise
struct SavedForm {
  /// The names of the keys, in their order.
  private(set) var names: [String] = []
  /// The file.
  private(set) var bytes: [UInt8] = []
  /// Whether all keys are there by the words of the file itself; nil where it does not say.
  private(set) var isComplete: Bool?
  /// Lengths of the file at which it is a whole file again, with the number of keys it has there; none for gzip.
  private(set) var ends: [Int: Int] = [:]
  /// Length of its first member of gzip; nil where it is not compressed.
  private(set) var firstMember: Int?
  /// What it was made as, for a failure's sentence.
  private(set) var story = ""

  private var random: SplitMix
  private var number = 0
  /// Pages that say that nothing is behind them.
  private var listsEnding = 0

  init(seed: UInt64, most: Int = 12, isSmall: Bool = false) {
    random = SplitMix(state: seed)
    var text = ""
    var textEnds: [(length: Int, keys: Int)] = []
    let layout = Layout.allCases[chance(Layout.allCases.count)]
    let kinds = [["key"], ["page"], ["key", "page", "keys", "mixed"], ["keys"], ["mixed"], ["page", "key"]][chance(6)]
    let count = 1 + chance(isSmall ? 3 : most)
    story = "\(count) of \(kinds.joined(separator: "/")) \(layout)"
    for index in 0..<count {
      if index > 0 { text += gap(layout) }
      text += layout.write(document(kinds[chance(kinds.count)], isLast: index == count - 1))
      textEnds.append((text.utf16.count, names.count))
    }
    text += ["", "\n", "\r\n", " \n\t\n"][chance(4)]
    encode(text, textEnds)
  }

  private mutating func chance(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

  // MARK: Documents

  private mutating func document(_ kind: String, isLast: Bool) -> Node {
    switch kind {
    case "key": return key()
    case "page": return page(isLast: isLast)
    case "keys": return .list((0..<1 + chance(3)).map { _ in key() })
    default:
      return .list((0..<1 + chance(3)).map { index in chance(3) == 0 ? key() : page(isLast: isLast && index == 9) })
    }
  }

  private mutating func key() -> Node {
    number += 1
    let name = String((0..<chance(6)).map { _ in SavedForm.letters[chance(SavedForm.letters.count)] }) + "-\(number)"
    names.append(name)
    var members: [(String, Node)] = [
      ("id", .text(String(format: "%08x-0000-4000-8000-000000000000", number))), ("name", .text(name)),
      ("created_date", .text("2025-03-01T08:00:00Z")), ("restricted", .word(["true", "false"][chance(2)])),
    ]
    if chance(2) == 0 {
      members.append(("note", .list([.word("1.5e3"), .text("}]\"\\"), .object([("a", .list([]))])])))
    }
    return .object(members)
  }

  private mutating func page(isLast: Bool) -> Node {
    let keys = Node.list((0..<chance(4)).map { _ in key() })
    var members: [(String, Node)] = [("data", keys)]
    isComplete = nil
    if chance(5) > 0 {
      let hasMore = isLast ? chance(2) == 0 : chance(4) > 0
      members.insert(("has_more", .word(hasMore ? "true" : "false")), at: chance(2))
      if !hasMore { listsEnding += 1 }
      // Two lists that end, in one file, may be of two times.
      isComplete = hasMore ? false : listsEnding > 1 ? nil : true
    }
    return .object(members)
  }

  private mutating func gap(_ layout: Layout) -> String {
    let gaps = ["\n", "\n", "", " ", "\r\n", "\n\n", "\n \t\n", "\u{FEFF}", "\n\u{FEFF}", "\n\u{1E}"]
    return gaps[chance(gaps.count)]
  }

  private static let letters: [Character] =
    Array("abcXYZ019 _-.{}[]:,\"\\/\n\t") + ["é", "漢", "🔑", "\u{301}", "\u{202E}", "\u{FEFF}"]

  // MARK: Layout

  private indirect enum Node {
    case word(String)
    case text(String)
    case list([Node])
    case object([(String, Node)])
  }

  private enum Layout: CaseIterable {
    case compact, spaced, one, two, four, tabs, returns

    func write(_ node: Node) -> String {
      switch self {
      case .compact: write(node, unit: nil, depth: 0, space: "")
      case .spaced: write(node, unit: nil, depth: 0, space: " ")
      case .one: write(node, unit: " ", depth: 0, space: " ")
      case .two: write(node, unit: "  ", depth: 0, space: " ")
      case .four: write(node, unit: "    ", depth: 0, space: " ")
      case .tabs: write(node, unit: "\t", depth: 0, space: "")
      case .returns: write(node, unit: "  ", depth: 0, space: " ").replacing("\n", with: "\r\n")
      }
    }

    private func write(_ node: Node, unit: String?, depth: Int, space: String) -> String {
      func line(_ depth: Int) -> String { unit.map { "\n" + String(repeating: $0, count: depth) } ?? "" }
      func joined(_ parts: [String], _ open: String, _ close: String) -> String {
        if parts.isEmpty { return open + close }
        let comma = unit == nil ? "," + space : ","
        return open + parts.map { line(depth + 1) + $0 }.joined(separator: comma) + line(depth) + close
      }
      switch node {
      case .word(let word): return word
      case .text(let text): return json(text)
      case .list(let nodes):
        return joined(nodes.map { write($0, unit: unit, depth: depth + 1, space: space) }, "[", "]")
      case .object(let members):
        let parts = members.map { name, node in
          "\(json(name)):\(space)" + write(node, unit: unit, depth: depth + 1, space: space)
        }
        return joined(parts, "{", "}")
      }
    }

    /// Escapes what has to be escaped, and in compact texts everything that is not ASCII.
    private func json(_ text: String) -> String {
      if self == .compact { return HostileText.json(text) }
      let parts = text.unicodeScalars.map { scalar in
        switch scalar {
        case "\"", "\\": "\\" + String(scalar)
        case "\n": "\\n"
        case "\t": "\\u0009"
        default: String(scalar)
        }
      }
      return "\"" + parts.joined() + "\""
    }
  }

  // MARK: Encoding

  private mutating func encode(_ text: String, _ textEnds: [(length: Int, keys: Int)]) {
    let units = Array(text.utf16)
    let form = chance(9)
    let isBig = number.isMultiple(of: 2)
    func encoded(_ length: Int) -> [UInt8] {
      let part = String(decoding: units[..<length], as: UTF16.self)
      func wide<Unit: FixedWidthInteger>(_ units: [Unit], _ isBig: Bool, _ mark: Bool) -> [UInt8] {
        ((mark ? [Unit(0xFEFF)] : []) + units).flatMap { unit in
          withUnsafeBytes(of: isBig ? unit.bigEndian : unit.littleEndian) { Array($0) }
        }
      }
      let scalars = part.unicodeScalars.map(\.value)
      return switch form {
      case 0...2: Array(part.utf8)
      case 3: [0xEF, 0xBB, 0xBF] + Array(part.utf8)
      case 4: wide(Array(part.utf16), false, true)
      case 5: wide(Array(part.utf16), true, true)
      case 6: wide(Array(part.utf16), isBig, false)
      case 7: wide(scalars, false, true)
      default: wide(scalars, true, true)
      }
    }
    bytes = encoded(units.count)
    story += ", encoding \(form)"
    if chance(4) == 0 {
      story += ", gzip"
      let cut = chance(2) == 0 ? chance(bytes.count) : bytes.count
      let members = [Array(bytes[..<cut]), Array(bytes[cut...])].filter { !$0.isEmpty }.map { Zipped.member($0) }
      bytes = members.flatMap { $0 }
      firstMember = members[0].count
    } else {
      for end in textEnds { ends[encoded(end.length).count] = end.keys }
    }
  }
}

/// Compression by zlib, in memory.
enum Zipped {
  static func member(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    precondition(
      deflateInit2_(
        &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK)
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1000)
    let room = output.count
    input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(room)
        precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
      }
    }
    return Array(output[..<(room - Int(stream.avail_out))])
  }
}
