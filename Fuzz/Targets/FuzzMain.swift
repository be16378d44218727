import CLibFuzzer
import Glibc

/// `apikeys-fuzz TARGET [libFuzzer's options]`: one program for all targets, because each build of one takes minutes.
@main
enum FuzzMain {
  /// What is done with each input.
  nonisolated(unsafe) private static var target: FuzzTarget = { _ in }  // Set once, before the first input.

  static func main() {
    var arguments = CommandLine.arguments.map { strdup($0) }
    guard arguments.count > 1, let chosen = FuzzTargets.all[CommandLine.arguments[1]] else {
      print("Targets: \(FuzzTargets.all.keys.sorted().joined(separator: " "))")
      exit(CommandLine.arguments.count > 1 ? 64 : 0)
    }
    target = chosen
    arguments.remove(at: 1)
    var count = Int32(arguments.count)
    arguments.append(nil)
    let status = arguments.withUnsafeMutableBufferPointer { buffer in
      var pointer = buffer.baseAddress
      return LLVMFuzzerRunDriver(&count, &pointer) { bytes, length in
        FuzzMain.target(UnsafeBufferPointer(start: bytes, count: length))
        return 0
      }
    }
    exit(status)
  }
}

/// Takes an input; anything but returning is a finding.
typealias FuzzTarget = @Sendable (UnsafeBufferPointer<UInt8>) -> Void

/// What parses hostile input, by the name of its corpus under Fuzz/corpora.
enum FuzzTargets {
  static let all: [String: FuzzTarget] = [
    "display-text": displayText, "json-page": jsonPage, "dates": dates, "filter": filter, "keys": keys,
    "plain-lines": plainLines, "csv": csv, "token": token, "http-dates": httpDates, "http-client": httpClient,
  ]

  /// Ends the run with this input as the finding.
  static func expect(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
  }
}
