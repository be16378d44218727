import APIKeyClient
import ArgumentParser
import CProcessSupport
import CTerminalSupport
import CursesTerminal
import DashboardCore
import DashboardRuntime
import DashboardScreen
import KeyTable
import TerminalCore
import WorkerPool

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// `apikeys-tui browse`: the dashboard, or plain mode.
struct Browse: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "browse",
    // Parsed alone, it is still not the whole program: without this the library would look for a request of completions,
    // which is the whole program's to answer, before every start.
    _superCommandName: "apikeys-tui",
    abstract: "Browse the keys: the dashboard, or plain mode with --plain.")

  @OptionGroup var connection: ConnectionOptions
  @Flag(help: "In plain mode, leave with the exit status of the first error: for scripts.")
  var strict = false

  func run() throws {
    // Commands run on the main thread; the loop lives there.
    try MainActor.assumeIsolated { try browse() }
  }

  @MainActor
  private func browse() throws {
    let mode = DisplayMode.choose(connection)
    let source = try SourceFactory.make(connection)
    let filter = try connection.parsedFilter()
    let memory = SessionMemory(connection, isScript: mode.isPlain && !PlainBrowse.isConversation(connection))
    let settings = memory.settings
    var configuration = DashboardConfiguration(
      sourceLabel: source.label, isFile: connection.from != nil, isRereadable: source.isRereadable,
      hasBothOrders: source.hasBothOrders, pageSize: connection.pageSize, isPlain: mode.isPlain,
      localTime: { LocalTime.zone(at: $0) })
    configuration.cursorParameter = connection.afterParam
    configuration.limits = connection.loadLimits
    guard let queue = EventQueue() else { throw CommandFailure.lack(APIKEYS_LACK_DESCRIPTORS) }
    if mode.isPlain {
      let status = try PlainBrowse.run(
        state: DashboardState(configuration: configuration, settings: settings, order: connection.order),
        filter: filter, source: source, queue: queue, services: memory.services, reason: mode.reason, isStrict: strict)
      WorkerPool.shared.wait { await source.close() }
      throw ExitCode(status)
    }

    var options = TerminalOptions()
    options.color = connection.usesColor
    options.mouse = settings.mouse
    options.theme = settings.theme
    let terminal: CursesTerminal
    do {
      terminal = try CursesTerminal(options: options)
    } catch TerminalError.noDescriptors {
      throw CommandFailure.lack(APIKEYS_LACK_DESCRIPTORS)
    } catch {
      throw CommandFailure.terminal(error.message)
    }
    let size = terminal.size
    var state = DashboardState(
      configuration: configuration, settings: settings, order: connection.order, columns: size.columns,
      rows: size.rows, now: LocalTime.now())
    state.filter = filter
    state.histories[0] = memory.history
    if let notice = terminal.notice { _ = reduce(&state, .notice(.note, notice), now: LocalTime.now()) }
    let loop = EventLoop(
      state: state, source: source, terminal: CursesDevice(terminal), queue: queue,
      services: memory.services, render: { DashboardScreen.frame(of: $0, keepingDetailOf: $1) })
    let ending = loop.run()
    terminal.close()
    // Nobody waits for goodbyes to the server: the system closes its connections with the process. Waiting here would
    // move the main thread's work to another one first.
    switch ending {
    // Not thrown: the library would read all options again to find out that there is nothing to say.
    case .status(let status): endProcess(status)
    case .signal(let number): apikeys_signals_die(number)
    case .terminalGone: apikeys_signals_die(SIGHUP)
    }
  }
}
