package import APIKeyClient
import DashboardCore
import Glibc
import SystemIO
import WorkerPool

/// The loop of plain mode: prompts, reads lines, prints answers. The terminal stays as it was found.
///
/// Nothing is printed while the user types: answers of the network change the state, and what they have to say comes
/// before the next prompt. When input or output is no terminal there is no prompt: lines that are piped in are
/// commands, and without any the list is printed.
@MainActor
package final class PlainLoop<Dialogue: PlainDialogue> {
  private var dialogue: Dialogue
  private let device: PlainDevice
  private let queue: EventQueue
  private let runner: EffectRunner
  private let services: RuntimeServices
  private var reader: LineReader
  private var ending: EventLoop.Ending?
  private let isInteractive: Bool
  private var runningExports = 0

  package init(
    dialogue: Dialogue, source: any KeySource, queue: EventQueue, device: PlainDevice, services: RuntimeServices
  ) {
    self.dialogue = dialogue
    self.device = device
    self.queue = queue
    self.services = services
    runner = EffectRunner(source: source, queue: queue)
    reader = LineReader(descriptor: Descriptor(device.input))
    isInteractive = PlainDevice.isTerminal(device.input) && PlainDevice.isTerminal(device.output)
  }

  /// Runs to `quit`, the end of input, two interrupts or a signal.
  package func run() -> EventLoop.Ending {
    if isInteractive || hasPipedCommand() {
      deliver(dialogue.greet(now: services.now()))
      waitForAnswer()
      while ending == nil { takeOneLine() }
    } else if ending == nil {
      deliver(dialogue.printList(now: services.now()))
      waitForAnswer()
      if ending == nil { ending = .status(dialogue.listStatus) }
    }
    finishExports()
    runner.stop()
    return ending ?? .status(0)
  }

  /// Leaving by oneself waits for files that are being written; an interrupt, a signal or a lost terminal does not.
  private func finishExports() {
    while runningExports > 0, case .status(let status) = ending, status != 130 {
      wait(forInput: false, milliseconds: nil)
    }
  }

  // MARK: Input

  /// Whether a first command comes through the pipe; waits for it or for the end of it. A terminal as input with
  /// output elsewhere has none.
  private func hasPipedCommand() -> Bool {
    guard !PlainDevice.isTerminal(device.input) else { return false }
    while ending == nil, !reader.isAtEnd, !reader.hasLine { wait(forInput: true, milliseconds: nil) }
    return reader.hasLine
  }

  private func takeOneLine() {
    say(dialogue.takeNotices())
    if isInteractive { write(dialogue.promptText) }
    while ending == nil {
      if let line = reader.next() {
        deliver(dialogue.handle(line: line, now: services.now()))
        waitForAnswer()
        return
      }
      if reader.isAtEnd {
        // The end of input is no line: the answer starts on a line of its own.
        if isInteractive { write("\n") }
        deliver(dialogue.endOfInput())
        return
      }
      if wait(forInput: true, milliseconds: nil) { return }
    }
  }

  /// Takes what the network sends until the command has its answer: says so after one second, then every ten.
  private func waitForAnswer() {
    let start = MonotonicClock.milliseconds()
    var spokenAt: Int64?
    while dialogue.isWaiting, ending == nil {
      let now = MonotonicClock.milliseconds()
      let due = spokenAt.map { $0 + device.progressRepeats } ?? start + device.progressBegins
      if now >= due {
        say([spokenAt == nil ? dialogue.workBegins() : dialogue.workGoesOn()])
        spokenAt = now
        continue
      }
      // The answer ends the wait inside deliver, so the closing line comes first.
      endsWork = spokenAt != nil
      wait(forInput: false, milliseconds: Int32(due - now))
    }
    endsWork = false
  }

  /// Set while a line said that work began.
  private var endsWork = false

  /// Sleeps until something happens, and takes it. True when the user interrupted.
  @discardableResult
  private func wait(forInput: Bool, milliseconds: Int32?) -> Bool {
    let input = Descriptor(device.input)
    var waiting = PollSet([
      .readable(Descriptor(queue.wakeDescriptor)), .readable(Descriptor(device.signals)),
      // A terminal that goes away ends the program even while it waits for the network, and with SIGHUP ignored. The
      // end of a pipe of commands is no such thing.
      forInput ? .readable(input) : .gone(isInteractive ? input : nil),
    ])
    guard waiting.wait(milliseconds: milliseconds) == .ready else { return false }
    var wasInterrupted = false
    if waiting.isReady(1) { wasInterrupted = takeSignals() }
    if waiting.isReady(0) {
      for action in queue.drain() {
        if case .exported = action { runningExports -= 1 }
        if ending == nil { take(action) }
      }
    }
    if waiting.isReady(2) {
      if !forInput {
        ending = .terminalGone
      } else if !wasInterrupted {
        reader.fill()
      }
    }
    return wasInterrupted
  }

  private func take(_ action: Action) {
    switch action {
    case .pageLoaded(let id, _): runner.finished(id)
    default: break
    }
    let wasWaiting = dialogue.isWaiting
    let answer = dialogue.handle(action: action, now: services.now())
    if wasWaiting, !dialogue.isWaiting, endsWork {
      endsWork = false
      say([dialogue.workEnds()])
    }
    deliver(answer)
  }

  private func takeSignals() -> Bool {
    var wasInterrupted = false
    for byte in waitingSignals() {
      switch Int32(byte) {
      case SIGINT where ending == nil:
        // It ends what is under way, and the program only where that says so.
        device.goOn(SIGINT)
        wasInterrupted = true
        reader.discard()
        // The terminal shows ^C on the line of the prompt.
        if isInteractive { write("\n") }
        deliver(dialogue.interrupt(now: services.now()))
        if !isInteractive, ending == nil { ending = .status(130) }
      case Int32(UInt8(ascii: "Z")): device.suspend()
      case Int32(UInt8(ascii: "C")), Int32(UInt8(ascii: "W")): break
      case let number: ending = .signal(number)
      }
    }
    return wasInterrupted
  }

  /// What waits in the signals' pipe, a byte each.
  private func waitingSignals() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 64)
    do throws(SystemError) {
      let count = try Descriptor(device.signals).read(into: &buffer)
      return Array(buffer[..<count])
    } catch {
      return []
    }
  }

  // MARK: Output

  private func deliver(_ answer: (lines: [PlainLine], effects: [Effect])) {
    say(answer.lines)
    for effect in answer.effects where ending == nil { perform(effect) }
  }

  private func say(_ lines: [PlainLine]) {
    let columns = isInteractive && !dialogue.isExact ? columnsOfTerminal() : 0
    let printed = lines.map(\.printed)
    let rows = columns > 0 ? printed.flatMap { LineFolding.rows($0, columns: columns) } : printed
    if !rows.isEmpty { write(rows.map { $0 + "\n" }.joined()) }
  }

  /// 0 where the terminal does not say; asked each time, because windows are resized.
  private func columnsOfTerminal() -> Int {
    var size = winsize()
    return ioctl(device.output, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
  }

  private func write(_ text: String) {
    guard ending == nil else { return }
    do throws(SystemError) {
      try Descriptor(device.output).writeAll(Array(text.utf8))
    } catch {
      ending = error == .closedPipe || error == .deviceGone ? .terminalGone : .status(74)
    }
  }

  /// Writes beside the loop, so that a signal or an interrupt need not wait for it.
  private func export(_ request: ExportRequest) {
    runningExports += 1
    Task.detached(executorPreference: WorkerPool.shared) { [services, queue] in
      queue.post(.exported(services.export(request)))
    }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .load(let id, let request): runner.load(id, request)
    case .cancelLoad(let id): runner.cancel(id)
    case .continueLoad(let id): queue.post(.loadContinues(id))
    case .returnMemory: runner.returnMemory()
    case .evaluate(let evaluation):
      if let result = runner.evaluate(evaluation) { take(result) }
    case .export(let request): export(request)
    case .suspend: device.suspend()
    case .saveSettings(let settings):
      if let problem = services.saveSettings(settings) { take(.notice(.error, problem)) }
    case .saveHistory(let lines):
      if let problem = services.saveHistory(lines) { take(.notice(.error, problem)) }
    case .quit(let status): ending = .status(status)
    // Nothing is drawn here, and what is copied was said.
    case .copyToClipboard, .printLines, .redraw, .setMouse, .setTheme: break
    }
  }
}
