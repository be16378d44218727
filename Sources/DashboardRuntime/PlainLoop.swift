import APIKeyClient
import DashboardCore
import WorkerPool

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

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
    reader = LineReader(descriptor: device.input)
    isInteractive = isatty(device.input) == 1 && isatty(device.output) == 1
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
      wait(forInput: false, milliseconds: -1)
    }
  }

  // MARK: Input

  /// Whether a first command comes through the pipe; waits for it or for the end of it. A terminal as input with
  /// output elsewhere has none.
  private func hasPipedCommand() -> Bool {
    guard isatty(device.input) == 0 else { return false }
    while ending == nil, !reader.isAtEnd, !reader.hasLine { wait(forInput: true, milliseconds: -1) }
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
      if wait(forInput: true, milliseconds: -1) { return }
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
  private func wait(forInput: Bool, milliseconds: Int32) -> Bool {
    var descriptors = [
      pollfd(fd: queue.wakeDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: device.signals, events: Int16(POLLIN), revents: 0),
      // A terminal that goes away ends the program even while it waits for the network, and with SIGHUP ignored. The
      // end of a pipe of commands is no such thing.
      pollfd(
        fd: forInput || isInteractive ? device.input : -1, events: forInput ? Int16(POLLIN) : 0, revents: 0),
    ]
    guard poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 else { return false }
    var wasInterrupted = false
    if descriptors[1].revents != 0 { wasInterrupted = takeSignals() }
    if descriptors[0].revents != 0 {
      for action in queue.drain() {
        if case .exported = action { runningExports -= 1 }
        if ending == nil { take(action) }
      }
    }
    if descriptors[2].revents != 0 {
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
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = read(device.signals, &buffer, buffer.count)
    var wasInterrupted = false
    for byte in buffer.prefix(max(count, 0)) {
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

  // MARK: Output

  private func deliver(_ answer: (lines: [String], effects: [Effect])) {
    say(answer.lines)
    for effect in answer.effects where ending == nil { perform(effect) }
  }

  private func say(_ lines: [String]) {
    let columns = isInteractive && !dialogue.isExact ? columnsOfTerminal() : 0
    let rows = columns > 0 ? lines.flatMap { LineFolding.rows($0, columns: columns) } : lines
    if !rows.isEmpty { write(rows.map { $0 + "\n" }.joined()) }
  }

  /// 0 where the terminal does not say; asked each time, because windows are resized.
  private func columnsOfTerminal() -> Int {
    var size = winsize()
    return ioctl(device.output, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count, ending == nil {
      let count = bytes[start...].withUnsafeBytes { systemWrite(device.output, $0) }
      if count > 0 {
        start += count
      } else if errno != EINTR {
        ending = errno == EPIPE || errno == EIO ? .terminalGone : .status(74)
      }
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

/// `write` of the system, out of the way of the method of that name.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
