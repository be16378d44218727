import APIKeyModel
import GRDB

extension KeyDatabase {
  /// Adds the first `count` keys of a seed in one transaction; keys that are there already stay as they are.
  ///
  /// `newest` is when the newest of them was created, in seconds since the epoch: all dates move with it. Nil leaves them
  /// in the years of ``KeySeed``.
  /// - Returns: the number of keys added.
  package func seed(count: Int, seed: UInt64, newest: Int64? = nil) throws -> Int {
    let source = KeySeed(seed: seed)
    // In the order of the table, every row lands at the end of the tree.
    var order = (0..<count).map { index in
      let (created, id) = source.position(index)
      return (created: created, id: id, index: index)
    }
    order.sort { ($0.created, $0.id) < ($1.created, $1.id) }
    let shift = newest.map { $0 - (order.last?.created ?? 0) } ?? 0
    return try writer.write { database in
      let statement = try database.makeStatement(
        sql: """
          INSERT OR IGNORE INTO api_key (created, id, name, last_four, creator, restricted, permissions)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
      let before = database.totalChangesCount
      for place in order {
        let key = source.key(place.index)
        try statement.execute(
          arguments: [
            key.created + shift, key.id.data, key.name, key.lastFour, key.creator.data, key.restricted, key.permissions,
          ])
      }
      return database.totalChangesCount - before
    }
  }
}
