import Foundation
import TestSupport
import Testing

@testable import TerminalCore

/// What a reader sees: the cells of an emulated terminal, without what no terminal draws.
private final class Eye {
  private let emulator: TerminalEmulator
  private let columns: Int

  init(columns: Int) throws {
    self.columns = columns
    emulator = try #require(TerminalEmulator(columns: columns, rows: 1))
  }

  /// The cells of a text as the dashboard draws it. `blind` drops what Unicode says is ignored, whatever let it through.
  func cells(_ text: DisplayText, blind: Bool = true) -> [[UInt32]] {
    var frame = Frame(width: columns, height: 1)
    frame.put(text, row: 0, column: 0)
    emulator.write("\u{1B}[H\u{1B}[2J" + frame.textGrid()[0])
    var cells: [[UInt32]] = []
    for column in 0..<columns {
      let scalars = emulator.scalars(row: 0, column: column)
      let seen = blind ? scalars.filter { !Self.isUnseen($0) } : scalars
      cells.append(seen == [0x20] ? [] : seen)
    }
    while cells.last?.isEmpty == true { cells.removeLast() }
    return cells
  }

  /// By Unicode's property, the blank glyphs and the spaces; not by the code under test.
  private static func isUnseen(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    if scalar.properties.isDefaultIgnorableCodePoint { return true }
    if scalar.properties.generalCategory == .spaceSeparator { return value != 0x20 }
    return [0x2800, 0xFFFC, 0x1D159, 0x13441, 0x13442, 0x16FE4, 0x303F].contains(value)
  }
}

/// Reads sanitized text backwards: what it was made of.
private func unsanitized(_ text: String) -> [Unicode.Scalar] {
  var result: [Unicode.Scalar] = []
  var rest = Array(text.unicodeScalars)[...]
  while let first = rest.first {
    if rest.starts(with: "<U+".unicodeScalars), let end = rest.prefix(10).firstIndex(of: ">") {
      let digits = rest[(rest.startIndex + 3)..<end]
      let isCode =
        (4...6).contains(digits.count) && digits.allSatisfy { "0123456789ABCDEF".unicodeScalars.contains($0) }
      if isCode, let value = UInt32(digits.map { String($0) }.joined(), radix: 16), let scalar = Unicode.Scalar(value) {
        result.append(scalar)
        rest = rest[(end + 1)...]
        continue
      }
    }
    result.append(first)
    rest = rest.dropFirst()
  }
  return result
}

@Suite("Different names look different", .timeLimit(.minutes(20)))
struct UnambiguousTextTests {
  /// Perl's list of default-ignorable code points, made of Unicode's files and not of Swift's; nil without Perl.
  private static func perlsList() throws -> Set<UInt32>? {
    let perl = "/usr/bin/perl"
    guard FileManager.default.isExecutableFile(atPath: perl) else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: perl)
    process.arguments = [
      "-e", "for (0..0xD7FF, 0xE000..0x10FFFF) { print \"$_\\n\" if chr($_) =~ /\\p{Default_Ignorable_Code_Point}/ }",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Set(String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { UInt32($0) })
  }

  private static let ignorable: [Unicode.Scalar] = (0...0x10FFFF).compactMap { Unicode.Scalar($0) }.filter {
    $0.properties.isDefaultIgnorableCodePoint
  }

  @Test("Every default-ignorable scalar changes what is drawn, at any position", .tags(.s6))
  func ignorableScalars() throws {
    let eye = try Eye(columns: 80)
    let places: [(before: String, after: String)] = [
      ("", "key"), ("billing", "-prod"), ("key", ""), ("e\u{301}", "x"), ("\u{4E2D}", "\u{6587}"), ("<U+41>", "^["),
      ("\u{1F600}", "\u{1F600}"), ("\u{1F600}", "x"), ("x", "\u{1F600}"), ("\u{1100}", "\u{1161}"), (" ", " "),
      ("\u{2764}", "\u{1F525}"),
    ]
    // Where a selector or joiner is no name's disguise: it changes the picture.
    let meant: Set<String> = ["\u{1F600}|FE0E", "\u{2764}|FE0F"]
    var tried = 0
    for (before, after) in places {
      let without = eye.cells(DisplayText(before + after, charset: .utf8))
      for scalar in Self.ignorable {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        if meant.contains("\(before)|\(hex)") { continue }
        let with = eye.cells(DisplayText(before + String(scalar) + after, charset: .utf8))
        #expect(with != without, "U+\(hex) between \(before) and \(after)")
        tried += 1
      }
    }
    #expect(Self.ignorable.count >= 4174 && tried > 50_000)
    print("figure S6: \(Self.ignorable.count) default-ignorable scalars in \(places.count) places, each seen")
  }

