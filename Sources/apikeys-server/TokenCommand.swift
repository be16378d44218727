import APIKeyModel
import ArgumentParser
import ReferenceServer

/// `token`: creates, lists and revokes bearer tokens.
struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Create, list and revoke bearer tokens.",
    subcommands: [Create.self, List.self, Revoke.self])

  /// `token create`: prints the token once.
  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Create a token and print it. It cannot be shown again: only its SHA-256 is kept.")

    @Option(help: "Permissions, separated by commas; listing keys takes api_keys.view.")
    var permissions = KeyDatabase.listPermission
    @Option(help: "The SQLite file, created when missing.")
    var database: String

    func run() throws {
      let names = permissions.split(separator: ",").map(String.init)
      if let unknown = names.first(where: { PermissionCatalog.index(of: $0) == nil }) {
        throw ValidationError("There is no permission \(unknown).")
      }
      print(try KeyDatabase(path: database).createToken(permissions: names).text)
    }
  }

  /// `token list`: what is known about each token.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List tokens: identifier, date of creation, permissions.")

    @Option(help: "The SQLite file.")
    var database: String

    func run() throws {
      for token in try KeyDatabase(path: database).tokens() {
        let created = CreatedDate(seconds: token.created).canonicalText
        print("\(token.id)\t\(created)\t\(token.permissions.joined(separator: ","))")
      }
    }
  }

  /// `token revoke`: takes a token out of use.
  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Revoke a token.")

    @Argument(help: "The identifier that token list shows.")
    var id: String
    @Option(help: "The SQLite file.")
    var database: String

    func run() throws {
      guard try KeyDatabase(path: database).revokeToken(id: id) else {
        throw ValidationError("There is no token \(id).")
      }
    }
  }
}
