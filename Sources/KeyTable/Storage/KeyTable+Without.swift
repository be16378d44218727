package import APIKeyModel

extension KeyTable {
  /// The same keys but some, in the same order; every row has another number then.
  ///
  /// Costs as much as adding all keys once more: for the rare list of which keys turn out to be gone.
  package func without(_ ids: Set<KeyIdentifier>) -> KeyTable {
    var table = KeyTable()
    var batch = KeyBatch()
    for row in serverOrder {
      let key = self[row]
      if ids.contains(key.id) { continue }
      batch.append(key)
      if batch.count == KeyColumns.capacity {
        table.append(batch)
        batch = KeyBatch()
      }
    }
    table.append(batch)
    return table
  }
}
