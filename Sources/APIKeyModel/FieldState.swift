/// What a server sent for one field of a key. The three are never the same.
package enum FieldState: Hashable, Sendable {
  /// Left out, or null.
  case notReported
  /// There, with another type or form.
  case notUnderstood(NotUnderstood)
  case value
}

/// What a field holds that is no value of it.
package struct NotUnderstood: Hashable, Sendable {
  /// The JSON as sent, at most ``longest`` Unicode scalars of it.
  package let json: String
  /// The length of the whole JSON, in bytes.
  package let bytes: Int

  /// Unicode scalars that are kept.
  package static let longest = 200

  package init(json: String, bytes: Int) {
    let scalars = json.unicodeScalars
    let end = scalars.index(scalars.startIndex, offsetBy: NotUnderstood.longest, limitedBy: scalars.endIndex)
    self.json = end.map { String(scalars[..<$0]) } ?? json
    self.bytes = bytes
  }

  /// `not understood: {"a":1}`, with the length of what was cut. As the server sent it: not sanitized.
  package var words: String { "not understood: \(json)\(cut)" }

  /// What follows the JSON where it was cut.
  package var cut: String { bytes > json.utf8.count ? "... (\(bytes) bytes)" : "" }

  /// JSON as it was sent; U+FFFD replaces what is not UTF-8.
  package init(json bytes: UnsafeBufferPointer<UInt8>) {
    // A scalar has four bytes at most.
    self.init(
      json: String(decoding: bytes.prefix(NotUnderstood.longest * 4), as: UTF8.self), bytes: bytes.count)
  }

  /// A text that has not the form of its field.
  package init(text: String) {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": json += "\\\(scalar)"
      case "\n": json += "\\n"
      case "\t": json += "\\t"
      case "\r": json += "\\r"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    }
    json += "\""
    self.init(json: json, bytes: json.utf8.count)
  }
}

/// How many keys have something that is not as it should be.
package struct KeyFlaws: Hashable, Sendable {
  /// Keys with one of the two.
  package var keys = 0
  /// Keys with damaged text.
  package var damagedKeys = 0
  /// Keys with a field that was not understood, and how many such fields they have together.
  package var notUnderstoodKeys = 0
  package var notUnderstoodFields = 0

  package init() {}

  package var isEmpty: Bool { keys == 0 }

  package static func += (left: inout KeyFlaws, right: KeyFlaws) {
    left.keys += right.keys
    left.damagedKeys += right.damagedKeys
    left.notUnderstoodKeys += right.notUnderstoodKeys
    left.notUnderstoodFields += right.notUnderstoodFields
  }

  /// Counts one key.
  package mutating func add(notUnderstood fields: Int, damaged: Bool) {
    if damaged || fields > 0 { keys += 1 }
    if damaged { damagedKeys += 1 }
    if fields > 0 { notUnderstoodKeys += 1 }
    notUnderstoodFields += fields
  }
}

/// What few keys have besides their values.
package struct RareFields: Hashable, Sendable {
  package var notUnderstood: [KeyField: NotUnderstood] = [:]
  package var damaged: KeyFieldSet = []
  /// The id and the creator as sent, where they are UUIDs in letters of both cases.
  package var mixedID: String?
  package var mixedCreator: String?
  /// The JSON of a damaged id: ids that differ only in what was repaired are different keys.
  package var damagedID: [UInt8]?

  package init() {}

  /// Bytes of its texts.
  var textBytes: Int {
    notUnderstood.values.reduce(0) { $0 + $1.json.utf8.count } + (mixedID?.utf8.count ?? 0)
      + (mixedCreator?.utf8.count ?? 0) + (damagedID?.count ?? 0)
  }
}

/// How one row was sent, as far as its values do not show it.
package struct RowForm: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }
  package init(absent: KeyFieldSet) { rawValue = UInt16(absent.rawValue) }
  /// Every field is there, and the ids are as usual. A literal `[]` is made of an array, once for each row.
  package static var usual: RowForm { RowForm(rawValue: 0) }
  /// The id was a JSON number.
  package static let numberID = RowForm(rawValue: 1 << 8)
  /// The id or the creator is a UUID in capitals.
  package static let capitalID = RowForm(rawValue: 1 << 9)
  package static let capitalCreator = RowForm(rawValue: 1 << 10)
  /// The fields that were left out.
  package var absent: KeyFieldSet { KeyFieldSet(rawValue: UInt8(truncatingIfNeeded: rawValue)) }
}
