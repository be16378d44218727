import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import DashboardCore
import DashboardScreen
import KeyLoading
import KeyTable
import TerminalCore

@testable import DashboardPlain
@testable import apikeys_tui

/// The dashboard or plain mode in this process, over the real client: pages are asked for when the driver says so, so
/// that the server can change, and the user act, while a request waits.
struct FrontEnd {
  private enum Face {
    case screen(DashboardState)
    case plain(PlainSession)
  }

  private var face: Face
  private let source: HTTPKeySource
  private var loads: [(id: LoadID, request: PageRequest)] = []
  private(set) var lines: [String] = []
  private(set) var hasEnded = false

  /// The real client; its tries are as ever, without the pauses.
  static func source(_ url: String) throws -> HTTPKeySource {
    var options = HTTPOptions()
    options.token = SecretToken(utf8: Array("differential-token".utf8))
    options.retries.firstPause = 1
    return HTTPKeySource(address: try ServerAddress(parsing: url), options: options)
  }

  init(_ begin: DriverCommand, source: HTTPKeySource) {
    self.source = source
    let isPlain = begin.front == "plain"
    let configuration = DashboardConfiguration(
      sourceLabel: source.label, pageSize: begin.pageSize, isPlain: isPlain, localTime: { _ in nil })
    let state = DashboardState(
      configuration: configuration, columns: begin.columns ?? 80, rows: begin.rows ?? 24, now: begin.now)
    if isPlain {
      var session = PlainSession(state: state, reason: "--plain was given", isPiped: true)
      let answer = session.greet(now: begin.now)
      face = .plain(session)
      lines += answer.lines.map(\.printed)
      perform(answer.effects, now: begin.now)
    } else {
      face = .screen(state)
      send(.start, now: begin.now)
    }
  }

  var waiting: Int { loads.count }
  var isCountingDown: Bool { state.wakeTime != nil }
  var rows: [String] {
    guard case .screen(let state) = face else { return [] }
    return DashboardScreen.frame(of: state).textGrid()
  }
  var hasPrompt: Bool {
    guard case .screen(let state) = face else { return false }
    return state.input.prompt != nil
  }

  mutating func takeLines() -> [String] {
    if case .plain(var session) = face {
      lines += session.takeNotices().map(\.printed)
      face = .plain(session)
    }
    defer { lines = [] }
    return lines
  }

  // MARK: What the user does

  mutating func press(_ chords: [String], now: Int64) {
    for chord in chords {
      for press in KeyChord(parsing: chord)?.presses ?? [] { send(.keyPress(press), now: now) }
    }
  }

  mutating func type(_ text: String, now: Int64) {
    for scalar in text.unicodeScalars { send(.keyPress(KeyPress(.character(scalar))), now: now) }
  }

  mutating func enter(_ line: String, now: Int64) {
    guard case .plain(var session) = face else { return }
    let answer = session.handle(line: line, now: now)
    face = .plain(session)
    lines += answer.lines.map(\.printed)
    perform(answer.effects, now: now)
  }

  // MARK: What the world does

  /// Asks the server for the page that has waited longest.
  mutating func answer(now: Int64) async {
    guard !loads.isEmpty else { return }
    let (id, request) = loads.removeFirst()
    let result: Result<KeyPage, KeySourceError>
    do throws(KeySourceError) {
      result = .success(try await source.page(request))
    } catch {
      result = .failure(error)
    }
    send(.pageLoaded(id, result), now: now)
  }

  /// Lets a wait pass.
  mutating func wake(now: Int64) { send(.clock, now: now) }

  private mutating func send(_ action: Action, now: Int64) {
    switch face {
    case .screen(var state):
      let effects = reduce(&state, action, now: now)
      face = .screen(state)
      perform(effects, now: now)
    case .plain(var session):
      let answer = session.handle(action: action, now: now)
      face = .plain(session)
      lines += answer.lines.map(\.printed)
      perform(answer.effects, now: now)
    }
  }

  private var state: DashboardState {
    switch face {
    case .screen(let state): state
    case .plain(let session): session.state
    }
  }

  private mutating func perform(_ effects: [Effect], now: Int64) {
    for effect in effects {
      switch effect {
      case .load(let id, let request): loads.append((id, request))
      case .cancelLoad(let id): loads.removeAll { $0.id == id }
      case .continueLoad(let id): send(.loadContinues(id), now: now)
      case .evaluate(let evaluation):
        let rows = evaluation.rows() ?? RowList(count: 0)
        send(.evaluated(evaluation.id, rows, searched: evaluation.table.count), now: now)
      case .export(let request): send(.exported(DashboardExport.write(request)), now: now)
      case .quit: hasEnded = true
      default: break
      }
    }
  }
}
