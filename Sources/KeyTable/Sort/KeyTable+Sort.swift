import APIKeyModel
import CKeyScan

/// Sorting: a number or a text for each row, and a radix sort by it.
extension KeyTable {
  /// Stable; what was not reported comes last in both directions.
  func sort(_ list: RowList, _ sort: SortOrder, _ isCancelled: () -> Bool) -> RowList? {
    if sort.isServerOrder { return list }
    var rows = list.array
    for term in sort.terms.reversed() {
      if isCancelled() { return nil }
      switch term.column {
      case .name:
        if hasLongTexts {
          sortLongTexts(&rows, term.descending) { columns, row in columns.names[columns.nameRange(row)] }
        } else {
          sortNames(&rows, term.descending)
        }
        moveToEnd(&rows, .noName)
      case .id where !hasOpaqueIDs:
        sortNumbers(&rows, term.descending, zeroIsMissing: false) { columns, keys in
          columns.ids.withUnsafeBufferPointer { ids in for row in keys.indices { keys[row] = ids[row].low } }
        }
        sortNumbers(&rows, term.descending, zeroIsMissing: false) { columns, keys in
          columns.ids.withUnsafeBufferPointer { ids in for row in keys.indices { keys[row] = ids[row].high } }
        }
      case .id where hasLongTexts: sortLongTexts(&rows, term.descending) { Array($0.id($1).text.utf8)[...] }
      case .id: sortTexts(&rows, term.descending) { $2.append(contentsOf: $0.id($1).text.utf8) }
      case .lastFour: sortLastFour(&rows, term.descending)
      case .access:
        sortNumbers(&rows, term.descending) { columns, keys in
          for row in keys.indices { keys[row] = UInt64(columns.access(row).rawValue) + 1 }
        }
      case .permissions: sortPermissionCounts(&rows, term.descending)
      case .created: sortDates(&rows, term.descending)
      case .creator:
        let ranks = creatorRanks()
        sortNumbers(&rows, term.descending) { columns, keys in
          columns.creators.withUnsafeBufferPointer { creators in
            for row in keys.indices {
              keys[row] = creators[row] == KeyColumns.noCreator ? 0 : ranks[Int(creators[row])]
            }
          }
        }
      }
    }
    return RowList(rows: rows)
  }

  private var hasOpaqueIDs: Bool {
    (0..<chunkCount).contains { !chunk($0).rare.opaqueIDs.isEmpty }
  }

  /// Rows with a flag come last, in the order they had.
  private func moveToEnd(_ rows: inout [UInt32], _ flag: KeyBatch.Flags) {
    let isAny = (0..<chunkCount).contains { chunk($0).flags.contains { $0.contains(flag) } }
    guard isAny else { return }
    sortNumbers(&rows, false) { columns, keys in
      for row in keys.indices { keys[row] = columns.flags[row].contains(flag) ? 0 : 1 }
    }
  }

  // MARK: By numbers

  private func sortDates(_ rows: inout [UInt32], _ descending: Bool) {
    sortNumbers(&rows, descending) { columns, keys in
      columns.created.withUnsafeBufferPointer { created in
        columns.flags.withUnsafeBufferPointer { flags in
          for row in keys.indices {
            let number = UInt64(bitPattern: created[row]) ^ 1 << 63
            keys[row] = flags[row].rawValue & KeyBatch.Flags.noCreated.rawValue == 0 ? number : 0
          }
        }
      }
    }
  }

  /// Full access is more than any list.
  private func sortPermissionCounts(_ rows: inout [UInt32], _ descending: Bool) {
    sortNumbers(&rows, descending) { columns, keys in
      for row in keys.indices {
        keys[row] =
          columns.access(row) == .full ? .max >> 1 : columns.permissionCount(row).map { UInt64($0) + 1 } ?? 0
      }
    }
  }

  /// Ranks among the creators' ids, from 1.
  private func creatorRanks() -> [UInt64] {
    let texts = creators.identifiers.map { Array($0.text.utf8) }
    var ranks = [UInt64](repeating: 0, count: texts.count)
    for (rank, index) in texts.indices.sorted(by: { texts[$0].lexicographicallyPrecedes(texts[$1]) }).enumerated() {
      ranks[index] = UInt64(rank + 1)
    }
    return ranks
  }

