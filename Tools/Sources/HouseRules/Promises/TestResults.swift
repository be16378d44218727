import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The results of a run, from what `swift test --xunit-output` writes for Swift Testing.
package struct TestResults: Sendable {
  package enum Result: String, Sendable { case passed, failed, skipped }

  /// By `ProgramTests.ColumnTests/rows()`.
  private let results: [String: Result]

  package init(xUnit: Data) throws {
    let reader = XUnitReader()
    let parser = XMLParser(data: xUnit)
    parser.delegate = reader
    guard parser.parse() else {
      throw HouseError("the file of results is no XML: \(parser.parserError.map { "\($0)" } ?? "")")
    }
    results = reader.results
  }

  package func result(of id: String) -> Result? { results[id] }

  /// The lines `figure T6: text` that tests print, by row.
  package static func figures(in output: String) -> [String: [String]] {
    var figures: [String: [String]] = [:]
    for line in output.split(separator: "\n") {
      guard let start = line.firstRange(of: "figure "), let colon = line[start.upperBound...].firstRange(of: ": ")
      else {
        continue
      }
      let row = String(line[start.upperBound..<colon.lowerBound])
      if row.count < 5, !row.contains(" ") { figures[row, default: []].append(String(line[colon.upperBound...])) }
    }
    return figures
  }
}

private final class XUnitReader: NSObject, XMLParserDelegate {
  var results: [String: TestResults.Result] = [:]
  private var current = ""

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    switch element {
    case "testcase":
      current = "\(attributes["classname"] ?? "")/\(attributes["name"] ?? "")"
      results[current] = results[current] ?? .passed
    case "failure", "error": results[current] = .failed
    case "skipped": results[current] = .skipped
    default: break
    }
  }
}
