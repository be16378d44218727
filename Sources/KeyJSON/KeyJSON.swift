package import APIKeyModel
import TerminalCore

/// One key as JSON in the API's own field names, order and values: the one form that is exported, copied and printed, and
/// that `PageDecoder` reads back as the same key.
///
/// A field that the server left out is left out, one that was null is null, and one that was not understood is
/// `{"not_understood":"JSON, at most 200 characters","bytes":N}`, N being the bytes of the whole JSON.
package enum KeyJSON {
  private static let permissions: [[UInt8]] = PermissionCatalog.names.map { Array("\"\($0)\"".utf8) }

  /// Adds the object of one key, without a line end; `asciiOnly` escapes everything above `~`.
  package static func append(_ apiKey: APIKey, asciiOnly: Bool = false, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: #"{"id":"#.utf8)
    if apiKey.idIsNumber {
      bytes.append(contentsOf: apiKey.id.text.utf8)
    } else {
      append(apiKey.id, asciiOnly, to: &bytes)
    }
    for field in KeyField.allCases where field != .id {
      append(field, of: apiKey, asciiOnly, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// The object of one key as text on one line.
  package static func text(_ apiKey: APIKey, asciiOnly: Bool = false) -> String {
    var bytes: [UInt8] = []
    append(apiKey, asciiOnly: asciiOnly, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(
    _ field: KeyField, of apiKey: APIKey, _ asciiOnly: Bool, to bytes: inout [UInt8]
  ) {
    if apiKey.absent.contains(field) { return }
    bytes.append(contentsOf: ",\"\(field.wireName)\":".utf8)
    if let odd = apiKey.notUnderstood[field] {
      bytes.append(contentsOf: #"{"not_understood":"#.utf8)
      JSONText.append(odd.json, asciiOnly: asciiOnly, to: &bytes)
      bytes.append(contentsOf: ",\"bytes\":\(odd.bytes)}".utf8)
      return
    }
    switch field {
    case .id: append(apiKey.id, asciiOnly, to: &bytes)
    case .name: append(apiKey.name, asciiOnly, to: &bytes)
    case .created: append(apiKey.createdWireText, asciiOnly, to: &bytes)
    case .lastFour: append(apiKey.lastFour, asciiOnly, to: &bytes)
    case .creator: append(apiKey.creator, asciiOnly, to: &bytes)
    case .access: bytes.append(contentsOf: (apiKey.restricted.map { $0 ? "true" : "false" } ?? "null").utf8)
    case .permissions: append(apiKey.permissions, asciiOnly, to: &bytes)
    }
  }

  private static func append(_ text: String?, _ asciiOnly: Bool, to bytes: inout [UInt8]) {
    if let text {
      JSONText.append(text, asciiOnly: asciiOnly, to: &bytes)
    } else {
      bytes.append(contentsOf: "null".utf8)
    }
  }

  private static func append(_ id: KeyIdentifier?, _ asciiOnly: Bool, to bytes: inout [UInt8]) {
    guard case .uuid(let uuid) = id else { return append(id?.text, asciiOnly, to: &bytes) }
    bytes.append(UInt8(ascii: "\""))
    uuid.appendText(to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  private static func append(_ set: PermissionSet?, _ asciiOnly: Bool, to bytes: inout [UInt8]) {
    guard let set else { return append(nil as String?, asciiOnly, to: &bytes) }
    bytes.append(UInt8(ascii: "["))
    defer { bytes.append(UInt8(ascii: "]")) }
    if set.isCanonical {
      var left = set.mask.rawValue
      while left != 0 {
        bytes.append(contentsOf: permissions[left.trailingZeroBitCount])
        left &= left - 1
        if left != 0 { bytes.append(UInt8(ascii: ",")) }
      }
      return
    }
    for (index, name) in set.list.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONText.append(name, asciiOnly: asciiOnly, to: &bytes)
    }
  }
}
