import APIKeyModel
import CKeyScan

/// Evaluates one filter over the chunks of one table.
struct FilterEvaluation {
  let table: KeyTable
  let context: FilterContext

  func bits(_ node: FilterNode, chunk index: Int, _ columns: KeyColumns) -> RowBits {
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
    case .text(let field, let pattern): addText(field, pattern, columns, &result)
    case .can(let pattern):
      addAccess(.full, columns, &result)
      addListed(pattern, columns, &result)
    case .listed(let pattern): addListed(pattern, columns, &result)
    case .permissionCount(let comparison, let number):
      for row in 0..<columns.count {
        if let count = columns.permissionCount(row), comparison.holds(count, number) { result.insert(row) }
      }
    case .access(let access): addAccess(access, columns, &result)
    case .created(let from, let to):
      let lower = from?.microseconds(now: context.now) ?? .min
      let upper = to?.microseconds(now: context.now) ?? .max
      // Not a Range: one that is typed the wrong way round matches nothing, and is no reason to trap.
      result.insert(where: { lower <= $0 && $0 < upper }, in: columns.created)
      remove(.noCreated, columns, &result)
    case .age(let comparison, let count, let unit):
      result.insert(
        where: {
          let age = context.now - CivilDate.floorDivide($0, 1_000_000)
          // "Exactly 3 days" is from 3 days up to 4.
          return comparison == .equal ? CivilDate.floorDivide(age, unit) == count : comparison.holds(age, count * unit)
        }, in: columns.created)
      remove(.noCreated, columns, &result)
    case .reported(let field): addReported(field, columns, &result)
    case .marked: add(context.marked, chunk: index, &result)
    case .new: add(context.newRows, chunk: index, &result)
    }
    return result
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

  private func remove(_ flag: KeyBatch.Flags, _ columns: KeyColumns, _ result: inout RowBits) {
    var kept = RowBits(rows: columns.count)
    kept.insert(where: { !$0.contains(flag) }, in: columns.flags)
    result.formIntersection(kept)
  }

  private func addAccess(_ access: KeyAccess, _ columns: KeyColumns, _ result: inout RowBits) {
    let wanted: KeyBatch.Flags =
      switch access {
      case .full: []
      case .limited: .restricted
      case .unknown: .accessUnknown
      }
    result.insert(where: { $0.intersection([.restricted, .accessUnknown]) == wanted }, in: columns.flags)
  }

  private func addReported(_ field: ReportedField, _ columns: KeyColumns, _ result: inout RowBits) {
    let missing: KeyBatch.Flags =
      switch field {
      case .access: .accessUnknown
      case .perms: .noPermissionList
      case .created: .noCreated
      case .creator: .noCreator
      case .last4: .noLastFour
      case .name: []
      }
    if field == .name {
      for row in 0..<columns.count where !columns.nameRange(row).isEmpty { result.insert(row) }
    } else {
      result.insert(where: { $0.isDisjoint(with: missing) }, in: columns.flags)
    }
  }

  /// Keys that list a permission whose name fits.
  private func addListed(_ pattern: TextPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    var matcher = TextMatcher(pattern)
    var mask: UInt64 = 0
    for (index, name) in PermissionCatalog.names.enumerated() where matcher.matches(name) { mask |= 1 << UInt64(index) }
    if mask != 0 { result.insert(where: { $0.rawValue & mask != 0 }, in: columns.masks) }
    for (row, set) in columns.rare.permissionLists {
      for name in set.others where matcher.matches(name) { result.insert(row) }
    }
  }

  private func addText(_ field: TextField, _ pattern: TextPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    if field == .any || field == .name { addNames(pattern, columns, &result) }
    if field == .any || field == .id { addIDs(pattern, columns, &result) }
    if field == .any || field == .creator { addCreators(pattern, columns, &result) }
    if field == .any || field == .last4 { addLastFour(pattern, columns, &result) }
    if field == .any { addListed(pattern, columns, &result) }
  }

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
      for row in 0..<columns.count where matcher.matches(UnsafeBufferPointer(rebasing: names[columns.nameRange(row)])) {
        result.insert(row)
      }
    }
  }

  private func addIDs(_ pattern: TextPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    var matcher = TextMatcher(pattern)
    // The UUID column holds zeros where the id has another form; those rows are judged by their text alone.
    var found = RowBits(rows: columns.count)
    if pattern.kind == .substring || pattern.kind == .whole {
      if pattern.kind == .substring || pattern.bytes.count == 36, let piece = UUIDPiece(pattern.bytes) {
        columns.ids.withUnsafeBytes { ids in
          found.words.withUnsafeMutableBufferPointer { bits in
            ck_scan_uuids(
              ids.assumingMemoryBound(to: UInt64.self).baseAddress, columns.count, piece.nibbles, piece.nibbles.count,
              piece.starts, bits.baseAddress)
          }
        }
      }
    } else {
      var text: [UInt8] = []
      for row in 0..<columns.count {
        text.removeAll(keepingCapacity: true)
        columns.ids[row].appendText(to: &text)
        if text.withUnsafeBufferPointer({ matcher.matches($0) }) { found.insert(row) }
      }
    }
    for (row, text) in columns.rare.opaqueIDs {
      found.words[row >> 6] &= ~(1 << UInt64(row & 63))
      if matcher.matches(text) { found.insert(row) }
    }
    result.formUnion(found)
  }

  private func addCreators(_ pattern: TextPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    var matcher = TextMatcher(pattern)
    let matching = table.creators.identifiers.map { matcher.matches($0.text) }
    guard matching.contains(true) else { return }
    result.insert(where: { $0 != KeyColumns.noCreator && matching[Int($0)] }, in: columns.creators)
  }

  private func addLastFour(_ pattern: TextPattern, _ columns: KeyColumns, _ result: inout RowBits) {
    var matcher = TextMatcher(pattern)
    if pattern.kind == .substring, pattern.bytes.count > 4, columns.rare.otherLastFour.isEmpty { return }
    if pattern.kind == .substring, columns.rare.otherLastFour.isEmpty, pattern.bytes.allSatisfy({ $0 < 0x80 }) {
      addPackedLastFour(pattern, columns, &result)
      return
    }
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

  /// Compares the packed characters at each place the pattern fits; where not reported the word is 0 and never equal.
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
      result.insert(where: { (($0 >> shift) & mask) | folded == wanted }, in: columns.lastFour)
    }
  }
}

/// A part of a UUID's text: its digits, and the digits of a UUID it may start at.
struct UUIDPiece {
  let nibbles: [UInt8]
  let starts: UInt32

  /// Nil for a text that is in no UUID.
  init?(_ text: [UInt8]) {
    guard text.count <= 36 else { return nil }
    var nibbles: [UInt8] = []
    for byte in text {
      switch byte {
      case 0x30...0x39: nibbles.append(byte - 0x30)
      case 0x61...0x66: nibbles.append(byte - 0x57)
      case UInt8(ascii: "-"): break
      default: return nil
      }
    }
    let hyphens = [8, 13, 18, 23]
    var starts: UInt32 = 0
    for start in 0...(36 - text.count)
    where text.indices.allSatisfy({ (text[$0] == UInt8(ascii: "-")) == hyphens.contains(start + $0) }) {
      let digit = start - hyphens.count(where: { $0 < start })
      // A hyphen alone is in every UUID: any start will do.
      starts |= 1 << UInt32(min(digit, 31))
    }
    guard starts != 0 else { return nil }
    self.nibbles = nibbles
    self.starts = starts
  }
}
