package import APIKeyClient
import APIKeyModel
package import DashboardCore
import KeyLoading
package import TerminalCore
import WorkerPool

/// What the event loop cannot do itself, given by the program.
package struct RuntimeServices: Sendable {
  /// Seconds since the epoch.
  package var now: @Sendable () -> Int64
  package var export: @Sendable (ExportRequest) -> Result<ExportOutcome, ExportProblem>
  /// Keeps what the user chose for the next session; gives a sentence where it cannot.
  package var saveSettings: @Sendable (DisplaySettings) -> String?
  package var saveHistory: @Sendable ([String]) -> String?

  package init(
    now: @escaping @Sendable () -> Int64,
    export: @escaping @Sendable (ExportRequest) -> Result<ExportOutcome, ExportProblem>,
    saveSettings: @escaping @Sendable (DisplaySettings) -> String? = { _ in nil },
    saveHistory: @escaping @Sendable ([String]) -> String? = { _ in nil }
  ) {
    self.now = now
    self.export = export
    self.saveSettings = saveSettings
    self.saveHistory = saveHistory
  }
}

/// The one loop that owns the state and the terminal: it drains every waiting event, then draws once.
@MainActor
package final class EventLoop {
  /// How the program ends.
  package enum Ending: Equatable, Sendable {
    case status(Int32)
    case signal(Int32)
    case terminalGone
  }

  private var state: DashboardState
  private let terminal: any TerminalDevice
  private let queue: EventQueue
  private let runner: EffectRunner
  private let services: RuntimeServices
  private let render: Render
  private var ending: Ending?
  private var runningExports = 0
  /// Nothing is drawn unless something was reduced.
  private var schedule = DrawSchedule()
  private var shown: Shown?
  /// A key was pressed and the filter has no result since then: its result is not a load's progress.
  private var isResultAwaited = false

  /// Makes a frame; with a frame given, the detail's cells are taken from it.
  package typealias Render = @MainActor (_ state: DashboardState, _ keepingDetailOf: Frame?) -> Frame

  /// What is on the screen.
  private struct Shown {
    var frame: Frame
    var layout: Layout
    /// Whose detail is shown; nil where no detail is.
    var detail: KeyIdentifier?
  }

  package init(
    state: DashboardState, source: any KeySource, terminal: any TerminalDevice, queue: EventQueue,
    services: RuntimeServices, render: @escaping Render
  ) {
    self.state = state
    self.terminal = terminal
    self.queue = queue
    self.services = services
    self.render = render
    runner = EffectRunner(source: source, queue: queue)
  }

  /// Runs until the user leaves, a signal ends it, or the terminal is gone.
  package func run() -> Ending {
    // The first frame is on screen before anything is asked of the network.
    drawIfNeeded()
    dispatch(.start)
    while ending == nil || mustFinishExports {
      drawIfNeeded()
      let wait = [schedule.wait(at: MonotonicClock.milliseconds()), millisecondsToClock].compactMap { $0 }.min()
      handle(terminal.waitForEvents(wakeDescriptor: queue.wakeDescriptor, milliseconds: wait))
    }
    runner.stop()
    return ending ?? .status(0)
  }

  /// Leaving by oneself waits for files that are being written; a signal or a lost terminal does not.
  private var mustFinishExports: Bool {
    if case .status = ending { runningExports > 0 } else { false }
  }

  private func handle(_ events: TerminalEvents) {
    if events.contains(.hangup) {
      ending = .terminalGone
      return
    }
    if events.contains(.terminate) {
      ending = .signal(terminal.terminationSignal)
      return
    }
    if events.contains(.stop) { suspend() }
    if events.contains(.resumed) {
      terminal.redrawAll()
      resize()
    }
    if events.contains(.resized) { resize() }
    if events.contains(.input) {
      schedule.receiveInput(at: MonotonicClock.milliseconds())
      isResultAwaited = true
      for press in terminal.readInput() where ending == nil { dispatch(press) }
    }
    if events.contains(.wake) {
      for action in queue.drain() where ending == nil || mustFinishExports {
        take(action)
      }
    }
    if let time = state.wakeTime, services.now() >= time, ending == nil { dispatch(.clock) }
  }

  /// Milliseconds until the state wants to hear of the time; nil while it does not: then nothing wakes the loop.
  private var millisecondsToClock: Int64? {
    state.wakeTime.map { max($0 - services.now(), 0) * 1000 }
  }

  private func dispatch(_ press: KeyPress) {
    if case .mouse(let event) = press.code {
      dispatch(.mouse(row: event.row, column: event.column, scroll: event.scroll))
    } else {
      dispatch(.keyPress(press))
    }
  }

  private func take(_ action: Action) {
    switch action {
    case .pageLoaded(let id, _): runner.finished(id)
    case .exported: runningExports -= 1
    default: break
    }
    dispatch(action)
  }

  /// Writes away from the main actor: keys, signals and the screen go on meanwhile.
  private func export(_ request: ExportRequest) {
    runningExports += 1
    Task.detached(executorPreference: WorkerPool.shared) { [services, queue] in
      queue.post(.exported(services.export(request)))
    }
  }

  private func resize() {
    let size = terminal.size
    dispatch(.resized(columns: size.columns, rows: size.rows))
  }

  private func drawIfNeeded() {
    guard ending == nil else { return }
    let drawing = schedule.draw(at: MonotonicClock.milliseconds(), detailCanWait: detailCanWait)
    guard drawing != .nothing else { return }
    let frame = render(state, drawing == .listFirst ? shown?.frame : nil)
    let hasDetail = !state.views.hasOverlay && state.layout.showsBoth
    shown = Shown(
      frame: frame, layout: state.layout,
      detail: drawing == .listFirst ? shown?.detail : hasDetail ? state.list.selection : nil)
    terminal.present(frame)
  }

  /// Whether the detail on the screen may stay while the list moves on.
  private var detailCanWait: Bool {
    guard let shown, shown.detail != nil, shown.detail != state.list.selection else { return false }
    return state.detail.pane == .list && !state.views.hasOverlay && shown.layout == state.layout
  }

  private func suspend() {
    terminal.suspend()
    terminal.redrawAll()
    resize()
  }

  private func dispatch(_ action: Action) {
    let wasFull = state.query.visible.count >= state.layout.listRows
    let effects = reduce(&state, action, now: services.now())
    schedule.receiveChange(isProgress: wasFull && isProgress(action))
    for effect in effects where ending == nil { perform(effect) }
  }

  /// Whether an action only reports the progress of a load.
  private func isProgress(_ action: Action) -> Bool {
    switch action {
    case .pageLoaded, .loadContinues: return state.load.isBusy
    case .evaluated:
      defer { isResultAwaited = false }
      return state.load.isBusy && !isResultAwaited
    default: return false
    }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .load(let id, let request): runner.load(id, request)
    case .cancelLoad(let id): runner.cancel(id)
    case .continueLoad(let id): queue.post(.loadContinues(id))
    case .returnMemory: runner.returnMemory()
    case .evaluate(let evaluation):
      if let result = runner.evaluate(evaluation) { dispatch(result) }
    case .copyToClipboard(let text): terminal.sendToClipboard(text.string)
    case .export(let request): export(request)
    case .printLines(let lines):
      terminal.printLines(lines)
      terminal.redrawAll()
    case .redraw: terminal.redrawAll()
    case .suspend: suspend()
    case .setMouse(let isOn): terminal.setMouse(isOn)
    case .setTheme(let theme): terminal.setTheme(theme)
    case .saveSettings(let settings):
      if let problem = services.saveSettings(settings) { dispatch(.notice(.error, problem)) }
    case .saveHistory(let lines):
      if let problem = services.saveHistory(lines) { dispatch(.notice(.error, problem)) }
    case .quit(let status): ending = .status(status)
    }
  }
}