  /// Four ASCII characters are a number that is ordered as they are.
  private func sortLastFour(_ rows: inout [UInt32], _ descending: Bool) {
    guard (0..<chunkCount).allSatisfy({ chunk($0).rare.otherLastFour.isEmpty }) else {
      if hasLongTexts {
        sortLongTexts(&rows, descending) { Array(($0.lastFourText($1) ?? "").utf8)[...] }
      } else {
        sortTexts(&rows, descending) { $2.append(contentsOf: ($0.lastFourText($1) ?? "").utf8) }
      }
      return moveToEnd(&rows, .noLastFour)
    }
    sortNumbers(&rows, descending) { columns, keys in
      columns.lastFour.withUnsafeBufferPointer { packed in
        for row in keys.indices { keys[row] = UInt64(KeyTable.lowerCase(packed[row]).byteSwapped) }
      }
    }
  }

  /// Of four ASCII characters at once.
  private static func lowerCase(_ packed: UInt32) -> UInt32 {
    let ones: UInt32 = 0x0101_0101
    let isAtLeastA = packed &+ ones &* (0x80 - 0x41)
    let isPastZ = packed &+ ones &* (0x80 - 0x5B)
    return packed | (isAtLeastA & ~isPastZ & ones &* 0x80) >> 2
  }

  /// `fill` gives each row of a chunk its number, less than the largest one; 0 where it was not reported.
  private func sortNumbers(
    _ rows: inout [UInt32], _ descending: Bool, zeroIsMissing: Bool = true,
    _ fill: (borrowing KeyColumns, UnsafeMutableBufferPointer<UInt64>) -> Void
  ) {
    var numbers = [UInt64](unsafeUninitializedCapacity: count) { numbers, count in
      let turn: UInt64 = descending ? .max : 0
      for index in 0..<chunkCount {
        let columns = chunk(index)
        let own = UnsafeMutableBufferPointer(rebasing: numbers[count..<count + columns.count])
        fill(columns, own)
        for row in own.indices { own[row] = zeroIsMissing && own[row] == 0 ? .max : own[row] ^ turn }
        count += columns.count
      }
    }
    if !isEveryRow(rows) {
      numbers = rows.withUnsafeBufferPointer { rows in
        numbers.withUnsafeBufferPointer { numbers in rows.map { numbers[Int($0)] } }
      }
    }
    if ck_sort_keys(&numbers, &rows, rows.count) == 0 {
      // Short of memory: the slow way needs less.
      let (keys, unsorted) = (numbers, rows)
      rows = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { unsorted[$0] }
    }
  }

  /// Whether these are all rows as they arrived.
  private func isEveryRow(_ rows: [UInt32]) -> Bool {
    rows.count == count && rows.withUnsafeBufferPointer { rows in rows.indices.allSatisfy { rows[$0] == UInt32($0) } }
  }

  // MARK: By texts

  /// The texts that are sorted by, end to end, and where each begins; the last number is where the last one ends.
  private struct Texts {
    var bytes: [UInt8] = []
    var starts: [UInt32] = []
  }

  private func sortTexts(
    _ rows: inout [UInt32], _ descending: Bool, _ add: (borrowing KeyColumns, Int, inout [UInt8]) -> Void
  ) {
    var texts = Texts(starts: [0])
    texts.starts.reserveCapacity(rows.count + 1)
    for row in rows {
      read(Int(row)) { columns, offset in add(columns, offset, &texts.bytes) }
      texts.starts.append(UInt32(texts.bytes.count))
    }
    foldCase(&texts.bytes)
    sort(&rows, by: texts, descending)
  }

