import APIKeyModel
import Foundation
import GRDB

/// The result of a list request.
enum ListResponse: Sendable {
  /// The body, as JSON.
  case page([UInt8])
  case unauthenticated
  case missingPermission
  /// No key has the id given in this parameter.
  case unknownCursor(String)
}

extension KeyDatabase {
  /// Authorizes and reads one page in one read transaction. The cost depends on the page's size, never its position
  /// (but for `page`, which counts from the start).
  ///
  /// `positions` remembers where the served keys were, so that one that is deleted later is still a cursor.
  func list(
    _ query: ListQuery, token: String?, totals: Bool, positions: ServedPositions? = nil
  ) async throws -> ListResponse {
    try await writer.read { database in
      switch try KeyDatabase.authorization(of: token, in: database) {
      case .unauthenticated: return .unauthenticated
      case .missingPermission: return .missingPermission
      case .allowed: break
      }
      var bounds: [KeyPosition?] = []
      for (name, id) in [("after", query.after), ("before", query.before)] {
        guard let id else {
          bounds.append(nil)
          continue
        }
        if let position = try KeyPosition(of: id, in: database) {
          bounds.append(position)
        } else if let created = positions?.created(of: id) {
          bounds.append(KeyPosition(created: created, id: id.data))
        } else {
          return .unknownCursor(name)
        }
      }
      return .page(
        try page(query, after: bounds[0], before: bounds[1], totals: totals, positions: positions, in: database))
    }
  }

  /// Whether a token may list keys at all, for requests whose parameters are not valid.
  func authorization(of token: String?) async throws -> ListAuthorization {
    try await writer.read { try KeyDatabase.authorization(of: token, in: $0) }
  }

  private func page(
    _ query: ListQuery, after: KeyPosition?, before: KeyPosition?, totals: Bool, positions: ServedPositions?,
    in database: Database
  ) throws -> [UInt8] {
    // With only `before`, the page ends at the bound: it is read away from the bound and reversed.
    let backwards = after == nil && before != nil
    let ascending = (query.order == .asc) != backwards
    // Bounds of the scan: where it starts, and where it ends.
    let (start, end) = backwards ? (before, nil) : (after, before)

    var conditions: [String] = []
    var arguments = StatementArguments()
    for (position, isStart) in [(start, true), (end, false)] {
      guard let position else { continue }
      conditions.append("(created, id) \(ascending == isStart ? ">" : "<") (?, ?)")
      arguments += [position.created, position.id]
    }
    let direction = ascending ? "ASC" : "DESC"
    let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    let usesPage = totals && after == nil && before == nil
    let offset = usesPage ? ((query.page ?? 1) - 1).multipliedReportingOverflow(by: query.limit) : (0, false)
    arguments += [query.limit + 1, offset.1 ? Int.max : offset.0]
    let statement = try database.cachedStatement(
      sql: """
        SELECT id, name, created, last_four, creator, restricted, permissions FROM api_key
        \(condition) ORDER BY created \(direction), id \(direction) LIMIT ? OFFSET ?
        """)

    var json = JSONBytes(capacity: 128 + query.limit * 320)
    json.raw("{\"data\":[")
    var body = PageBody(json: json, reversed: backwards)
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    var hasMore = false
    while let row = try rows.next() {
      if body.count == query.limit {
        hasMore = true
        break
      }
      try body.append(row)
      if let positions { positions.note(try row.withUnsafeData(atIndex: 0) { PageBody.uuid($0) }, created: row[2]) }
    }
    var total: Int?
    if totals { total = try Int.fetchOne(database, sql: "SELECT count(*) FROM api_key") }
    return body.finished(
      hasMore: hasMore,
      totals: total.map { ((usesPage ? query.page ?? 1 : nil), ($0 + query.limit - 1) / query.limit) })
  }
}

/// Where a key lies in the order of pages.
private struct KeyPosition {
  let created: Int64
  let id: Data

  init(created: Int64, id: Data) {
    self.created = created
    self.id = id
  }

  init?(of id: UUID128, in database: Database) throws {
    let statement = try database.cachedStatement(sql: "SELECT created FROM api_key WHERE id = ?")
    guard let created = try Int64.fetchOne(statement, arguments: [id.data]) else { return nil }
    self.created = created
    self.id = id.data
  }
}
