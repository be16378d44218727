import APIKeyModel
import TerminalCore

/// One key as JSON in the API's own field names, order and values.
package enum KeyJSON {
  private static let permissions: [[UInt8]] = PermissionCatalog.names.map { Array("\"\($0)\"".utf8) }

  /// Adds the object of one key, without a line end. A field that was not reported is null; an absent `permissions` stays absent.
  package static func append(_ apiKey: APIKey, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: #"{"id":"#.utf8)
    append(apiKey.id, to: &bytes)
    bytes.append(contentsOf: #","name":"#.utf8)
    JSONText.append(apiKey.name, to: &bytes)
    bytes.append(contentsOf: #","created_date":"#.utf8)
    append(apiKey.createdWireText, to: &bytes)
    bytes.append(contentsOf: #","last_four_digits":"#.utf8)
    append(apiKey.lastFour, to: &bytes)
    bytes.append(contentsOf: #","creator_id":"#.utf8)
    if let creator = apiKey.creator { append(creator, to: &bytes) } else { append(nil, to: &bytes) }
    bytes.append(contentsOf: #","restricted":"#.utf8)
    bytes.append(contentsOf: (apiKey.restricted.map { $0 ? "true" : "false" } ?? "null").utf8)
    if let set = apiKey.permissions {
      bytes.append(contentsOf: #","permissions":["#.utf8)
      append(set, to: &bytes)
      bytes.append(UInt8(ascii: "]"))
    } else if !apiKey.permissionsAbsent {
      bytes.append(contentsOf: #","permissions":null"#.utf8)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func append(_ text: String?, to bytes: inout [UInt8]) {
    if let text { JSONText.append(text, to: &bytes) } else { bytes.append(contentsOf: "null".utf8) }
  }

  private static func append(_ id: KeyIdentifier, to bytes: inout [UInt8]) {
    switch id {
    case .uuid(let uuid):
      bytes.append(UInt8(ascii: "\""))
      uuid.appendText(to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    case .opaque(let text): JSONText.append(text, to: &bytes)
    }
  }

  private static func append(_ set: PermissionSet, to bytes: inout [UInt8]) {
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
      JSONText.append(name, to: &bytes)
    }
  }
}
