import APIKeyModel
import Foundation
import GRDB
import SystemIO

/// The server's SQLite database: the one owner of its writer, its schema and every statement.
package final class KeyDatabase: Sendable {
  let writer: any DatabaseWriter

  /// Opens a file (created when missing, in WAL mode) or `:memory:`.
  package init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(KeyDatabase.patience)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = -65536")
    }
    if path == ":memory:" {
      writer = try DatabaseQueue(configuration: configuration)
    } else {
      KeyDatabase.createFile(path)
      writer = try KeyDatabase.pool(path: path, configuration: configuration)
    }
    do {
      try KeyDatabase.migrator.migrate(writer)
    } catch {
      // Another process may have made the tables between our look and our try: look again, once.
      try KeyDatabase.migrator.migrate(writer)
    }
  }

  /// Seconds that a database in use elsewhere is waited for.
  private static let patience: TimeInterval = 10

  /// Makes the file for its owner alone; SQLite gives the files beside it the same mode. One that is there stays as it
  /// is, and SQLite reports better what is wrong with the path.
  private static func createFile(_ path: String) {
    do throws(SystemError) {
      let file = try Descriptor.open(path, [.readWrite, .create, .exclusive])
      defer { file.close() }
      // A umask may have taken the owner's own bits away.
      try file.setMode(0o600)
    } catch {
      return
    }
  }

  /// A new file is changed to WAL mode when it is opened, and where two do that at once SQLite gives one of them up at
  /// once, without the wait that was asked for.
  private static func pool(path: String, configuration: Configuration) throws -> DatabasePool {
    let end = ContinuousClock.now + .seconds(patience)
    while true {
      do {
        return try DatabasePool(path: path, configuration: configuration)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
        Thread.sleep(forTimeInterval: 0.005)
      }
    }
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("keys and tokens") { database in
      // Rows lie in the order of the pages, so that a page anywhere is one stretch of the tree.
      try database.execute(
        sql: """
          CREATE TABLE api_key (
            created INTEGER NOT NULL,
            id BLOB NOT NULL CHECK (length(id) = 16),
            name TEXT NOT NULL,
            last_four TEXT NOT NULL,
            creator BLOB NOT NULL CHECK (length(creator) = 16),
            restricted INTEGER NOT NULL,
            permissions TEXT,
            PRIMARY KEY (created, id)
          ) WITHOUT ROWID;
          CREATE UNIQUE INDEX api_key_id ON api_key (id);
          CREATE TABLE token (
            id TEXT NOT NULL PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
            permissions TEXT NOT NULL,
            created INTEGER NOT NULL
          );
          """)
    }
    return migrator
  }

  /// Empty when SQLite finds the file sound; else the errors it reports.
  package func integrityProblems() throws -> [String] {
    try writer.read { database in
      try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
    }
  }

  package func keyCount() throws -> Int {
    try writer.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM api_key") ?? 0 }
  }
}

extension UUID128 {
  /// The 16 bytes in text order, so that SQLite's order of blobs is the order of the texts.
  var data: Data {
    var data = Data(capacity: 16)
    withUnsafeBytes(of: high.bigEndian) { data.append(contentsOf: $0) }
    withUnsafeBytes(of: low.bigEndian) { data.append(contentsOf: $0) }
    return data
  }

  init(bytes: UnsafeRawBufferPointer) {
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }
}
