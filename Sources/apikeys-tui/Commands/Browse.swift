import APIKeyClient
import ArgumentParser
import CProcessSupport
import CTerminalSupport
import CursesTerminal
import DashboardCore
import DashboardRuntime
import DashboardScreen
import Glibc
import KeyTable
import TerminalCore
import WorkerPool

/// `apikeys-tui browse`: the dashboard, or plain mode.
struct Browse: ListCommand {
  static let configuration = CommandConfiguration(
    commandName: "browse",
    // Without this the library would look for a request for completions before every start; only the whole program
    // handles those.
    _superCommandName: "apikeys-tui",
    abstract: "Browse the keys in the dashboard, or in plain mode with --plain.")

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Token") var token: TokenOptions
  @OptionGroup(title: "Display") var mode: ModeOptions
  @OptionGroup(title: "Display") var screen: ScreenOptions
  @OptionGroup(title: "Requests") var request: RequestOptions
  @OptionGroup(title: "Trusted servers") var trust: TrustOptions
  @OptionGroup(title: "Time limits") var timeLimits: TimeLimitOptions
  @OptionGroup(title: "Pagination") var paging: PagingOptions
  @OptionGroup var filter: FilterOptions
  @OptionGroup var text: TextOptions
  @Flag(help: "In plain mode, exit with the status of the first error; for scripts.")
  var strict = false

  func validate() throws { try connection.validate() }

  func run() throws {
    // Commands run on the main thread; the loop lives there.
    try MainActor.assumeIsolated { try browse() }
  }

  @MainActor
  private func browse() throws {
    let mode = DisplayMode.choose(self.mode)
    let keys = try SourceFactory.make(connection, cursorParameter: paging.afterParam)
    let filter = try self.filter.parsed()
    let isScript = mode.isPlain && !PlainBrowse.isConversation(source)
    let memory = SessionMemory(host: isScript ? nil : ServerChoice.label(connection), screen: screen)
    let configuration = configuration(keys, mode)
    guard let queue = EventQueue() else { throw CommandFailure.lack(APIKEYS_LACK_DESCRIPTORS) }
    if mode.isPlain {
      let state = DashboardState(configuration: configuration, settings: memory.settings, order: request.order)
      let status = try PlainBrowse.run(
        state: state, filter: filter, source: keys, queue: queue, services: memory.services, reason: mode.reason,
        isStrict: strict)
      WorkerPool.shared.wait { await keys.close() }
      throw ExitCode(status)
    }
    let terminal = try openTerminal(memory.settings)
    let size = terminal.size
    var state = DashboardState(
      configuration: configuration, settings: memory.settings, order: request.order, columns: size.columns,
      rows: size.rows, now: LocalTime.now())
    state.begin(with: filter)
    state.rememberFilters(memory.history)
    if let notice = terminal.notice { _ = reduce(&state, .notice(.note, notice), now: LocalTime.now()) }
    let loop = EventLoop(
      state: state, source: keys, terminal: CursesDevice(terminal), queue: queue,
      services: memory.services, render: { DashboardScreen.frame(of: $0, keepingDetailOf: $1) })
    let ending = loop.run()
    terminal.close()
    // The source is not closed: the system closes its connections with the process, and waiting here would first move
    // the main thread's work to another thread.
    switch ending {
    // Not thrown: the library would parse all options again only to print nothing.
    case .status(let status): endProcess(status)
    case .signal(let number): apikeys_signals_die(number)
    case .terminalGone: apikeys_signals_die(SIGHUP)
    }
  }

  private func configuration(_ keys: any KeySource, _ mode: DisplayMode) -> DashboardConfiguration {
    var configuration = DashboardConfiguration(
      sourceLabel: keys.label, isFile: source.from != nil, isRereadable: keys.isRereadable,
      hasBothOrders: keys.hasBothOrders, pageSize: paging.pageSize, isPlain: mode.isPlain,
      localTime: { LocalTime.zone(at: $0) })
    configuration.cursorParameter = paging.afterParam
    configuration.limits = reading.loadLimits
    return configuration
  }

  @MainActor
  private func openTerminal(_ settings: DisplaySettings) throws(CommandFailure) -> CursesTerminal {
    var terminalOptions = TerminalOptions()
    terminalOptions.color = screen.usesColor
    terminalOptions.mouse = settings.mouse
    terminalOptions.theme = settings.theme
    do {
      return try CursesTerminal(options: terminalOptions)
    } catch TerminalError.noDescriptors {
      throw .lack(APIKEYS_LACK_DESCRIPTORS)
    } catch {
      throw .terminal(error.message)
    }
  }
}
