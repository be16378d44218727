/// The sentences that explain a key.
enum ExplanationText {
  /// `age` is how long ago it was.
  static func created(_ name: String, day: Int, month: String, year: Int, age: String) -> String {
    "The key \(name) was created on \(day) \(month) \(year), \(age)."
  }
  static func creationNotReported(_ name: String) -> String {
    "The key \(name): the server did not report when it was created."
  }
  static func creator(_ id: String, has count: Int, isWhole: Bool) -> String {
    "Its creator \(id) has \(NumberText.count(count, "key"))\(isWhole ? "" : " among those loaded")."
  }
  static func creatorNotReported() -> String { "Its creator was not reported." }
  static func neverReported() -> String {
    "The server does not report when the key was last used, whether it expires, or the creator's name."
  }

  // MARK: What it can do

  static func fullAccess() -> String { "It has full access: every permission, now and in future." }
  static func changesAnything() -> String { "It can create and change keys and members." }
  static func accessNotReported() -> String { "The server did not say whether it is limited." }
  static func permissionsNotReported() -> String { "It is limited, but its permissions were not reported." }
  static func noPermission() -> String { "It is limited and lists no permission." }
  static func limited(to count: Int) -> String { "It is limited to \(NumberText.count(count, "permission"))." }
  /// `calls: create, view.`
  static func actions(_ actions: [String], on resource: String) -> String {
    "\(resource): \(actions.joined(separator: ", "))."
  }
  static func notInCatalogue(_ names: [String]) -> String { "Not in the catalogue: \(names.joined(separator: ", "))." }
  static func changesKeys(_ can: Bool) -> String { "It \(can ? "can" : "cannot") create or change keys." }
  static func changesMembers(_ can: Bool) -> String { "It \(can ? "can" : "cannot") create or change members." }
}
