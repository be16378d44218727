import Glibc

/// The programs that were built with the running tests.
package enum TestProducts {
  package struct NotBuilt: Error, CustomStringConvertible {
    package let description: String
  }

  /// What a program under a sanitizer needs of the environment: a report must end the program, and leak detection
  /// cannot work in a process that lets nobody trace it.
  package static let sanitizerEnvironment: [String: String] = {
    var found: [String: String] = [:]
    for name in ["ASAN_OPTIONS", "TSAN_OPTIONS"] {
      if let value = getenv(name) { found[name] = String(cString: value) }
    }
    return found
  }()

  /// True when the programs under test were built with a sanitizer, which makes them several times slower and larger.
  package static var isSanitized: Bool { !sanitizerEnvironment.isEmpty }

  /// How the programs and the tests were built, for figures that depend on it.
  package static var buildKind: String {
    #if DEBUG
    isSanitized ? "sanitized debug" : "debug"
    #else
    "release"
    #endif
  }

  /// The path of an executable of this package: beside the running test bundle, or in the build directory.
  package static func path(_ name: String) throws(NotBuilt) -> String {
    // The bundle is an argument of its runner, or the running program itself.
    for start in CommandLine.arguments where start.hasPrefix("/") {
      if let found = executable(name, above: start, inside: [""]) { return found }
    }
    if let found = executable(name, above: #filePath, inside: [".build/debug/", ".build/release/"]) { return found }
    throw NotBuilt(description: "\(name) is not among the built products")
  }

  private static func executable(_ name: String, above start: String, inside folders: [String]) -> String? {
    var directory = Substring(start)
    while let slash = directory.lastIndex(of: "/") {
      directory = directory[..<slash]
      for folder in folders {
        let candidate = "\(directory)/\(folder)\(name)"
        var status = stat()
        if stat(candidate, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(candidate, X_OK) == 0 {
          return candidate
        }
      }
    }
    return nil
  }
}
