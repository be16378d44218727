import APIKeyModel
import CKeyScan

/// Evaluates one filter over the chunks of one table.
struct FilterEvaluation: Sendable {
  let table: KeyTable
  let filter: Filter
  let context: FilterContext
  private let prepared: [TextPattern: PreparedPattern]
  /// The rows of ids that have to be whole; set for their patterns.
  private let wholeIDs: [TextPattern: [Int]]
  /// The filter cannot mean anything here: nothing matches, rather than everything.
  private let isMistaken: Bool
  private let isCancelled: @Sendable () -> Bool

  init(
    table: KeyTable, filter: Filter, context: FilterContext, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.isCancelled = isCancelled
    self.table = table
    self.filter = filter
    self.context = context
    let prepared = filter.root.map { PreparedPattern.all(in: $0, table) } ?? [:]
    self.prepared = prepared
    let wholeIDs = filter.root.map { FilterCheck.wholeIDs(in: $0, table) } ?? [:]
    self.wholeIDs = wholeIDs
    isMistaken = filter.root.map { FilterCheck(table, prepared, wholeIDs: wholeIDs).isMistaken($0) } ?? false
  }

  /// The rows of some chunks that match; nil when cancelled.
  func bits(of chunks: Range<Int>) -> [RowBits]? {
    var result: [RowBits] = []
    result.reserveCapacity(chunks.count)
    for index in chunks {
      if isCancelled() { return nil }
      result.append(bits(chunk: index))
    }
    // The last of them may have been cancelled.
    return isCancelled() ? nil : result
  }

  func bits(chunk index: Int) -> RowBits {
    let columns = table.chunk(index)
    if isMistaken { return RowBits(rows: columns.count) }
    return filter.root.map { bits($0, chunk: index, columns) } ?? RowBits(rows: columns.count, all: true)
  }

  private func bits(_ node: FilterNode, chunk index: Int, _ columns: KeyColumns) -> RowBits {
    switch node {
    case .all(let nodes):
      var result = bits(nodes[0], chunk: index, columns)
      for node in nodes.dropFirst() where !result.isEmpty { result.formIntersection(bits(node, chunk: index, columns)) }
      return result
    case .any(let nodes):
      var result = bits(nodes[0], chunk: index, columns)
      for node in nodes.dropFirst() { result.formUnion(bits(node, chunk: index, columns)) }
      return result
    case .not(let node):
      var result = bits(node, chunk: index, columns)
      result.invert()
      return result
    case .test(let test): return bits(test, chunk: index, columns)
    }
  }

  private func bits(_ test: FilterTest, chunk index: Int, _ columns: KeyColumns) -> RowBits {
    var result = RowBits(rows: columns.count)
    switch test {
    case .text(.id, let pattern) where wholeIDs[pattern] != nil:
      let rows = (index << KeyColumns.shift)..<(index << KeyColumns.shift + columns.count)
      for row in wholeIDs[pattern] ?? [] where rows.contains(row) { result.insert(row - rows.lowerBound) }
    case .text(let field, let pattern): addText(field, prepared(pattern), columns, &result)
    case .can(let pattern):
      addAccess(.full, columns, &result)
      addListed(prepared(pattern), columns, &result)
    case .listed(let pattern): addListed(prepared(pattern), columns, &result)
    case .permissionCount(let comparison, let number):
      result = permissionCounts(where: { comparison.holds($0, number) }, columns)
    case .access(let access): addAccess(access, columns, &result)
    case .created(let from, let to):
      addCreated(
        from?.microseconds(now: context.now) ?? .min, to?.microseconds(now: context.now) ?? .max, columns, &result)
    case .age(let comparison, let count, let unit): addAge(comparison, count, unit, columns, &result)
    case .reported(let field): addReported(field, columns, &result)
    case .marked: add(context.marked, chunk: index, &result)
    case .new: add(context.newRows, chunk: index, &result)
    case .odd: result.formUnion(withFlags(.odd, equal: .odd, columns))
    case .changed: add(context.changedRows, chunk: index, &result)
    case .gone: add(context.goneRows, chunk: index, &result)
    }
    return result
  }

  private func prepared(_ pattern: TextPattern) -> PreparedPattern {
    prepared[pattern] ?? PreparedPattern(pattern, table)
  }

  private func add(_ set: RowSet, chunk index: Int, _ result: inout RowBits) {
    let first = (index << KeyColumns.shift) / 64
    for word in result.words.indices where first + word < set.words.count {
      result.words[word] |= set.words[first + word]
    }
    if result.rows & 63 != 0, !result.words.isEmpty {
      result.words[result.words.count - 1] &= (1 << UInt64(result.rows & 63)) - 1
    }
  }

  // MARK: Dates

