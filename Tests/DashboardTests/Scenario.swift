import APIKeyClient
import APIKeyModel
import DashboardScreen
import KeyLoading
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

/// A dashboard over a list of keys: effects are performed on demand, so that a test decides what is late.
struct Scenario {
  /// 2026-11-24T06:00:00Z
  static let now: Int64 = 1_795_500_000

  var state: DashboardState
  private(set) var now = Scenario.now
  /// The server's keys, newest first.
  var keys: [APIKey]
  /// Every request asked for, answered or not.
  private(set) var requests: [PageRequest] = []
  /// Requests not answered yet.
  private(set) var waiting: [(id: LoadID, request: PageRequest)] = []
  private(set) var evaluations: [Evaluation] = []
  /// Effects other than loads and evaluations.
  private(set) var others: [Effect] = []
  /// Evaluations are answered at once unless a test holds them back.
  var holdsEvaluations = false

  init(keys count: Int, columns: Int = 80, rows: Int = 24, configure: (inout DashboardConfiguration) -> Void = { _ in })
  {
    var configuration = DashboardConfiguration(sourceLabel: "keys.example.com")
    configure(&configuration)
    state = DashboardState(configuration: configuration, columns: columns, rows: rows, now: Scenario.now)
    keys = (0..<count).map { Scenario.key($0) }
  }

  /// Key number 0 is the newest; every third has full access, the others one permission.
  static func key(_ number: Int, name: String? = nil) -> APIKey {
    APIKey(
      id: .uuid(UUID128(high: 0xA, low: UInt64(number + 1))), name: name ?? "key-\(number)",
      created: CreatedDate(seconds: now - Int64(number) * 86_400 - 300), lastFour: "000\(number % 10)",
      creator: .uuid(UUID128(high: 0xC, low: UInt64(number % 3))), restricted: number % 3 != 0,
      permissions: number % 3 == 0 ? nil : PermissionSet(["calls.view"]))
  }

  static func batch(_ keys: some Sequence<APIKey>) -> KeyBatch {
    var batch = KeyBatch()
    for key in keys { batch.append(key) }
    return batch
  }

  @discardableResult
  mutating func send(_ action: Action) -> [Effect] {
    let effects = reduce(&state, action, now: now)
    for effect in effects {
      switch effect {
      case .load(let id, let request):
        requests.append(request)
        waiting.append((id, request))
      case .cancelLoad(let id): waiting.removeAll { $0.id == id }
      case .continueLoad(let id): send(.loadContinues(id))
      case .evaluate(let evaluation):
        evaluations.append(evaluation)
        if !holdsEvaluations { answerEvaluation() }
      default: others.append(effect)
      }
    }
    return effects
  }

  /// Answers the newest evaluation.
  mutating func answerEvaluation() {
    guard let evaluation = evaluations.popLast() else { return }
    send(.evaluated(evaluation.id, evaluation.rows() ?? RowList(count: 0), searched: evaluation.table.count))
  }

  /// What the server answers.
  func page(_ request: PageRequest) -> KeyPage {
    let ordered = request.order == .descending ? keys : keys.reversed()
    var start = 0
    if case .after(let id)? = request.cursor { start = (ordered.firstIndex { $0.id == id } ?? -1) + 1 }
    let slice = ordered[start..<min(start + request.limit, ordered.count)]
    return KeyPage(
      keys: Scenario.batch(slice), hasMore: slice.endIndex < ordered.count, lastID: slice.last?.id)
  }

  /// Answers the oldest request that waits; false when none does.
  @discardableResult
  mutating func answer() -> Bool {
    guard !waiting.isEmpty else { return false }
    let (id, request) = waiting.removeFirst()
    send(.pageLoaded(id, .success(page(request))))
    return true
  }

  /// Delivers an answer, waited for or not.
  mutating func deliver(_ id: LoadID, _ page: KeyPage) {
    waiting.removeAll { $0.id == id }
    send(.pageLoaded(id, .success(page)))
  }

  /// Answers the oldest request that waits with its page, and so many records beside its keys that cannot be read.
  mutating func answer(unreadable: Int, reason: String? = nil) {
    guard let (id, request) = waiting.first else {
      Issue.record("no request waits")
      return
    }
    var page = page(request)
    page.unreadable = unreadable
    page.unreadableReason = reason
    deliver(id, page)
  }

  mutating func advance(by seconds: Int64) { now += seconds }

  /// Lets the wait that the server asked for pass.
  mutating func wakeAfterWaiting() {
    guard let until = state.load.wakeTime else { return }
    now = until
    send(.clock)
  }

  mutating func fail(_ error: KeySourceError) {
    guard !waiting.isEmpty else { return }
    send(.pageLoaded(waiting.removeFirst().id, .failure(error)))
  }

  /// Answers until the dashboard rests.
  mutating func settle() {
    var answers = 0
    while answers < 1000, answer() { answers += 1 }
  }

  /// Presses chords as the catalog writes them.
  mutating func press(_ chords: String...) {
    for chord in chords {
      for press in KeyChord(parsing: chord)?.presses ?? [] { send(.keyPress(press)) }
    }
  }

  /// Types text into a prompt.
  mutating func type(_ text: String) {
    for scalar in text.unicodeScalars { send(.keyPress(KeyPress(.character(scalar)))) }
  }

  mutating func run(_ line: String) { send(.commandLine(line)) }

  var selectedName: String? {
    state.list.selection.flatMap { state.table.row(of: $0) }.map { state.table.shownName(at: $0) }
  }
  var visibleNames: [String] { state.query.visible.map { state.table.shownName(at: $0) } }
  var status: String { StatusViewModel(state: state).status.string }
  var message: String { state.messages.current?.text ?? "" }
  var grid: [String] { DashboardScreen.frame(of: state).textGrid() }
  /// The text from the hardware cursor on; nil where it is hidden.
  var textAtCaret: String? {
    let frame = DashboardScreen.frame(of: state)
    guard let caret = frame.caret, (0..<frame.height).contains(caret.row), (0..<frame.width).contains(caret.column)
    else { return nil }
    var text = ""
    for column in caret.column..<frame.width { text += frame[caret.row, column].text }
    return text
  }
}
