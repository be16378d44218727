/// Why a regular expression is refused: where, in Unicode scalars of its text from 0 (nil: as a whole), and a sentence.
struct RegexProblem: Error, Equatable {
  let place: Int?
  let sentence: String
  var suggestions: [String] = []
}

/// Rewrites what a user typed into RE2's language.
///
/// RE2 knows `\w`, `\d`, `\s` and `[[:alpha:]]` for ASCII only: they become classes of Unicode scalars here. What it
/// does not have, or would read as something else than other tools do, is refused with its position.
struct RegexTranslation {
  /// For RE2.
  private(set) var output = ""
  /// Where each piece of ``output`` begins, in UTF-8 bytes, and the scalar of the source it was made from.
  private var pieces: [(offset: Int, place: Int)] = []
  private var outputCount = 0
  private let source: [Unicode.Scalar]
  private var position = 0
  private var openGroups: [Int] = []

  /// What each class means inside of brackets.
  static let classes: [(name: String, set: String)] = [
    ("alnum", #"\p{L}\p{Nd}"#), ("alpha", #"\p{L}"#), ("ascii", #"\x00-\x7F"#), ("blank", #"\t\p{Zs}"#),
    ("cntrl", #"\p{Cc}"#), ("digit", #"\p{Nd}"#), ("graph", #"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}\p{Co}"#),
    ("lower", #"\p{Ll}"#), ("print", #"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}\p{Co}\p{Zs}"#), ("punct", #"\p{P}\p{S}"#),
    ("space", #"\t-\r\x{85}\p{Z}"#), ("upper", #"\p{Lu}"#), ("word", word), ("xdigit", "0-9A-Fa-f"),
  ]
  private static let word = #"\p{L}\p{M}\p{N}\p{Pc}"#
  /// Every scalar that is no white space: RE2 cannot turn a set round inside of brackets.
  private static let noSpace =
    #"\x00-\x08\x0E-\x1F\x21-\x{84}\x{86}-\x{9F}\x{A1}-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027}\x{202A}-\x{202E}"#
    + #"\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{10FFFF}"#

  init(_ source: String) throws(RegexProblem) {
    self.source = Array(source.unicodeScalars)
    while position < self.source.count { try next() }
    if let open = openGroups.last { throw refuse(open, "This `(` of the regular expression is never closed.") }
  }

  /// The scalar of the source that a byte of ``output`` was made from.
  func place(ofOutput offset: Int) -> Int? {
    offset < outputCount ? pieces.last { $0.offset <= offset }?.place : nil
  }

  private func refuse(_ place: Int, _ sentence: String, _ suggestions: [String] = []) -> RegexProblem {
    RegexProblem(place: place, sentence: sentence, suggestions: suggestions)
  }

  private func scalar(_ index: Int) -> Unicode.Scalar? { index < source.count ? source[index] : nil }

  private func starts(_ text: String, at index: Int) -> Bool {
    source[min(index, source.count)...].starts(with: text.unicodeScalars)
  }

  private mutating func emit(_ text: String, from place: Int) {
    pieces.append((outputCount, place))
    output += text
    outputCount += text.utf8.count
  }

  private mutating func copy(_ count: Int) {
    let end = min(position + count, source.count)
    for index in position..<end { emit(String(source[index]), from: index) }
    position = end
  }

  private mutating func next() throws(RegexProblem) {
    switch source[position] {
    case "\\": try escape()
    case "(": try group()
    case ")":
      if openGroups.popLast() == nil {
        throw refuse(position, "This `)` of the regular expression closes nothing.")
      }
      copy(1)
    case "[": try bracket()
    case "{": repetition()
    default: copy(1)
    }
  }

  /// `{,5}`, which RE2 would take as text.
  private mutating func repetition() {
    var end = position + 2
    while let digit = scalar(end), ("0"..."9").contains(digit) { end += 1 }
    if scalar(position + 1) == ",", end > position + 2, scalar(end) == "}" {
      emit("{0", from: position)
      position += 1
    }
    copy(1)
  }

  private mutating func escape() throws(RegexProblem) {
    guard let letter = scalar(position + 1) else { return copy(1) }
    switch letter {
    case "1"..."9": throw refuse(position, RegexTranslation.noBackReferences)
    case "w": replace("[\(RegexTranslation.word)]")
    case "W": replace("[^\(RegexTranslation.word)]")
    case "d": replace(#"\p{Nd}"#)
    case "D": replace(#"\P{Nd}"#)
    case "s": replace("[\(RegexTranslation.set(of: "space"))]")
    case "S": replace("[\(RegexTranslation.noSpace)]")
    case "C":
      throw refuse(position, #"`\C` is a byte, and texts are compared character by character: write `.` instead."#)
    // The engine would find it between the bytes of one character.
    case "B": throw refuse(position, #"`\B` is not supported: name the characters around it, such as `\w`."#)
    case "<", ">": throw refuse(position, "`\\\(letter)` is not supported: a word begins or ends at `\\b`.")
    case "`": throw refuse(position, #"`\`` is not supported: the text begins at `^`."#)
    case "'": throw refuse(position, #"`\'` is not supported: the text ends at `$`."#)
    case "Q":
      let start = position
      copy(2)
      while position < source.count, !starts(#"\E"#, at: position) { copy(1) }
      guard position < source.count else { throw refuse(start, #"This `\Q` needs a `\E` at its end."#) }
      copy(2)
    default: copy(2)
    }
  }

  private mutating func replace(_ text: String) {
    emit(text, from: position)
    position += 2
  }

  private static let noBackReferences =
    "Back references are not supported: a search in linear time cannot have them."
  private static let noLookAround =
    " is not supported: give two conditions instead, such as `name:/a/ -name:/b/`."

  private mutating func group() throws(RegexProblem) {
    openGroups.append(position)
    guard scalar(position + 1) == "?" else { return copy(1) }
    for text in ["(?=", "(?!"] where starts(text, at: position) {
      throw refuse(position, "Look-ahead with `\(text)`" + RegexTranslation.noLookAround)
    }
    for text in ["(?<=", "(?<!"] where starts(text, at: position) {
      throw refuse(position, "Look-behind with `\(text)`" + RegexTranslation.noLookAround)
    }
    if starts("(?P=", at: position) { throw refuse(position, RegexTranslation.noBackReferences) }
    if starts("(?:", at: position) { return copy(3) }
    if starts("(?P<", at: position) { return copy(4) }
    if starts("(?<", at: position) {
      emit("(?P<", from: position)
      position += 3
      return
    }
    var end = position + 2
    while let flag = scalar(end), "imsU-".unicodeScalars.contains(flag) { end += 1 }
    guard end > position + 2, scalar(end) == ":" || scalar(end) == ")" else {
      let shown = String(String.UnicodeScalarView(source[position..<min(position + 3, source.count)]))
      throw refuse(position, "The group `\(shown)` is not supported: there are `(…)`, `(?:…)` and `(?i)`.")
    }
    copy(end - position)
  }

  // MARK: Brackets

  private static func set(of name: String) -> String { classes.first { $0.name == name }?.set ?? "" }

  /// One `[…]`, with the classes in it written out.
  private mutating func bracket() throws(RegexProblem) {
    let start = position
    position += 1
    let isNegated = scalar(position) == "^"
    if isNegated { position += 1 }
    let first = position
    var content: [(text: String, place: Int)] = []
    // A class that cannot be written as part of a set.
    var noWord: Int?
    while let current = scalar(position), current != "]" || position == first {
      let place = position
      if current == "[", let marker = scalar(position + 1), ":.=".unicodeScalars.contains(marker),
        let end = closing(marker)
      {
        content.append((try named(marker, until: end), place))
        position = end + 2
      } else if current == "\\", let letter = scalar(position + 1) {
        switch letter {
        case "w": content.append((RegexTranslation.word, place))
        case "W": noWord = place
        case "d": content.append((#"\p{Nd}"#, place))
        case "D": content.append((#"\P{Nd}"#, place))
        case "s": content.append((RegexTranslation.set(of: "space"), place))
        case "S": content.append((RegexTranslation.noSpace, place))
        case "1"..."9": throw refuse(place, RegexTranslation.noBackReferences)
        default: content.append(("\\\(letter)", place))
        }
        position += 2
      } else {
        content.append((String(current), place))
        position += 1
      }
    }
    guard position < source.count else {
      throw refuse(start, "This `[` of the regular expression is never closed.")
    }
    position += 1
    let (word, isEmpty) = (RegexTranslation.word, content.isEmpty)
    guard let noWord else { return emit(content, from: start, isNegated) }
    if isNegated, !isEmpty {
      throw refuse(noWord, #"`\W` cannot stand beside others in `[^…]`: write what is meant, such as `[\p{L}\p{N}]`."#)
    }
    if isEmpty { return emit(isNegated ? "[\(word)]" : "[^\(word)]", from: start) }
    emit("(?:", from: start)
    emit(content, from: start, false)
    emit("|[^\(word)])", from: noWord)
  }

  private mutating func emit(_ content: [(text: String, place: Int)], from start: Int, _ isNegated: Bool) {
    emit(isNegated ? "[^" : "[", from: start)
    for (text, place) in content { emit(text, from: place) }
    emit("]", from: start)
  }

  /// Where the `:]` of a `[:` begins; nil where there is none.
  private func closing(_ marker: Unicode.Scalar) -> Int? {
    var index = position + 2
    while let current = scalar(index), current != "]" {
      if current == marker, scalar(index + 1) == "]" { return index }
      index += 1
    }
    return nil
  }

  private func named(_ marker: Unicode.Scalar, until end: Int) throws(RegexProblem) -> String {
    let name = String(String.UnicodeScalarView(source[(position + 2)..<end]))
    guard marker == ":" else {
      throw refuse(position, "`[\(marker)\(name)\(marker)]` is not supported: write the characters themselves.")
    }
    if let set = RegexTranslation.classes.first(where: { $0.name == name })?.set { return set }
    let near = NearestNames.to(name, in: RegexTranslation.classes.map(\.name)).map { "[:\($0):]" }
    throw refuse(position, "There is no character class `[:\(name):]`.", near)
  }
}
