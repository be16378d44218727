package import APIKeyModel
package import KeyTable

/// The texts of one key: the values of its detail.
package enum KeyText {
  static let notReported = "not reported"
  /// `not reported`, or `not understood: {"a":1}`; of a field without a value.
  package static func missing(_ field: KeyField, of apiKey: APIKey) -> String {
    apiKey.withoutValue(field) ?? notReported
  }
  /// What the keys without a creator have in common.
  package static func withoutCreator(_ table: KeyTable) -> String {
    table.flaws.notUnderstoodFields == 0 ? notReported : "not reported or not understood"
  }
  /// `text of name, last four: what could not be read is shown as U+FFFD`
  package static func damaged(_ fields: KeyFieldSet) -> String {
    let names = KeyField.allCases.filter(fields.contains).map { $0 == .lastFour ? "last four" : $0.rawValue }
    return "text of \(names.joined(separator: ", ")): what could not be read is shown as U+FFFD"
  }
  static func notADate(_ text: String) -> String { "\(text) (not a date)" }
  static func creatorHas(_ count: Int, isWhole: Bool) -> String {
    "has \(NumberText.count(count, "key"))\(isWhole ? "" : " loaded")"
  }
  static func access(_ access: KeyAccess) -> String {
    switch access {
    case .full: "full access: every permission, now and in future"
    // As many lines as full access where it is wrapped: nothing below moves from key to key.
    case .limited: "limited: the permissions listed and no new ones"
    case .unknown: "unknown: the server did not say"
    }
  }

  /// `limited, 5 permissions`, `full access`, `access not understood: "no"`.
  package static func access(_ apiKey: APIKey) -> String {
    switch apiKey.access {
    case .unknown: "access \(missing(.access, of: apiKey))"
    case .limited where apiKey.permissions == nil: "limited, permissions \(missing(.permissions, of: apiKey))"
    case .limited, .full: access(apiKey.access, permissions: apiKey.permissions?.count)
    }
  }

  /// `limited, 5 permissions`, `full access`; `count` is nil where the server gave no list.
  package static func access(_ access: KeyAccess, permissions count: Int?) -> String {
    switch access {
    case .full: "full access"
    case .limited: "limited, \(permissionCount(count))"
    case .unknown: "access not reported"
    }
  }
  /// For rows without room for the whole word.
  static func limited(perms count: Int) -> String {
    "limited, \(count == 0 ? "no perms" : NumberText.count(count, "perm"))"
  }
  static let everyPermission = "all permissions"
  static func permissionCount(_ count: Int?) -> String {
    guard let count else { return "permissions not reported" }
    return count == 0 ? "no permissions" : NumberText.count(count, "permission")
  }

  // MARK: Permissions

  static let allPermissions = "Permissions: all, through full access"
  static func permissionsMissing(_ apiKey: APIKey) -> String { "Permissions: \(missing(.permissions, of: apiKey))" }
  static func permissions(granted: Int, notGranted: Int, isListOnly: Bool) -> String {
    "Permissions: \(granted) \(KeyText.granted(true, isListOnly: isListOnly)), "
      + "\(notGranted) \(KeyText.granted(false, isListOnly: isListOnly))"
  }
  static func notInCatalogue(_ count: Int, isListOnly: Bool) -> String {
    "Not in the catalogue: \(count) \(KeyText.granted(true, isListOnly: isListOnly))"
  }
  /// `calls 2 of 4`
  package static func group(_ resource: String, granted: Int, of total: Int) -> String {
    "\(resource) \(granted) of \(total)"
  }
  /// `[x] granted view`
  static func permission(_ action: String, granted: Bool, inCatalog: Bool, isListOnly: Bool) -> String {
    let sign = granted ? "[x]" : "[ ]"
    return
      "\(sign) \(KeyText.granted(granted, isListOnly: isListOnly)) \(action)\(inCatalog ? "" : ", not in the catalogue")"
  }
  /// `isListOnly`: the server does not report whether the key is limited to its list, so that a permission is listed or not.
  package static func granted(_ isGranted: Bool, isListOnly: Bool = false) -> String {
    isListOnly ? isGranted ? "listed" : "not listed" : isGranted ? "granted" : "not granted"
  }
}
