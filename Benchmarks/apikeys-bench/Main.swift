import APIKeyModel
import Foundation

/// Figures for docs/performance.md; `Benchmarks/run-benchmarks` runs it. Not shipped.
///
///     apikeys-bench data FOLDER COUNT    keys-COUNT.ndjson, rows-COUNT.txt, page.json
///     apikeys-bench library COUNT ROUNDS parse, append, filter, sort, frame
///     apikeys-bench walk PORT ROUNDS     all pages of a server, by the client alone
///     apikeys-bench serve COUNT          a static server; prints its port
///     apikeys-bench urls PORT COUNT      the addresses of all pages, for curl
@main
struct Main {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    func number(_ index: Int) -> Int { index < arguments.count ? Int(arguments[index]) ?? 0 : 0 }
    switch arguments.first {
    case "data" where arguments.count == 3: try writeData(arguments[1], count: number(2))
    case "library": try await LibraryBenchmarks.run(keys: number(1), rounds: number(2))
    case "walk": try await LibraryBenchmarks.loadPages(port: number(1), rounds: number(2))
    case "serve": try StaticServer.run(keys: number(1))
    case "urls": printURLs(port: number(1), count: number(2))
    default:
      FileHandle.standardError.write(Data("apikeys-bench: run it by Benchmarks/run-benchmarks\n".utf8))
      exit(ProgramStatus.usage.rawValue)
    }
  }

  private static func writeData(_ folder: String, count: Int) throws {
    var lines: [UInt8] = []
    var text = ""
    for number in 0..<count {
      SyntheticKeys.append(number, to: &lines)
      lines.append(UInt8(ascii: "\n"))
      text += SyntheticKeys.textRow(number)
    }
    try Data(lines).write(to: URL(fileURLWithPath: "\(folder)/keys-\(count).ndjson"))
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/rows-\(count).txt"))
    let page = SyntheticKeys(count: max(count, 100_000)).page(from: 5000, limit: 1000, step: 1)
    try Data(page).write(to: URL(fileURLWithPath: "\(folder)/page.json"))
  }

  private static func printURLs(port: Int, count: Int) {
    for start in stride(from: 0, to: count, by: 1000) {
      let after = start == 0 ? "" : "&after=\(SyntheticKeys.id(start - 1))"
      print("url = \"http://127.0.0.1:\(port)/v1/api_key/?limit=1000&order=desc\(after)\"\noutput = \"-\"")
    }
  }
}
