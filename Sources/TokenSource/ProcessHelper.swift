import CProcessSupport
import SystemIO

/// The helper process, which starts programs for this one; see ADR 18. It ends with this object, or with this process.
///
/// One program runs at a time, and one thread asks.
package final class ProcessHelper: Sendable {
  /// The system refuses a process or a descriptor: its number for that.
  package struct Refused: Error, Equatable {
    package let code: Int32
  }

  private let helper: apikeys_helper

  /// Forks it: before there are threads, so that nothing of theirs is copied halfway, and before rights are dropped.
  package init() throws(Refused) {
    var helper = apikeys_helper()
    let code = apikeys_helper_start(&helper)
    guard code == 0 else { throw Refused(code: code) }
    self.helper = helper
  }

  deinit {
    var ended = helper
    apikeys_helper_close(&ended)
  }

  package var processIdentifier: Int32 { helper.process }

  /// Readable when there is an event.
  var descriptor: Descriptor { Descriptor(helper.socket) }

  /// Asks it to start a program whose output goes to two descriptors; 0, or why that cannot be asked. `isApart`: it
  /// never gets the terminal.
  func run(_ words: [String], output: Descriptor?, errors: Descriptor?, isApart: Bool) -> Int32 {
    let bytes = words.flatMap { Array($0.utf8) + [0] }.map { CChar(bitPattern: $0) }
    return withUnsafePointer(to: helper) {
      apikeys_helper_run(
        $0, bytes, bytes.count, Int32(clamping: words.count), output?.number ?? -1, errors?.number ?? -1, isApart)
    }
  }

  func goOn() { withUnsafePointer(to: helper) { apikeys_helper_continue($0) } }
  func signalCommand(_ number: Int32) { withUnsafePointer(to: helper) { apikeys_helper_signal($0, number) } }
  func endCommand() { withUnsafePointer(to: helper) { apikeys_helper_end_command($0) } }

  func nextEvent() -> apikeys_helper_event? {
    var event = apikeys_helper_event()
    return withUnsafePointer(to: helper) { apikeys_helper_next($0, &event) } ? event : nil
  }
}
