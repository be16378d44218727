import Foundation
import GRDB

/// A stored token, without its text, which is not kept.
package struct StoredToken: Equatable, Sendable {
  package let id: String
  package let permissions: [String]
  /// Seconds since the epoch.
  package let created: Int64
}

/// Whether a request may list keys.
enum ListAuthorization: Sendable {
  case allowed
  case missingPermission
  case unauthenticated
}

extension KeyDatabase {
  /// The permission the list endpoint asks for.
  package static let listPermission = "api_keys.view"

  /// Stores a new token and gives its text, which cannot be had again.
  package func createToken(permissions: [String]) throws -> BearerToken {
    let token = BearerToken.random()
    let id = String(UInt64.random(in: .min ... .max), radix: 36)
    try writer.write { database in
      try database.execute(
        sql: "INSERT INTO token (id, digest, permissions, created) VALUES (?, ?, ?, ?)",
        arguments: [
          id, token.digest, permissions.joined(separator: ","), Int64(Date().timeIntervalSince1970),
        ])
    }
    return token
  }

  package func tokens() throws -> [StoredToken] {
    try writer.read { database in
      try Row.fetchAll(database, sql: "SELECT id, permissions, created FROM token ORDER BY created, id").map { row in
        let permissions: String = row[1]
        return StoredToken(
          id: row[0], permissions: permissions.split(separator: ",").map(String.init), created: row[2])
      }
    }
  }

  /// Whether there was such a token.
  package func revokeToken(id: String) throws -> Bool {
    try writer.write { database in
      try database.execute(sql: "DELETE FROM token WHERE id = ?", arguments: [id])
      return database.changesCount > 0
    }
  }

  /// Looks a token up by its digest: no comparison ever sees the clear text.
  static func authorization(of token: String?, in database: Database) throws -> ListAuthorization {
    guard let token else { return .unauthenticated }
    let statement = try database.cachedStatement(sql: "SELECT permissions FROM token WHERE digest = ?")
    guard let permissions = try String.fetchOne(statement, arguments: [BearerToken.digest(of: token)]) else {
      return .unauthenticated
    }
    return permissions.split(separator: ",").contains(Substring(listPermission)) ? .allowed : .missingPermission
  }
}
