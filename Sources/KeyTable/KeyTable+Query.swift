import APIKeyModel
import CKeyScan

extension KeyTable {
  /// The rows that match, in the query's order; nil when cancelled.
  ///
  /// With `previous`, only its rows can be in the result: for a filter that was narrowed.
  package func rows(
    matching query: KeyQuery, context: FilterContext, within previous: RowList? = nil,
    isCancelled: () -> Bool = { false }
  ) -> RowList? {
    guard query.filter.root != nil || previous != nil else { return sort(serverOrder, query.sort, isCancelled) }
    let evaluation = FilterEvaluation(table: self, filter: query.filter, context: context)
    guard let bits = evaluation.bits(of: 0..<chunkCount, isCancelled: isCancelled) else { return nil }
    return arrange(bits, within: previous, query, isCancelled)
  }

  /// The same on two threads where the table is large enough for that to pay; nil when the task is cancelled.
  package func rowsConcurrently(matching query: KeyQuery, context: FilterContext) async -> RowList? {
    guard query.filter.root != nil, chunkCount > 2 else {
      return rows(matching: query, context: context, isCancelled: { Task.isCancelled })
    }
    let evaluation = FilterEvaluation(table: self, filter: query.filter, context: context)
    let half = chunkCount / 2
    let count = chunkCount
    async let second = evaluation.bits(of: half..<count, isCancelled: { Task.isCancelled })
    let first = evaluation.bits(of: 0..<half, isCancelled: { Task.isCancelled })
    guard let first, let second = await second else { return nil }
    return arrange(first + second, within: nil, query, { Task.isCancelled })
  }

  private func arrange(
    _ found: [RowBits], within previous: RowList?, _ query: KeyQuery, _ isCancelled: () -> Bool
  ) -> RowList? {
    var bits = found
    if let previous, !previous.isIdentity || previous.count < count {
      var kept = bits.map { RowBits(rows: $0.rows) }
      for row in previous where row < count { kept[row >> KeyColumns.shift].insert(row & (KeyColumns.capacity - 1)) }
      for index in bits.indices { bits[index].formIntersection(kept[index]) }
    }
    if isCancelled() { return nil }
    return sort(inServerOrder(bits), query.sort, isCancelled)
  }

  /// A result brought up to date after the table grew: only rows from `firstNewRow` are searched.
  ///
  /// `list` is the result of the same query when the table had `firstNewRow` rows. Nil when cancelled.
  package func extend(
    _ list: RowList, from firstNewRow: Int, matching query: KeyQuery, context: FilterContext,
    isCancelled: () -> Bool = { false }
  ) -> RowList? {
    if firstNewRow >= count { return list }
    if query.filter.isEmpty, query.sort.isServerOrder { return serverOrder }
    var added: [UInt32] = []
    let evaluation = FilterEvaluation(table: self, filter: query.filter, context: context)
    for index in (firstNewRow >> KeyColumns.shift)..<chunkCount {
      if isCancelled() { return nil }
      evaluation.bits(chunk: index).appendRows(to: &added, first: index << KeyColumns.shift)
    }
    added.removeAll { $0 < UInt32(firstNewRow) }
    if added.isEmpty { return list }
    let all = list.array + added
    if order == nil { return sort(RowList(rows: all), query.sort, isCancelled) }
    var bits = (0..<chunkCount).map { RowBits(rows: chunk($0).count) }
    for row in all { bits[Int(row) >> KeyColumns.shift].insert(Int(row) & (KeyColumns.capacity - 1)) }
    return sort(inServerOrder(bits), query.sort, isCancelled)
  }

  private func inServerOrder(_ bits: [RowBits]) -> RowList {
    if let order {
      return RowList(
        rows: order.filter { row in
          let offset = Int(row) & (KeyColumns.capacity - 1)
          return bits[Int(row) >> KeyColumns.shift].contains(offset)
        })
    }
    return RowList(rows: RowBits.list(bits))
  }

