import APIKeyModel
import Foundation
import KeyTable
import Testing

@testable import KeyExport

/// A directory of one test, and a second reader in Python.
struct ExportFixture: ~Copyable {
  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("export-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }  // What is left over harms nothing.

  func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

  /// Writes keys in a format; gives the bytes.
  func export(
    _ keys: [APIKey], _ format: ExportFormat, columns: [NamedField]? = nil, csvRaw: Bool = false
  ) throws
    -> [UInt8]
  {
    var batch = KeyBatch()
    for key in keys { batch.append(key) }
    var table = KeyTable()
    table.append(batch)
    try #require(table.count == keys.count)
    let file = try SafeOutputFile(path: path("out"), force: true)
    let evidence = Evidence(
      source: "test", fetchedAt: 0, filter: "", order: "desc", requests: 1, toolVersion: "0")
    try KeyExporter(format: format, columns: columns, csvRaw: csvRaw, evidence: evidence)
      .write(table, rows: RowList(count: table.count), to: file.writer)
    try file.commit()
    return Array(try Data(contentsOf: URL(filePath: path("out"))))
  }

  /// The standard output of a Python program that is given the last export's path.
  func python(_ program: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program, path("out")]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }

  static func key(_ number: Int, name: String) -> APIKey {
    APIKey(
      id: .uuid(UUID128(high: 1, low: UInt64(number))), name: name, created: CreatedDate(seconds: 1_700_000_000),
      lastFour: "ab12", restricted: number.isMultiple(of: 2), permissions: PermissionSet(["calls.view", "é,\"x\""]))
  }

  static func hex(_ text: String) -> String {
    text.utf8.map { String(UInt32($0) + 256, radix: 16).dropFirst() }.joined()
  }
}
