import APIKeyModel

/// The sentences that explain a key.
enum ExplanationText {
  /// `age` is how long ago it was.
  static func created(_ name: String, on date: String, age: String) -> String {
    "The key \(name) was created on \(date), \(age)."
  }
  static func creationMissing(_ apiKey: APIKey) -> String {
    let name = apiKey.shownName
    guard case .notUnderstood(let odd) = apiKey.state(of: .created) else {
      return "The key \(name): the server did not report when it was created."
    }
    return "The key \(name): when it was created is \(odd.words)."
  }
  static func creator(_ id: String, has count: Int, isWhole: Bool) -> String {
    "Its creator \(id) has \(NumberText.count(count, "key"))\(isWhole ? "" : " among those loaded")."
  }
  static func creatorMissing(_ apiKey: APIKey) -> String { "Its creator was \(KeyText.missing(.creator, of: apiKey))." }
  static let neverReported =
    "The server does not report when the key was last used, whether it expires, or the creator's name."

  // MARK: What it can do

  static let fullAccess = "It has full access: every permission, now and in future."
  static let changesAnything = "It can create and change keys and members."
  static func accessMissing(_ apiKey: APIKey) -> String {
    guard case .notUnderstood(let odd) = apiKey.state(of: .access) else {
      return "The server did not say whether it is limited."
    }
    return "Whether it is limited is \(odd.words)."
  }
  static func permissionsMissing(_ apiKey: APIKey) -> String {
    "It is limited, but its permissions were \(KeyText.missing(.permissions, of: apiKey))."
  }
  static let noPermission = "It is limited and lists no permission."
  static func limited(to count: Int) -> String { "It is limited to \(NumberText.count(count, "permission"))." }
  /// `calls: create, view.`
  static func actions(_ actions: [String], on resource: String) -> String {
    "\(resource): \(actions.joined(separator: ", "))."
  }
  static func notInCatalogue(_ names: [String]) -> String { "Not in the catalogue: \(names.joined(separator: ", "))." }
  static func changesKeys(_ can: Bool) -> String { "It \(can ? "can" : "cannot") create or change keys." }
  static func changesMembers(_ can: Bool) -> String { "It \(can ? "can" : "cannot") create or change members." }
}
