package import APIKeyModel
import TerminalCore

/// Where an export's keys came from, and how sure one can be of it.
package struct Evidence: Sendable {
  /// The version of the form; a reader refuses a newer one.
  package static let format = 1

  /// The server's address, or the name of a file that does not state where its keys are from.
  package var source: String
  /// Seconds since the epoch of the server's last response; nil where that is not known.
  package var fetchedAt: Int64?
  /// Seconds since the epoch when the file was read that the keys are from; nil for a server.
  package var fileReadAt: Int64?
  /// The filter that chose the keys, those of the files they went through included; empty for none.
  package var filter: String
  /// `asc`, `desc`, `file`, or the columns sorted by as they are typed.
  package var order: String
  package var requests: Int
  package var toolVersion: String
  package var flaws = Flaws()
  /// What the files that the keys went through stated, the newest first.
  package var derivedFrom: [JSONValue] = []

  /// How many keys are not, or not exactly, what the server has.
  package struct Flaws: Equatable, Sendable {
    /// Keys with a field that was not understood.
    package var notUnderstood = 0
    /// Keys with damaged text.
    package var damagedText = 0
    /// Records that could not be read, and are missing; and why the first of them could not.
    package var unreadable = 0
    package var unreadableReason: String?

    package init() {}
  }

  package init(
    source: String, fetchedAt: Int64?, filter: String, order: String, requests: Int, toolVersion: String
  ) {
    self.source = source
    self.fetchedAt = fetchedAt
    self.filter = filter
    self.order = order
    self.requests = requests
    self.toolVersion = toolVersion
  }

  /// The facts in the order in which every format gives them.
  func members(isComplete: Bool?, count: Int, digest: String) -> [JSONValue.Member] {
    func moment(_ seconds: Int64?) -> JSONValue {
      seconds.map { .text(CreatedDate(seconds: $0).canonicalText) } ?? .null
    }
    func number(_ value: Int) -> JSONValue { .number(String(value)) }
    var members: [JSONValue.Member] = [
      .init("format", number(Evidence.format)), .init("source", .text(source)), .init("fetched_at", moment(fetchedAt)),
    ]
    if fileReadAt != nil { members.append(.init("file_read_at", moment(fileReadAt))) }
    members += [
      .init("filter", .text(filter)), .init("order", .text(order)), .init("requests", number(requests)),
      .init("tool_version", .text(toolVersion)), .init("complete", isComplete.map { .bool($0) } ?? .null),
      .init("count", number(count)), .init("sha256", .text(digest)),
      .init("not_understood", number(flaws.notUnderstood)), .init("damaged_text", number(flaws.damagedText)),
      .init("unreadable", number(flaws.unreadable)),
    ]
    if let reason = flaws.unreadableReason { members.append(.init("unreadable_reason", .text(reason))) }
    if !derivedFrom.isEmpty { members.append(.init("derived_from", .list(derivedFrom))) }
    return members
  }
}

/// JSON values written again: lossless, and sanitized like every JSON of this program.
enum JSONWriter {
  static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let text): bytes.append(contentsOf: text.utf8)
    case .text(let text): JSONText.append(text, to: &bytes)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members): append(members, to: &bytes)
    }
  }

  static func append(_ members: [JSONValue.Member], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONText.append(member.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      append(member.value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// The value as one line for eyes: a text without its quotes, nothing for null.
  static func line(_ value: JSONValue) -> String {
    switch value {
    case .text(let text): return text
    case .null: return ""
    default:
      var bytes: [UInt8] = []
      append(value, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
