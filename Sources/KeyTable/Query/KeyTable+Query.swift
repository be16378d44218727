import APIKeyModel

/// Which keys to show, and in which order.
package struct KeyQuery: Sendable, Equatable {
  package var filter: Filter
  package var sort: SortOrder
  package init(filter: Filter = .none, sort: SortOrder = .server) {
    self.filter = filter
    self.sort = sort
  }
}

extension KeyTable {
  /// How many keys a query about dates cannot judge: those without one. 0 where it asks for no date.
  package func unjudgedCount(filter: Filter, sort: SortOrder) -> Int {
    filter.usesDates || sort.terms.contains { $0.column == .created } ? undatedCount : 0
  }

  /// The rows that match, in the query's order; nil when cancelled.
  ///
  /// With `previous`, only its rows can be in the result: for a filter that was narrowed.
  package func rows(
    matching query: KeyQuery, context: FilterContext, within previous: RowList? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) -> RowList? {
    guard query.filter.root != nil || previous != nil else { return sort(serverOrder, query.sort, isCancelled) }
    let evaluation = FilterEvaluation(table: self, filter: query.filter, context: context, isCancelled: isCancelled)
    guard let bits = evaluation.bits(of: 0..<chunkCount) else { return nil }
    return arrange(bits, within: previous, query, isCancelled)
  }

  /// The same on two threads where the table is large enough for that to pay; nil when the task is cancelled.
  package func rowsConcurrently(matching query: KeyQuery, context: FilterContext) async -> RowList? {
    guard query.filter.root != nil, chunkCount > 2 else {
      return rows(matching: query, context: context, isCancelled: { Task.isCancelled })
    }
    @Sendable func evaluate(_ filter: Filter) -> FilterEvaluation {
      FilterEvaluation(table: self, filter: filter, context: context, isCancelled: { Task.isCancelled })
    }
    let evaluation = evaluate(query.filter)
    let half = chunkCount / 2
    let count = chunkCount
    let own = query.filter.usesRegex ? query.filter.withOwnExpressions : nil
    let other = own.map(evaluate) ?? evaluation
    async let second = other.bits(of: half..<count)
    let first = evaluation.bits(of: 0..<half)
    guard let first, let second = await second else { return nil }
    return arrange(first + second, within: nil, query, { Task.isCancelled })
  }

  /// What a query costs at most, in steps of about a nanosecond: long names and large regular expressions count.
  package func work(of query: KeyQuery) -> Int {
    // Each row has some bytes beside its texts; to sort them is as much work as to read them a few times.
    let (work, overflow) = (textBytes + count * 16).multipliedReportingOverflow(
      by: query.filter.cost + query.sort.terms.count * 8)
    return overflow ? .max : work
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
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) -> RowList? {
    if firstNewRow >= count { return list }
    if query.filter.isEmpty, query.sort.isServerOrder { return serverOrder }
    // New rows can make the old ones match, or not.
    if let root = query.filter.root, FilterCheck.dependsOnTable(root) {
      return rows(matching: query, context: context, isCancelled: isCancelled)
    }
    var added: [UInt32] = []
    let evaluation = FilterEvaluation(table: self, filter: query.filter, context: context, isCancelled: isCancelled)
    for index in (firstNewRow >> KeyColumns.shift)..<chunkCount {
      if isCancelled() { return nil }
      evaluation.bits(chunk: index).appendRows(to: &added, first: index << KeyColumns.shift)
    }
    if isCancelled() { return nil }
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
}