  @Test("The default-ignorable scalars are those of Perl's Unicode tables", .tags(.s6))
  func independentList() throws {
    guard let perl = try Self.perlsList() else { return }
    let ours = Set(Self.ignorable.map(\.value))
    // Perl and Swift may be of different versions of Unicode.
    let differing = ours.symmetricDifference(perl).sorted().map { String($0, radix: 16) }
    #expect(differing.isEmpty, "only in one of the two: \(differing)")
    for value in perl {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(DisplayText("a\(scalar)b", charset: .utf8).string.contains("<U+"), "U+\(String(value, radix: 16))")
    }
    print("figure S6: \(perl.count) default-ignorable scalars by Perl, \(differing.count) not the same in Swift")
  }

  @Test("Blank scalars that are not ignorable are escaped, in text and in JSON", .tags(.s6))
  func blanks() throws {
    let blanks: [UInt32] = [
      0xA0, 0x1680, 0x2000, 0x2003, 0x200A, 0x202F, 0x205F, 0x2800, 0x3000, 0x303F, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC,
      0x13430, 0x13441, 0x13442, 0x16FE4, 0x1D159, 0x1D173, 0x1DA9B, 0x1DAA1, 0x2D7F, 0x1107F, 0x1BC9D, 0xE0001,
      0xE0041,
      0x2028, 0x2029, 0xE000, 0x378, 0x10FFFF,
    ]
    for value in blanks {
      let scalar = try #require(Unicode.Scalar(value))
      let hex = String(value, radix: 16, uppercase: true)
      let padded = String(repeating: "0", count: max(4 - hex.count, 0)) + hex
      #expect(DisplayText("a\(scalar)b", charset: .utf8).string == "a<U+\(padded)>b")
      let json = JSONText.quoted("a\(scalar)b")
      #expect(json.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "U+\(hex)")
      #expect(
        try JSONDecoder().decode(String.self, from: Data(json.utf8)).unicodeScalars.elementsEqual(
          "a\(scalar)b".unicodeScalars))
    }
  }

  @Test("Pictures that Unicode recommends stay whole", .tags(.s6))
  func pictures() {
    for picture in [
      "👩‍💻", "👨‍👩‍👧‍👦", "👩‍❤️‍💋‍👨", "🏳️‍🌈", "🏴‍☠️", "❤️‍🔥", "👁️‍🗨️", "🧔‍♂️", "🧑🏽‍🚀", "🤦🏿‍♀️", "🐻‍❄️",
      "👩🏻‍🤝‍👨🏿", "🧑‍🦰", "😮‍💨", "☀️", "🇯🇵", "👍🏽", "⌚︎", "🧑‍⚕️", "👯‍♀️", "🚶‍♀️",
    ] {
      let shown = DisplayText("a" + picture + "b", charset: .utf8).string
      #expect(shown.unicodeScalars.elementsEqual(("a" + picture + "b").unicodeScalars), "\(picture): \(shown)")
    }
    for fake in ["😀\u{200D}😀", "👩\u{200D}a", "a\u{200D}👩", "😀\u{FE0F}", "☀\u{FE0E}", "☀\u{FE0F}\u{FE0F}", "👩\u{200D}⚕"]
    {
      #expect(DisplayText(fake, charset: .utf8).string.contains("<U+"), "\(fake)")
    }
  }

  @Test("No text imitates an escape", .tags(.s6))
  func pairs() throws {
    let eye = try Eye(columns: 2400)
    let long = String(repeating: "x", count: 1100)
    let cut = DisplayText(long + "a", charset: .utf8).string
    var pairs = [
      ("\u{1B}", "^["), ("\u{202E}", "<U+202E>"), ("\t", "^I"), (long + "a", long + "b"), ("\0", "^@"),
      ("\u{7F}", "^?"),
      ("<U+202E>", "<U+003C>U+202E>"), ("\u{200B}", "<U+200B>"), ("<", "<U+003C>"), ("\u{1B}", "<U+001B>"),
      (long + "a", cut), ("a\u{3000}b", "a  b"), ("a\u{A0}b", "a b"), ("key", "key "), ("key ", "key  "), (" ", ""),
      ("e\u{301}\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}\u{301}\u{301}<U+0301>"), ("a\u{2800}", "a "),
      ("<u+202e>", "\u{202E}"), ("^^", "\u{1E}"),
    ]
    // The end of a long name: a million of its scalars later, and in the place right behind the cut.
    let tail = String(repeating: "y", count: 1_000_000)
    pairs.append((tail + "1", tail + "2"))
    pairs.append((String(repeating: "z", count: 977) + "A" + long, String(repeating: "z", count: 977) + "B" + long))
    for (left, right) in pairs {
      let (first, second) = (DisplayText(left, charset: .utf8), DisplayText(right, charset: .utf8))
      #expect(
        eye.cells(first.showingLastSpace) != eye.cells(second.showingLastSpace),
        "\(left.prefix(40)), \(right.prefix(40))")
      let ascii = [left, right].map { DisplayText($0, charset: .ascii).showingLastSpace.string }
      #expect(ascii[0] != ascii[1] && ascii.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
    }
    print("figure S6: \(pairs.count) pairs of names that imitate each other, all different in their cells")
  }

  @Test("Sanitized text can be converted back to the original", .tags(.s6), arguments: [DisplayCharset.utf8, .ascii])
  func readsBackwards(charset: DisplayCharset) throws {
    let seed = HostileGrammar.newSeed()
    var grammar = HostileGrammar(seed: seed)
    let eye = try Eye(columns: 700)
    var compared = 0
    for round in 0..<20_000 {
      let name = grammar.name()
      let shown = DisplayText(name, charset: charset, limit: .max)
      #expect(unsanitized(shown.string).elementsEqual(name.unicodeScalars), "seed \(seed): \(name.debugDescription)")
      guard round.isMultiple(of: 20) else { continue }
      let other = grammar.changed(name)
      guard !other.unicodeScalars.elementsEqual(name.unicodeScalars) else { continue }
      let cells = [name, other].map {
        eye.cells(DisplayText($0, charset: charset, limit: .max).showingLastSpace, blind: false)
      }
      #expect(cells[0] != cells[1], "seed \(seed): \(name.debugDescription), \(other.debugDescription)")
      compared += 1
    }
    print("figure S6: 20,000 names of a grammar read backwards in \(charset), \(compared) pairs differ (seed \(seed))")
  }

  @Test("A forged truncation mark is visible", .tags(.s6))
  func forgedCut() {
    let seed = HostileGrammar.newSeed()
    var grammar = HostileGrammar(seed: seed)
    var seen: [String: [Unicode.Scalar]] = [:]
    for _ in 0..<300 {
      let name = (0..<120).map { _ in grammar.name() }.joined()
      let shown = DisplayText(name, charset: .utf8)
      #expect(shown.string.unicodeScalars.count <= DisplayText.maximumScalars)
      // The same text as a name of its own, and cut names that go on differently.
      for other in [name, shown.string, name + "x", String(name.unicodeScalars.dropLast())] {
        let text = DisplayText(other, charset: .utf8).string
        let scalars = Array(other.unicodeScalars)
        #expect(seen[text] == nil || seen[text] == scalars, "seed \(seed)")
        seen[text] = scalars
      }
    }
  }

  @Test("Sanitizing takes time in proportion to its bytes", .tags(.s9))
  func linear() {
    let shapes = [
      "\u{301}", "\u{1B}", "\u{E0101}", "<U+1", "...(+1", "e\u{301}", "x", "\u{1F469}\u{200D}", "\u{4E2D}", "\u{1161}",
      "<",
      "\u{2764}\u{FE0F}",
    ]
    func seconds(_ text: String) -> Double {
      func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
      }
      return (0..<3).map { _ in
        let start = now()
        for limit in [DisplayText.maximumScalars, .max] { _ = DisplayText(text, charset: .utf8, limit: limit) }
        return now() - start
      }.min() ?? 0
    }
    var worst = 0.0
    for shape in shapes {
      let count = 60_000 / shape.utf8.count
      var ratio = 3.0
      // Another program may have had the caches meanwhile.
      for _ in 0..<4 where ratio > 2.3 {
        ratio = seconds(String(repeating: shape, count: count * 2)) / seconds(String(repeating: shape, count: count))
      }
      #expect(ratio <= 2.3, "\(shape.debugDescription)")
      worst = max(worst, ratio)
    }
    let rounded = (worst * 100).rounded() / 100
    print("figure S9: sanitizing twice the bytes takes at most \(rounded) times as long, in \(shapes.count) shapes")
  }
}