  /// Stable; what was not reported comes last in both directions.
  private func sort(_ list: RowList, _ sort: SortOrder, _ isCancelled: () -> Bool) -> RowList? {
    if sort.isServerOrder { return list }
    var rows = list.array
    for term in sort.terms.reversed() {
      if isCancelled() { return nil }
      switch term.column {
      case .name:
        sortTexts(&rows, term.descending) { columns, row, text in
          text.append(contentsOf: columns.names[columns.nameRange(row)])
        }
      case .id where !hasOpaqueIDs:
        sortKeys(&rows, term.descending) { $0.ids[$1].low }
        sortKeys(&rows, term.descending) { $0.ids[$1].high }
      case .id: sortTexts(&rows, term.descending) { $2.append(contentsOf: $0.id($1).text.utf8) }
      case .lastFour:
        sortTexts(&rows, term.descending) { $2.append(contentsOf: ($0.lastFourText($1) ?? "").utf8) }
        sortKeys(&rows, false) { $0.flags[$1].contains(.noLastFour) ? 1 : 0 }
      case .access: sortKeys(&rows, term.descending) { UInt64($0.access($1).rawValue) }
      case .permissions:
        // Full access is more than any list.
        sortKeys(&rows, term.descending) {
          $0.access($1) == .full ? UInt64(UInt32.max) : $0.permissionCount($1).map { UInt64($0) }
        }
      case .created:
        sortKeys(&rows, term.descending) {
          $0.flags[$1].contains(.noCreated) ? nil : UInt64(bitPattern: $0.created[$1]) ^ 1 << 63
        }
      case .creator:
        let ranks = creatorRanks()
        sortKeys(&rows, term.descending) {
          $0.creators[$1] == KeyColumns.noCreator ? nil : UInt64(ranks[Int($0.creators[$1])])
        }
      }
    }
    return RowList(rows: rows)
  }

  private var hasOpaqueIDs: Bool {
    (0..<chunkCount).contains { !chunk($0).rare.opaqueIDs.isEmpty }
  }

  private func creatorRanks() -> [Int] {
    let texts = creators.identifiers.map { Array($0.text.utf8) }
    var ranks = [Int](repeating: 0, count: texts.count)
    for (rank, index) in texts.indices.sorted(by: { texts[$0].lexicographicallyPrecedes(texts[$1]) }).enumerated() {
      ranks[index] = rank
    }
    return ranks
  }

  private func sortKeys(_ rows: inout [UInt32], _ descending: Bool, _ sortKey: (KeyColumns, Int) -> UInt64?) {
    let chunks = (0..<chunkCount).map { chunk($0) }
    var missing: [UInt32] = []
    var present: [UInt32] = []
    var keys: [UInt64] = []
    present.reserveCapacity(rows.count)
    keys.reserveCapacity(rows.count)
    for row in rows {
      let value = sortKey(chunks[Int(row) >> KeyColumns.shift], Int(row) & (KeyColumns.capacity - 1))
      if let value {
        keys.append(descending ? ~value : value)
        present.append(row)
      } else {
        missing.append(row)
      }
    }
    defer { rows.append(contentsOf: missing) }
    rows = present
    if ck_sort_keys(&keys, &rows, rows.count) == 0 {
      // Short of memory: the slow way needs less.
      let unsorted = rows
      let positions = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
      rows = positions.map { unsorted[$0] }
    }
  }

  private func sortTexts(
    _ rows: inout [UInt32], _ descending: Bool, _ add: (KeyColumns, Int, inout [UInt8]) -> Void
  ) {
    let chunks = (0..<chunkCount).map { chunk($0) }
    var text: [UInt8] = []
    text.reserveCapacity(rows.count * 28)
    var starts: [UInt32] = [0]
    starts.reserveCapacity(rows.count + 1)
    for row in rows {
      add(chunks[Int(row) >> KeyColumns.shift], Int(row) & (KeyColumns.capacity - 1), &text)
      starts.append(UInt32(text.count))
    }
    foldCase(&text)
    var places = rows.indices.map { UInt32($0) }
    if ck_sort_texts(text, starts, &places, places.count, descending ? 1 : 0) == 0 {
      places = rows.indices.map { UInt32($0) }.sorted { left, right in
        let leftText = text[Int(starts[Int(left)])..<Int(starts[Int(left) + 1])]
        let rightText = text[Int(starts[Int(right)])..<Int(starts[Int(right) + 1])]
        if leftText == rightText { return left < right }
        return leftText.lexicographicallyPrecedes(rightText) != descending
      }
    }
    rows = places.map { rows[Int($0)] }
  }
}
