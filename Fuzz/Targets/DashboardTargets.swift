import APIKeyClient
import APIKeyModel
import DashboardCore
import DashboardPlain
import DashboardScreen
import KeyLoading
import KeyTable
import TerminalCore

/// Forty keys, some with odd fields, as one page.
private let sampleBatch: KeyBatch = {
  var batch = KeyBatch()
  for number in 0..<40 {
    batch.append(
      APIKey(
        id: number % 7 == 0 ? .opaque("odd \(number)") : .uuid(UUID128(high: 1, low: UInt64(number))),
        name: ["prod", "e\u{301}\u{4E2D}", "\u{202E}x", "ci-\(number)", ""][number % 5],
        created: number % 6 == 0 ? nil : CreatedDate(seconds: 1_700_000_000 + Int64(number) * 86_400 * 31),
        lastFour: number % 4 == 0 ? nil : "ab\(number)", creator: number % 3 == 0 ? nil : .opaque("c\(number % 3)"),
        restricted: number % 5 == 0 ? nil : number % 2 == 0,
        permissions: number % 2 == 0 ? PermissionSet(["calls.view", "new.kind"]) : nil))
  }
  return batch
}()

private let sampleTable: KeyTable = {
  var table = KeyTable()
  table.append(sampleBatch)
  return table
}()

private let now: Int64 = 1_790_000_000

extension FuzzTargets {
  /// The filter language: read or refused with a position in the text; what was read is evaluated both ways.
  static func filter(_ bytes: UnsafeBufferPointer<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    let length = text.unicodeScalars.count
    do throws(FilterError) {
      let filter = try Filter(parsing: text)
      let context = FilterContext(now: now)
      let rows = sampleTable.rows(matching: KeyQuery(filter: filter), context: context)
      expect((rows?.count ?? 0) <= sampleTable.count, "more rows than keys")
      expect((rows ?? RowList(count: 0)).allSatisfy { (0..<sampleTable.count).contains($0) }, "a row that is none")
      let first = sampleTable.rows(matching: KeyQuery(filter: filter), context: context, within: rows)
      expect(first?.array == rows?.array, "a narrowed search found something else")
    } catch {
      expect((1...max(length + 1, 1)).contains(error.column), "column \(error.column) of \(length)")
      expect(!error.message.isEmpty, "no message")
    }
    for caret in [0, length / 2, length] {
      for candidate in FilterCompletion.candidates(text, caret: caret, table: sampleTable) {
        expect((0...length).contains(candidate.range.lowerBound) && candidate.range.upperBound <= length, "range")
      }
    }
  }

  /// Key presses: any sequence keeps the state such that it can be drawn, at any size.
  static func keys(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count > 2 else { return }
    let columns = Int(bytes[0]) % 130
    let rows = Int(bytes[1]) % 40
    var dashboard = loadedDashboard
    dashboard.send(.resized(columns: columns, rows: rows))
    for byte in bytes.dropFirst(2).prefix(14) {
      dashboard.send(.keyPress(press(byte)))
      if byte == 0xFE { dashboard.send(.resized(columns: rows, rows: columns)) }
    }
    // Drawing costs far more than a press; a state that cannot be drawn seldom recovers.
    dashboard.draw()
    let text = String(decoding: bytes, as: UTF8.self)
    if let chord = KeyChord(parsing: text) { expect(KeyChord(parsing: chord.label) == chord, "\(chord.label)") }
  }

  private static func press(_ byte: UInt8) -> KeyPress {
    switch byte {
    case 0x80: KeyPress(.up)
    case 0x81: KeyPress(.down)
    case 0x82: KeyPress(.left)
    case 0x83: KeyPress(.right)
    case 0x84: KeyPress(.pageUp)
    case 0x85: KeyPress(.pageDown)
    case 0x86: KeyPress(.home)
    case 0x87: KeyPress(.end)
    case 0x88: KeyPress(.backTab)
    case 0x89: KeyPress(.delete)
    case 0x8A...0x8F: KeyPress(.function(Int(byte) - 0x89))
    case 0x90...0x9F: KeyPress(.mouse(MouseEvent(row: Int(byte) - 0x91, column: Int(byte) * 3 - 0x1B1, scroll: 0)))
    case 0xA0...0xAF: KeyPress(.mouse(MouseEvent(row: 5, column: 5, scroll: Int(byte) % 3 - 1)))
    case 0xB0...0xBF: KeyPress(.paste("a\r\(byte)\u{202E}"))
    default: KeyPress(scalar: Unicode.Scalar(byte))
    }
  }

