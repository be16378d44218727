import APIKeyClient
import CProcessSupport
import CTerminalSupport
import DashboardCore
package import DashboardPlain
import DashboardRuntime
import Glibc
import KeyTable
import SystemIO

extension PlainSession: PlainDialogue {}

/// Plain mode from its first line to its last.
enum PlainBrowse {
  /// Runs on standard input and output, and gives the exit status; `state` has a configuration with `isPlain` set.
  ///
  /// Where standard input holds the keys, commands come from the controlling terminal. A signal that ends the program
  /// does not return.
  @MainActor
  static func run(
    state: DashboardState, filter: Filter, source: any KeySource, queue: EventQueue, services: RuntimeServices,
    reason: String, isStrict: Bool
  ) throws(CommandFailure) -> Int32 {
    let readsKeys = state.configuration.isFile && !state.configuration.isRereadable
    let input = readsKeys ? commandDescriptor() : .standardInput
    defer { if readsKeys { input.close() } }
    let signals = apikeys_signals_install()
    guard signals >= 0 else { throw .lack(APIKEYS_LACK_DESCRIPTORS) }
    let device = PlainDevice(
      input: input.number, output: STDOUT_FILENO, signals: signals,
      suspend: { apikeys_signals_stop_self() }, goOn: { apikeys_signals_go_on($0) })
    var state = state
    state.begin(with: filter)
    let isPiped = !input.isTerminal || !Descriptor.standardOutput.isTerminal
    let loop = PlainLoop(
      dialogue: PlainSession(state: state, reason: reason, isPiped: isPiped, isStrict: isStrict), source: source,
      queue: queue, device: device, services: services)
    switch loop.run() {
    case .status(let status): return status
    case .signal(let number):
      apikeys_signals_die(number)
    case .terminalGone:
      apikeys_signals_die(SIGHUP)
    }
  }

  /// Whether a person types and reads: piped input or output means a script. Keys that come through standard input leave
  /// the controlling terminal for commands.
  static func isConversation(_ options: SourceOptions) -> Bool {
    guard Descriptor.standardOutput.isTerminal else { return false }
    guard options.from == "-" else { return Descriptor.standardInput.isTerminal }
    let terminal = commandDescriptor()
    defer { terminal.close() }
    return terminal.isTerminal
  }

  /// The controlling terminal; without one there are no commands, and the list is printed.
  private static func commandDescriptor() -> Descriptor {
    for path in ["/dev/tty", "/dev/null"] {
      do throws(SystemError) { return try Descriptor.open(path, .readOnly) } catch { continue }
    }
    // None: every read of it fails, which ends the session as the end of the commands does.
    return Descriptor(-1)
  }
}
