package import APIKeyModel

/// How many keys hold one permission.
package struct PermissionTally: Equatable, Sendable {
  package let name: String
  /// False for names the documented catalogue does not have.
  package let inCatalog: Bool
  /// Keys without full access that list it.
  package let listed: Int
  /// Keys that hold it because they have full access.
  package let throughFullAccess: Int
  /// Keys that can use it.
  package var keys: Int { listed + throughFullAccess }
}

/// The keys of one creator.
package struct CreatorTally: Equatable, Sendable {
  /// Nil: keys whose creator was not reported.
  package let creator: CreatorIndex?
  package var keys = 0
  package var fullAccess = 0
  package var oldest: CreatedDate?
  package var newest: CreatedDate?
}

/// Keys created in one UTC month.
package struct MonthTally: Equatable, Sendable {
  package let year: Int
  package let month: Int
  package let keys: Int

  package init(year: Int, month: Int, keys: Int) {
    self.year = year
    self.month = month
    self.keys = keys
  }

  /// `2026-01`
  package var text: String {
    let digits = String(year)
    return String(repeating: "0", count: max(4 - digits.utf8.count, 0)) + digits + (month < 10 ? "-0" : "-")
      + "\(month)"
  }
  /// Months since the year 0.
  package var number: Int { year * 12 + month - 1 }

  /// Of the first and the last moment that a calendar date can be of: what lies outside is counted there.
  static let first = of(seconds: .min).text
  static let last = of(seconds: .max).text
  private static func of(seconds: Int64) -> MonthTally {
    let date = CivilTime(seconds: seconds).date
    return MonthTally(year: date.year, month: date.month, keys: 0)
  }
}

/// What two keys may do, side by side.
package struct PermissionComparison: Equatable, Sendable {
  package let onlyFirst: [String]
  package let both: [String]
  package let onlySecond: [String]
}

extension KeyTable {
  /// The catalogue's permissions in its order, then the others seen, by their bytes.
  package func permissionPivot(within rows: RowList? = nil) -> [PermissionTally] {
    var listed = [Int](repeating: 0, count: PermissionCatalog.count)
    var others: [[UInt8]: Int] = [:]
    var full = 0
    visit(rows) { columns, row in
      let hasFullAccess = columns.access(row) == .full
      if hasFullAccess { full += 1 }
      var left = hasFullAccess ? 0 : columns.masks[row].rawValue
      while left != 0 {
        listed[left.trailingZeroBitCount] += 1
        left &= left - 1
      }
      if !columns.rare.permissionLists.isEmpty, let set = columns.rare.permissionLists[row] {
        for name in set.others { others[Array(name.utf8), default: 0] += hasFullAccess ? 0 : 1 }
      }
    }
    return PermissionCatalog.names.enumerated().map {
      PermissionTally(name: $1, inCatalog: true, listed: listed[$0], throughFullAccess: full)
    }
      + others.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
        PermissionTally(
          name: String(decoding: $0.key, as: UTF8.self), inCatalog: false, listed: $0.value, throughFullAccess: full)
      }
  }

  /// One tally a creator, most keys first; keys without a reported creator come last.
  package func creatorGroups(within rows: RowList? = nil) -> [CreatorTally] {
    var tallies = (0..<creatorCount).map { CreatorTally(creator: CreatorIndex(rawValue: UInt32($0))) }
    tallies.append(CreatorTally(creator: nil))
    visit(rows) { columns, row in
      let creator = columns.creators[row]
      let index = creator == KeyColumns.noCreator ? tallies.count - 1 : Int(creator)
      tallies[index].keys += 1
      if columns.access(row) == .full { tallies[index].fullAccess += 1 }
      guard !columns.flags[row].contains(.noCreated) else { return }
      let date = CreatedDate(microseconds: columns.created[row], form: columns.createdForms[row])
      if tallies[index].oldest.map({ date.microseconds < $0.microseconds }) ?? true { tallies[index].oldest = date }
      if tallies[index].newest.map({ date.microseconds > $0.microseconds }) ?? true { tallies[index].newest = date }
    }
    return tallies.enumerated().filter { $1.keys > 0 }
      .sorted { left, right in
        if (left.element.creator == nil) != (right.element.creator == nil) { return right.element.creator == nil }
        return (right.element.keys, left.offset) < (left.element.keys, right.offset)
      }
      .map(\.element)
  }

  /// The months that have keys, the first one first; keys without a date are left out.
  package func createdHistogram(within rows: RowList? = nil) -> [MonthTally] {
    var counts: [Int: Int] = [:]
    visit(rows) { columns, row in
      guard !columns.flags[row].contains(.noCreated) else { return }
      let date = CivilTime(seconds: CivilDate.floorDivide(columns.created[row], 1_000_000)).date
      counts[date.year * 12 + date.month - 1, default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map {
      MonthTally(year: $0.key / 12, month: $0.key % 12 + 1, keys: $0.value)
    }
  }

  /// What two keys can do, whether they list it or have it through full access, which includes the catalogue and
  /// for whatever else the other key lists. Names are in the first key's order, then the second's.
  package static func comparison(_ first: APIKey, _ second: APIKey) -> PermissionComparison {
    func abilities(_ apiKey: APIKey, beside other: APIKey) -> [String] {
      guard apiKey.access == .full else { return apiKey.permissions?.list ?? [] }
      let own = apiKey.permissions?.others ?? []
      let ownBytes = Set(own.map { Array($0.utf8) })
      return PermissionCatalog.names + own
        + (other.permissions?.others ?? []).filter { !ownBytes.contains(Array($0.utf8)) }
    }
    let left = abilities(first, beside: second)
    let right = abilities(second, beside: first)
    let leftBytes = Set(left.map { Array($0.utf8) })
    let rightBytes = Set(right.map { Array($0.utf8) })
    return PermissionComparison(
      onlyFirst: left.filter { !rightBytes.contains(Array($0.utf8)) },
      both: left.filter { rightBytes.contains(Array($0.utf8)) },
      onlySecond: right.filter { !leftBytes.contains(Array($0.utf8)) })
  }

  private func visit(_ rows: RowList?, _ body: (KeyColumns, Int) -> Void) {
    let chunks = (0..<chunkCount).map { chunk($0) }
    for row in rows ?? RowList(count: count) where row < count {
      body(chunks[row >> KeyColumns.shift], row & (KeyColumns.capacity - 1))
    }
  }
}