  private func addCreated(_ from: Int64, _ to: Int64, _ columns: KeyColumns, _ result: inout RowBits) {
    var found = RowBits(rows: columns.count)
    found.scan(columns.created, as: Int64.self) { ck_in_range($0, $1, from, to, $2) }
    found.subtract(withFlags(.noCreated, equal: .noCreated, columns))
    result.formUnion(found)
  }

  /// Ages are whole seconds: a comparison of ages is a range of moments.
  private func addAge(
    _ comparison: Comparison, _ count: Int64, _ unit: Int64, _ columns: KeyColumns, _ result: inout RowBits
  ) {
    /// The first moment of the second that is `age` old.
    func moment(_ age: Int64) -> Int64 {
      let (seconds, underflow) = context.now.subtractingReportingOverflow(age)
      let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
      return underflow || overflow ? (age > 0 ? .min : .max) : product
    }
    let (product, overflow) = count.multipliedReportingOverflow(by: unit)
    let age = overflow ? Int64.max / 2 : product
    switch comparison {
    // "Exactly 3 days" is from 3 days up to 4.
    case .equal: addCreated(moment(age + unit - 1), moment(age - 1), columns, &result)
    case .notEqual:
      addCreated(.min, moment(age), columns, &result)
      addCreated(moment(age - 1), .max, columns, &result)
    case .greater: addCreated(.min, moment(age), columns, &result)
    case .greaterOrEqual: addCreated(.min, moment(age - 1), columns, &result)
    case .less: addCreated(moment(age - 1), .max, columns, &result)
    case .lessOrEqual: addCreated(moment(age), .max, columns, &result)
    }
  }

  // MARK: Access and what was reported

  private func withFlags(_ mask: KeyBatch.Flags, equal wanted: KeyBatch.Flags, _ columns: KeyColumns) -> RowBits {
    var found = RowBits(rows: columns.count)
    found.scan(columns.flags, as: UInt8.self) { ck_flags_equal($0, $1, mask.rawValue, wanted.rawValue, $2) }
    return found
  }

  private func addAccess(_ access: KeyAccess, _ columns: KeyColumns, _ result: inout RowBits) {
    switch access {
    case .full: result.formUnion(withFlags([.restricted, .accessUnknown], equal: [], columns))
    case .limited: result.formUnion(withFlags([.restricted, .accessUnknown], equal: .restricted, columns))
    case .unknown: result.formUnion(withFlags(.accessUnknown, equal: .accessUnknown, columns))
    }
  }

  private func addReported(_ field: KeyField, _ columns: KeyColumns, _ result: inout RowBits) {
    let missing: KeyBatch.Flags =
      switch field {
      case .access: .accessUnknown
      case .permissions: .noPermissionList
      case .created: .noCreated
      case .creator: .noCreator
      case .lastFour: .noLastFour
      case .name: .noName
      case .id: []
      }
    result.formUnion(withFlags(missing, equal: [], columns))
  }

  // MARK: Permissions

  /// Keys that list a number of permissions that passes; neither full access nor an unreported list has a number.
  private func permissionCounts(where passes: (Int) -> Bool, _ columns: KeyColumns) -> RowBits {
    var result = RowBits(rows: columns.count)
    var number = 0
    while number <= 64 {
      var end = number
      while end <= 64, passes(end) { end += 1 }
      if end > number {
        let (least, most) = (UInt32(number), UInt32(end - 1))
        result.scan(columns.masks, as: UInt64.self) { ck_count_between($0, $1, least, most, $2) }
      }
      number = end + 1
    }
    for (row, set) in columns.rare.permissionLists {
      if passes(set.count) { result.insert(row) } else { result.remove(row) }
    }
    result.subtract(withFlags([.restricted, .accessUnknown], equal: [], columns))
    result.subtract(withFlags(.noPermissionList, equal: .noPermissionList, columns))
    return result
  }

  /// Keys that list a permission whose name fits.
  private func addListed(_ pattern: PreparedPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    if pattern.permissions != 0 {
      result.scan(columns.masks, as: UInt64.self) { ck_any_bit($0, $1, pattern.permissions, $2) }
    }
    if columns.rare.permissionLists.isEmpty { return }
    var matcher = TextMatcher(pattern.pattern)
    for (row, set) in columns.rare.permissionLists {
      for name in set.others where matcher.matches(name) { result.insert(row) }
    }
  }

  // MARK: Texts

  private func addText(_ field: KeyField?, _ pattern: PreparedPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    if field == nil || field == .name { addNames(pattern.pattern, columns, &result) }
    if field == nil || field == .id { addIDs(pattern, columns, &result) }
    if field == nil || field == .creator { addCreators(pattern, columns, &result) }
    if field == nil || field == .lastFour { addLastFour(pattern.pattern, columns, &result) }
    if field == nil { addListed(pattern, columns, &result) }
  }