  /// Names that lie side by side are taken together.
  private func sortNames(_ rows: inout [UInt32], _ descending: Bool) {
    var texts = Texts()
    let length = (0..<chunkCount).reduce(0) { $0 + chunk($1).names.count }
    texts.starts = [UInt32](unsafeUninitializedCapacity: rows.count + 1) { starts, startCount in
      texts.bytes = [UInt8](unsafeUninitializedCapacity: length) { bytes, count in
        rows.withUnsafeBufferPointer { rows in
          var place = 0
          while place < rows.count {
            var end = place + 1
            let room = KeyColumns.capacity - Int(rows[place]) & (KeyColumns.capacity - 1)
            let lastEnd = min(place + room, rows.count)
            while end < lastEnd, rows[end] == rows[end - 1] &+ 1 { end += 1 }
            read(Int(rows[place])) { columns, offset in
              let first = columns.nameRange(offset).lowerBound
              let size = Int(columns.nameEnds[offset + end - place - 1]) - first
              let shift = UInt32(truncatingIfNeeded: count &- first)
              starts[place] = UInt32(count)
              for next in 1..<max(end - place, 1) {
                starts[place + next] = columns.nameEnds[offset + next - 1] &+ shift
              }
              if size > 0, let target = bytes.baseAddress {
                columns.names.withUnsafeBufferPointer { names in
                  guard let source = names.baseAddress else { return }
                  (target + count).initialize(from: source + first, count: size)
                }
              }
              count += size
            }
            place = end
          }
          starts[rows.count] = UInt32(count)
        }
      }
      startCount = rows.count + 1
    }
    foldCase(&texts.bytes)
    sort(&rows, by: texts, descending)
  }

  /// Whether the texts are too long to be copied side by side.
  private var hasLongTexts: Bool { textBytes + count * UUID128.textLength > textRoom }

  /// Sorts by one piece of the texts after another, the last pieces first; a text that has ended comes before those
  /// that continue. Each piece is small enough for all texts that have it to be copied, and each byte is copied once.
  private func sortLongTexts(
    _ rows: inout [UInt32], _ descending: Bool, _ text: (borrowing KeyColumns, Int) -> ArraySlice<UInt8>
  ) {
    let size = max(textRoom / max(rows.count, 1), 64)
    // The rows by how many pieces their texts have, in the order they come.
    var rowsByPieces: [[UInt32]] = [[]]
    for row in rows {
      let pieces = (read(Int(row)) { text($0, $1).count } + size - 1) / size
      while rowsByPieces.count <= pieces { rowsByPieces.append([]) }
      rowsByPieces[pieces].append(row)
    }
    var sorted: [UInt32] = []
    while let ended = rowsByPieces.popLast() {
      // Those whose text ends with the piece before this one join in their order: it is sorted by that piece next.
      sorted = descending ? sorted + ended : ended + sorted
      guard !rowsByPieces.isEmpty else { break }
      let start = (rowsByPieces.count - 1) * size
      var texts = Texts(starts: [0])
      texts.starts.reserveCapacity(sorted.count + 1)
      for row in sorted {
        var piece = read(Int(row)) { columns, offset -> [UInt8] in
          let whole = text(columns, offset)
          // With the neighbours on both sides: a letter may have its two bytes in two pieces.
          let first = whole.startIndex + start - (start > 0 ? 1 : 0)
          return Array(whole[first..<min(whole.startIndex + start + size + 1, whole.endIndex)])
        }
        foldCase(&piece)
        texts.bytes += piece.dropFirst(start > 0 ? 1 : 0).prefix(size)
        texts.starts.append(UInt32(texts.bytes.count))
      }
      sort(&sorted, by: texts, descending)
    }
    rows = sorted
  }

  /// The texts have their letters folded already.
  private func sort(_ rows: inout [UInt32], by texts: Texts, _ descending: Bool) {
    let (text, starts) = (texts.bytes, texts.starts)
    var places = [UInt32](unsafeUninitializedCapacity: rows.count) { places, count in
      count = rows.count
      for place in 0..<count { places[place] = UInt32(place) }
    }
    if ck_sort_texts(text, starts, &places, places.count, descending ? 1 : 0) == 0 {
      places = rows.indices.map { UInt32($0) }.sorted { left, right in
        let leftText = text[Int(starts[Int(left)])..<Int(starts[Int(left) + 1])]
        let rightText = text[Int(starts[Int(right)])..<Int(starts[Int(right) + 1])]
        if leftText == rightText { return left < right }
        return leftText.lexicographicallyPrecedes(rightText) != descending
      }
    }
    rows = rows.withUnsafeBufferPointer { rows in places.map { rows[Int($0)] } }
  }
}
