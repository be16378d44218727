import Foundation
import SwiftParser
import SwiftSyntax

/// One Swift file as a syntax tree, and where it lies.
package struct SourceFile: Sendable {
  /// From the root of the repository: `Sources/KeyTable/Filter/Filter.swift`.
  package let path: String
  /// The first folders: `Sources`, `Tests`, `Benchmarks`, `Fuzz` or `Tools`.
  package let area: String
  /// The folder below the area, which is the name of the target: `KeyTable`.
  package let target: String
  /// The folder within the target, `.` for its root: `Filter`.
  package let folder: String
  package let tree: SourceFileSyntax
  package let lineCount: Int
  private let converter: SourceLocationConverter

  package init(path: String, text: String) {
    self.path = path
    var parts = path.split(separator: "/").map(String.init)
    area = parts.first ?? ""
    // The package of the tools has its own Sources and Tests.
    if area == "Tools" { parts.removeFirst() }
    target = parts.count > 2 ? parts[1] : ""
    folder = parts.count > 3 ? parts[2..<(parts.count - 1)].joined(separator: "/") : "."
    tree = Parser.parse(source: text)
    converter = SourceLocationConverter(fileName: path, tree: tree)
    lineCount = text.utf8.count { $0 == UInt8(ascii: "\n") }
  }

  /// The line, from 1, on which a node's first token stands; comments before it left out.
  func line(of node: some SyntaxProtocol) -> Int {
    converter.location(for: node.positionAfterSkippingLeadingTrivia).line
  }

  /// The lines from a node's first token to its last, both counted.
  func lineSpan(of node: some SyntaxProtocol) -> Int {
    converter.location(for: node.endPositionBeforeTrailingTrivia).line - line(of: node) + 1
  }

  func finding(_ node: some SyntaxProtocol, _ text: String) -> Finding {
    Finding(path: path, line: line(of: node), text: text)
  }
}