  /// Of names, between two looks whether the search is still wanted.
  private static let bytesBetweenLooks = 1 << 16

  private func addNames(_ pattern: TextPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    if pattern.kind == .substring {
      result.words.withUnsafeMutableBufferPointer { bits in
        ck_scan(
          columns.names, columns.names.count, columns.nameEnds, columns.count, pattern.bytes, pattern.bytes.count,
          pattern.exact ? 0 : 1, bits.baseAddress)
      }
      return
    }
    var matcher = TextMatcher(pattern)
    columns.names.withUnsafeBufferPointer { names in
      var read = 0
      // A key without a name is matched by nothing, not even by what matches an empty one.
      for row in 0..<columns.count where !columns.flags[row].contains(.noName) {
        let name = UnsafeBufferPointer(rebasing: names[columns.nameRange(row)])
        if matcher.matches(name) { result.insert(row) }
        read += name.count
        guard read >= FilterEvaluation.bytesBetweenLooks else { continue }
        // Names may be long: who cancelled does not wait for the chunk, and gets no result of it.
        if isCancelled() { return }
        read = 0
      }
    }
  }

  private func addIDs(_ pattern: PreparedPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    let kind = pattern.pattern.kind
    let isSimple = kind == .substring || kind == .whole
    if isSimple, pattern.piece == nil, columns.rare.opaqueIDs.isEmpty { return }
    var matcher = TextMatcher(pattern.pattern)
    var uuidMatcher = TextMatcher(pattern.pattern.ofUUID)
    // The UUID column holds zeros where the id has another form; those rows are judged by their text alone.
    var found = RowBits(rows: columns.count)
    if isSimple {
      if kind == .substring || pattern.pattern.bytes.count == 36, let piece = pattern.piece {
        found.scan(columns.ids, as: UInt64.self) {
          ck_scan_uuids($0, $1, piece.nibbles, piece.nibbles.count, piece.starts, $2)
        }
      }
    } else {
      var text: [UInt8] = []
      var uuidMatcher = TextMatcher(pattern.uuidPattern)
      for row in 0..<columns.count {
        text.removeAll(keepingCapacity: true)
        columns.ids[row].appendText(to: &text)
        if text.withUnsafeBufferPointer({ uuidMatcher.matches($0) }) { found.insert(row) }
      }
    }
    for (row, text) in columns.rare.opaqueIDs {
      found.remove(row)
      let isUUID = pattern.pattern.isOfID && UUID128(KeyTable.lowerCased(text)) != nil
      if isUUID ? uuidMatcher.matches(KeyTable.lowerCased(text)) : matcher.matches(text) { found.insert(row) }
    }
    result.formUnion(found)
  }

  private func addCreators(_ pattern: PreparedPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    guard let creators = pattern.creators else { return }
    result.scan(columns.creators, as: UInt32.self) { ck_in_table($0, $1, creators, creators.count, $2) }
  }

  private func addLastFour(_ pattern: TextPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    if pattern.kind == .substring, columns.rare.otherLastFour.isEmpty {
      if pattern.bytes.count > 4 { return }
      if pattern.bytes.allSatisfy({ $0 < 0x80 }) { return addPackedLastFour(pattern, columns, &result) }
    }
    var matcher = TextMatcher(pattern)
    columns.lastFour.withUnsafeBufferPointer { values in
      for row in 0..<columns.count {
        let flags = columns.flags[row]
        if flags.contains(.noLastFour) { continue }
        if values[row] == 0, let text = columns.rare.otherLastFour[row] {
          if matcher.matches(text) { result.insert(row) }
          continue
        }
        var word = values[row].littleEndian
        let fits = withUnsafeBytes(of: &word) { matcher.matches($0.assumingMemoryBound(to: UInt8.self)) }
        if fits { result.insert(row) }
      }
    }
  }

  /// Compares the packed characters at each position the pattern fits; where not reported the word is 0 and never
  /// equal.
  private func addPackedLastFour(_ pattern: TextPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    let length = pattern.bytes.count
    var wanted: UInt32 = 0
    var folded: UInt32 = 0
    for (index, byte) in pattern.bytes.enumerated() {
      wanted |= UInt32(byte) << UInt32(index * 8)
      if !pattern.exact, (0x61...0x7A).contains(byte) { folded |= 0x20 << UInt32(index * 8) }
    }
    let mask = length == 4 ? UInt32.max : (1 << UInt32(length * 8)) - 1
    if wanted == 0 { return }
    for shift in stride(from: UInt32(0), through: UInt32((4 - length) * 8), by: 8) {
      result.scan(columns.lastFour, as: UInt32.self) { ck_words_equal($0, $1, shift, mask, folded, wanted, $2) }
    }
  }
}
