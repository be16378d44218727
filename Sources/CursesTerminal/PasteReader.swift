import TerminalCore

/// Gathers pasted text between the terminal's two marks, so that none of it is taken for key presses.
struct PasteReader {
  /// Most scalars kept of one paste; no line of the dashboard takes more.
  static let maximumScalars = 4096
  /// A paste whose end mark never came is over once nothing was received for so long: no terminal can lock the keys.
  static let patience: Duration = .seconds(1)

  private var scalars: String.UnicodeScalarView?
  private var count = 0
  /// A paste was abandoned, and what still comes may be the rest of it: it is dropped until the end mark or a pause.
  private(set) var isDropping = false
  private var lastReceived = ContinuousClock.now

  /// What one read of the terminal means for a paste.
  enum Piece {
    case begin
    case end
    case character(Unicode.Scalar)
    case other
  }

  /// True between the two marks.
  var isReading: Bool { scalars != nil }

  /// Ends a paste that was left open, before input is read that comes late.
  mutating func giveUpIfStale(now: ContinuousClock.Instant) -> KeyPress? {
    guard now - lastReceived > PasteReader.patience else { return nil }
    isDropping = isReading
    return isReading ? finish() : nil
  }

  /// Takes a piece; true when it belongs to a paste. `press` is set at the end of one.
  mutating func take(_ piece: Piece, now: ContinuousClock.Instant, press: inout KeyPress?) -> Bool {
    lastReceived = now
    switch piece {
    case .begin:
      isDropping = false
      if !isReading {
        scalars = String.UnicodeScalarView()
        count = 0
      }
      return true
    case .end:
      // An end without a beginning means nothing, or the end of an abandoned paste.
      isDropping = false
      press = isReading ? finish() : nil
      return true
    case .character(let scalar):
      guard isReading else { return isDropping }
      if count < PasteReader.maximumScalars { scalars?.append(scalar) }
      count += 1
      return true
    case .other: return isReading || isDropping
    }
  }

  /// What came late was a key after all.
  mutating func stopDropping() { isDropping = false }

  private mutating func finish() -> KeyPress {
    let text = scalars.map { String($0) } ?? ""
    scalars = nil
    return KeyPress(.paste(text))
  }
}
