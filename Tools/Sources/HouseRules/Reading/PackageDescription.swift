import Foundation

/// The targets, as `swift package dump-package` describes them.
package struct PackageDescription: Sendable, Decodable {
  package let targets: [Target]

  package struct Target: Sendable, Decodable {
    package let name: String
    /// `regular`, `executable`, `test`, `system`, `plugin` or `macro`.
    package let type: String
    /// From the root of the package; nil where it is `Sources/NAME` or `Tests/NAME`.
    package let path: String?
    /// Names of targets and of products of other packages.
    package let dependencies: Set<String>

    private enum Key: String, CodingKey { case name, type, path, dependencies }

    package init(name: String, type: String, path: String? = nil, dependencies: Set<String>) {
      self.name = name
      self.type = type
      self.path = path
      self.dependencies = dependencies
    }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      name = try container.decode(String.self, forKey: .name)
      type = try container.decode(String.self, forKey: .type)
      path = try container.decodeIfPresent(String.self, forKey: .path)
      dependencies = Set(try container.decode([Dependency].self, forKey: .dependencies).map(\.name))
    }

    /// The folder of its files, from the root of the package.
    package var folder: String { path ?? (type == "test" ? "Tests" : "Sources") + "/\(name)" }
  }

  /// `{"byName": ["APIKeyModel", null]}`, `{"product": ["NIOCore", "swift-nio", null, null]}` or `{"target": […]}`.
  private struct Dependency: Decodable {
    let name: String

    init(from decoder: any Decoder) throws {
      let kinds = try decoder.singleValueContainer().decode([String: [Part]].self)
      guard case .text(let text) = kinds.values.first?.first else {
        throw HouseError("a dependency in `swift package dump-package` has another form than is known")
      }
      name = text
    }

    enum Part: Decodable {
      case text(String)
      case other

      init(from decoder: any Decoder) throws {
        self = (try? decoder.singleValueContainer().decode(String.self)).map(Part.text) ?? .other
      }
    }
  }

  package init(targets: [Target]) { self.targets = targets }

  package init(json: Data) throws { self = try JSONDecoder().decode(PackageDescription.self, from: json) }

  /// Of the package at a folder, as SwiftPM reads it.
  package init(root: URL) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swift", "package", "--package-path", root.path, "--ignore-lock", "dump-package"]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // What goes to standard error is a few lines, which the pipe holds.
    let json = output.fileHandleForReading.readDataToEndOfFile()
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw HouseError("`swift package dump-package` failed in \(root.path): \(words)")
    }
    self = try PackageDescription(json: json)
  }
}
