import APIKeyClient
import CTerminalSupport
import DashboardCore
import DashboardPlain
import DashboardRuntime

extension PlainSession: PlainDialogue {}

/// Plain mode from its first line to its last.
enum PlainMode {
  /// Runs on descriptors; `state` has a configuration with `isPlain` set. Nil: no descriptor was left.
  @MainActor
  static func run(
    state: DashboardState, source: any KeySource, cause: PlainCause, services: RuntimeServices, input: Int32 = 0,
    output: Int32 = 1
  ) -> EventLoop.Ending? {
    guard let queue = EventQueue() else { return nil }
    let device = PlainDevice(
      input: input, output: output, signals: apikeys_signals_install(), suspend: { apikeys_signals_stop_self() })
    let isPiped = !PlainDevice.isTerminal(input) || !PlainDevice.isTerminal(output)
    let session = PlainSession(state: state, cause: cause, isPiped: isPiped)
    return PlainLoop(dialogue: session, source: source, queue: queue, device: device, services: services).run()
  }
}
