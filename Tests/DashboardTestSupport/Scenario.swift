import APIKeyClient
import APIKeyModel
import DashboardCore
import DashboardScreen
import KeyLoading
import KeyTable
import TerminalCore
import Testing

/// A dashboard over a list of keys: effects are performed on demand, so that a test decides what is late.
package struct Scenario {
  /// 2026-11-24T06:00:00Z
  package static let now: Int64 = 1_795_500_000

  package var state: DashboardState
  package private(set) var now = Scenario.now
  /// The server's keys, newest first.
  package var keys: [APIKey]
  /// Every request asked for, answered or not.
  package private(set) var requests: [PageRequest] = []
  /// Requests not answered yet.
  package private(set) var waiting: [(id: LoadID, request: PageRequest)] = []
  package private(set) var evaluations: [Evaluation] = []
  /// Effects other than loads and evaluations.
  package private(set) var others: [Effect] = []
  /// Evaluations are answered at once unless a test holds them back.
  package var holdsEvaluations = false

  package init(
    keys count: Int, columns: Int = 80, rows: Int = 24, configure: (inout DashboardConfiguration) -> Void = { _ in }
  ) {
    var configuration = DashboardConfiguration(sourceLabel: "keys.example.com")
    configure(&configuration)
    state = DashboardState(configuration: configuration, columns: columns, rows: rows, now: Scenario.now)
    keys = (0..<count).map { Scenario.key($0) }
  }

  /// A dashboard that has read its first page, or all of a short list, and waits for nothing.
  package static func loaded(
    _ count: Int, columns: Int = 80, rows: Int = 24, change: (inout [APIKey]) -> Void = { _ in }
  ) -> Scenario {
    var scenario = Scenario(keys: count, columns: columns, rows: rows)
    change(&scenario.keys)
    scenario.send(.start)
    scenario.settle()
    return scenario
  }

  /// A dashboard that has read the whole list, 120 wide.
  package static func loadedWhole(_ count: Int) -> Scenario {
    var scenario = Scenario(keys: count, columns: 120, rows: 24)
    scenario.send(.start)
    scenario.press("G")
    scenario.settle()
    return scenario
  }

  /// Key number 0 is the newest; every third has full access, the others one permission.
  package static func key(_ number: Int, name: String? = nil) -> APIKey {
    APIKey(
      id: .uuid(UUID128(high: 0xA, low: UInt64(number + 1))), name: name ?? "key-\(number)",
      created: CreatedDate(seconds: now - Int64(number) * 86_400 - 300), lastFour: "000\(number % 10)",
      creator: .uuid(UUID128(high: 0xC, low: UInt64(number % 3))), restricted: number % 3 != 0,
      permissions: number % 3 == 0 ? nil : PermissionSet(["calls.view"]))
  }

  package static func batch(_ keys: some Sequence<APIKey>) -> KeyBatch {
    var batch = KeyBatch()
    for key in keys { batch.append(key) }
    return batch
  }

  @discardableResult
  package mutating func send(_ action: Action) -> [Effect] {
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
  package mutating func answerEvaluation() {
    guard let evaluation = evaluations.popLast() else { return }
    send(.evaluated(evaluation.id, evaluation.rows() ?? RowList(count: 0), searched: evaluation.table.count))
  }

  /// What the server answers.
  package func page(_ request: PageRequest) -> KeyPage {
    let ordered = request.order == .descending ? keys : keys.reversed()
    var start = 0
    if case .after(let id)? = request.cursor { start = (ordered.firstIndex { $0.id == id } ?? -1) + 1 }
    let slice = ordered[start..<min(start + request.limit, ordered.count)]
    return KeyPage(
      keys: Scenario.batch(slice), hasMore: slice.endIndex < ordered.count, lastID: slice.last?.id)
  }

  /// Answers the oldest request that waits; false when none does.
  @discardableResult
  package mutating func answer() -> Bool {
    guard !waiting.isEmpty else { return false }
    let (id, request) = waiting.removeFirst()
    send(.pageLoaded(id, .success(page(request))))
    return true
  }

  /// Delivers an answer, waited for or not.
  package mutating func deliver(_ id: LoadID, _ page: KeyPage) {
    waiting.removeAll { $0.id == id }
    send(.pageLoaded(id, .success(page)))
  }

  /// Answers the oldest request that waits with its page, and so many records beside its keys that cannot be read.
  package mutating func answer(unreadable: Int, reason: String? = nil) {
    guard let (id, request) = waiting.first else {
      Issue.record("no request waits")
      return
    }
    var page = page(request)
    page.unreadable = unreadable
    page.unreadableReason = reason
    deliver(id, page)
  }

  package mutating func advance(by seconds: Int64) { now += seconds }

  /// Lets the wait that the server asked for pass.
  package mutating func wakeAfterWaiting() {
    guard let until = state.load.wakeTime else { return }
    now = until
    send(.clock)
  }

  package mutating func fail(_ error: KeySourceError) {
    guard !waiting.isEmpty else { return }
    send(.pageLoaded(waiting.removeFirst().id, .failure(error)))
  }

  /// Answers until the dashboard rests.
  package mutating func settle() {
    var answers = 0
    while answers < 1000, answer() { answers += 1 }
  }

  /// Presses chords as the catalog writes them.
  package mutating func press(_ chords: String...) {
    for chord in chords {
      for press in KeyChord(parsing: chord)?.presses ?? [] { send(.keyPress(press)) }
    }
  }

  /// Types text into a prompt.
  package mutating func type(_ text: String) {
    for scalar in text.unicodeScalars { send(.keyPress(KeyPress(.character(scalar)))) }
  }

  package mutating func run(_ line: String) { send(.commandLine(line)) }

  package var selectedName: String? {
    state.list.selection.flatMap { state.table.row(of: $0) }.map { state.table.shownName(at: $0) }
  }
  package var visibleNames: [String] { state.query.visible.map { state.table.shownName(at: $0) } }
  package var status: String { StatusViewModel(state: state).status.string }
  package var message: String { state.messages.current?.text(isPlain: state.configuration.isPlain) ?? "" }
  /// The rows of the overlay on top.
  package var overlayRows: [OverlayRow] {
    state.views.top?.content?.rows ?? []
  }
  package var grid: [String] { DashboardScreen.frame(of: state).textGrid() }
  /// The text from the hardware cursor on; nil where it is hidden.
  package var textAtCaret: String? {
    let frame = DashboardScreen.frame(of: state)
    guard let caret = frame.caret, (0..<frame.height).contains(caret.row), (0..<frame.width).contains(caret.column)
    else { return nil }
    var text = ""
    for column in caret.column..<frame.width { text += frame[caret.row, column].text }
    return text
  }
}