  /// Lines of plain mode: any line has a response, and the response is sanitized.
  static func plainLines(_ bytes: UnsafeBufferPointer<UInt8>) {
    var conversation = greetedConversation
    for line in bytes.split(separator: 0x0A).prefix(3) {
      conversation.take(conversation.session.handle(line: String(decoding: line, as: UTF8.self), now: now))
      conversation.check(conversation.session.takeNotices())
    }
  }
}

/// Plain mode whose effects complete at once, and whose every line is checked.
private struct FuzzedConversation {
  var session = PlainSession(
    state: DashboardState(
      configuration: DashboardConfiguration(sourceLabel: "\u{1B}[2Jhost", isPlain: true), now: now), reason: "fuzz")

  func check(_ lines: [PlainLine]) {
    for line in lines.map(\.printed) {
      FuzzTargets.expect(
        line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }, "a control: \(line)")
    }
  }

  mutating func take(_ answer: (lines: [PlainLine], effects: [Effect])) {
    check(answer.lines)
    var waiting = answer.effects
    var steps = 0
    while !waiting.isEmpty, steps < 50 {
      steps += 1
      var action: Action?
      switch waiting.removeFirst() {
      case .load(let id, _): action = .pageLoaded(id, .success(KeyPage(keys: sampleBatch, hasMore: false)))
      case .evaluate(let evaluation):
        let rows = evaluation.rows() ?? RowList(count: 0)
        action = .evaluated(evaluation.id, rows, searched: evaluation.table.count)
      case .export(let request):
        action = .exported(.failure(ExportProblem(sentence: "No \(request.path).", exitCode: 73)))
      default: break
      }
      guard let action else { continue }
      let more = session.handle(action: action, now: now)
      check(more.lines)
      waiting += more.effects
    }
  }
}

private let greetedConversation: FuzzedConversation = {
  var conversation = FuzzedConversation()
  conversation.take(conversation.session.greet(now: now))
  return conversation
}()

private let loadedDashboard: FuzzedDashboard = {
  var dashboard = FuzzedDashboard(columns: 80, rows: 24)
  dashboard.send(.start)
  return dashboard
}()

/// A dashboard whose effects complete at once.
private struct FuzzedDashboard {
  var state: DashboardState

  init(columns: Int, rows: Int) {
    state = DashboardState(
      configuration: DashboardConfiguration(sourceLabel: "fuzz"), columns: columns, rows: rows, now: now)
  }

  mutating func send(_ action: Action) {
    var waiting = reduce(&state, action, now: now)
    var steps = 0
    while !waiting.isEmpty, steps < 50 {
      steps += 1
      switch waiting.removeFirst() {
      case .load(let id, _):
        waiting += reduce(
          &state, .pageLoaded(id, .success(KeyPage(keys: sampleBatch, hasMore: false))), now: now)
      case .evaluate(let evaluation):
        let rows = evaluation.rows() ?? RowList(count: 0)
        waiting += reduce(&state, .evaluated(evaluation.id, rows, searched: evaluation.table.count), now: now)
      case .export(let request):
        waiting += reduce(&state, .exported(.success(ExportOutcome(path: request.path, count: 0))), now: now)
      default: break
      }
    }
  }

  func draw() {
    let frame = DashboardScreen.frame(of: state)
    if let caret = frame.caret {
      FuzzTargets.expect(
        (0..<max(frame.height, 1)).contains(caret.row) && (0..<max(frame.width, 1)).contains(caret.column),
        "the cursor is at \(caret) of \(frame.width) by \(frame.height)")
    }
  }
}
