import Foundation
import Synchronization

/// The files that the rules read.
package struct Repository: Sendable {
  package let files: [SourceFile]
  /// Files that are not Swift, by path: of `scripts/` and of the folders of targets. Executable ones are marked.
  package let otherFiles: [OtherFile]
  /// Nil where the rules that need it are not run.
  package let package: PackageDescription?

  package struct OtherFile: Sendable {
    package let path: String
    package let isExecutable: Bool

    package init(path: String, isExecutable: Bool = false) {
      self.path = path
      self.isExecutable = isExecutable
    }
  }

  package static let areas = ["Sources", "Tests", "Benchmarks", "Fuzz", "Tools"]

  package init(files: [SourceFile], otherFiles: [OtherFile] = [], package: PackageDescription? = nil) {
    self.package = package
    self.files = files
    self.otherFiles = otherFiles
  }

  /// Reads and parses every Swift file below `root`, on all processors.
  package init(
    root: URL, areas: [String] = Repository.areas + ["scripts"], package: PackageDescription? = nil
  ) throws {
    self.package = package
    var swift: [String] = []
    var others: [OtherFile] = []
    for area in areas {
      let folder = root.appendingPathComponent(area)
      guard let names = FileManager.default.enumerator(atPath: folder.path) else { continue }
      for case let name as String in names {
        if name.split(separator: "/").contains(where: { $0.hasPrefix(".") || $0 == "__pycache__" }) {
          continue
        }
        let path = "\(area)/\(name)"
        if name.hasSuffix(".swift") {
          swift.append(path)
        } else if names.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
          let isExecutable = FileManager.default.isExecutableFile(atPath: root.appendingPathComponent(path).path)
          others.append(OtherFile(path: path, isExecutable: isExecutable))
        }
      }
    }
    guard !swift.isEmpty else {
      throw HouseError("no Swift file below \(root.path): run it at the root of the repository")
    }
    let paths = swift.sorted()
    let parsed = Mutex<[String: SourceFile]>([:])
    let failure = Mutex<HouseError?>(nil)
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      let path = paths[index]
      do {
        let file = SourceFile(
          path: path, text: try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8))
        parsed.withLock { $0[path] = file }
      } catch {
        failure.withLock { $0 = HouseError("\(path) cannot be read: \(error)") }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    files = parsed.withLock { found in paths.compactMap { found[$0] } }
    otherFiles = others.sorted { $0.path < $1.path }
  }

  func files(in areas: String...) -> [SourceFile] { files.filter { areas.contains($0.area) } }
}

package struct HouseError: Error, CustomStringConvertible, Sendable {
  package let description: String
  package init(_ description: String) { self.description = description }
}
