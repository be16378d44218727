import APIKeyClient
import APIKeyModel
import KeyTable

/// A look for new keys: pages from the newest end, up to the first that holds a known key. Pure.
///
/// What it reads again on the way is compared with what is held. Oldest first, the newest end is the last page, so that
/// one page of known keys is read again there too.
struct Look: Sendable {
  let id: LoadID
  var paginator: Paginator
  private(set) var pages: [KeyBatch] = []
  /// The list is looked at before it was read to its end: what follows its last key is not new.
  let isPart: Bool
  private var isAtEnd = false

  /// Known keys read again where the newest end is the last one.
  static let overlap = 50

  init(_ plan: LoadPlan, table: KeyTable, isPart: Bool = false, id: LoadID) {
    self.id = id
    self.isPart = isPart
    paginator = plan.paginator()
    if plan.order == .ascending {
      let order = table.serverOrder
      if order.count > Look.overlap {
        paginator.goOn(after: table.id(at: order[order.count - Look.overlap - 1]))
      }
    }
  }

  init(_ look: Look, id: LoadID) {
    self.id = id
    paginator = look.paginator
    pages = look.pages
    isPart = look.isPart
  }

  enum Step: Sendable {
    case more
    case found(Found)
    case failed(KeySourceError)
  }

  struct Found: Sendable {
    /// New keys, each run at its position in the list.
    var new: [KeyTable.Insertion]
    var isChanged: Bool
  }

  /// Takes a page. `order` is that of the list held.
  mutating func receive(_ page: KeyPage, _ order: ListOrder, table: KeyTable, limits: LoadLimits) -> Step {
    var known = 0
    for row in 0..<page.keys.count where table.row(of: page.keys.id(at: row)) != nil { known += 1 }
    let first = page.keys.isEmpty ? nil : page.keys.id(at: 0)
    let isRepeated = first.map { first in pages.contains { $0.row(of: first) != nil } } ?? false
    pages.append(page.keys)
    if order == .descending, known > 0 || isPart && endsBehind(page.keys, table) {
      isAtEnd = !page.hasMore
      return .found(compare(table, order))
    }
    let new = pages.reduce(0) { $0 + $1.count } - (order == .ascending ? min(Look.overlap, table.count) : 0)
    let step = paginator.receive(
      page, added: isRepeated ? 0 : page.keys.count, leftOut: max(table.count + new - limits.keys, 0))
    switch step {
    case .more: return .more
    case .failed(let error): return .failed(error)
    case .finished:
      isAtEnd = true
      return .found(compare(table, order))
    }
  }

  /// What the pages show about the keys held.
  private func compare(_ table: KeyTable, _ order: ListOrder) -> Found {
    var isChanged = false
    var rows: [Int] = []
    var seen: Set<KeyIdentifier> = []
    var points = InsertionPoints(table, order)
    if order == .ascending { points.begin(at: max(table.count - Look.overlap, 0)) }
    /// Unknown keys since the last known one.
    var waiting: [APIKey] = []
    for page in pages {
      for number in 0..<page.count {
        let key = page[number]
        guard let row = table.row(of: key.id) else {
          if seen.insert(key.id).inserted { waiting.append(key) }
          continue
        }
        // Before a known key: new at the top, and between known keys back-dated or put there by another edit.
        if !waiting.isEmpty, order == .ascending || !rows.isEmpty { isChanged = true }
        points.add(waiting)
        waiting = []
        if !KeyChange(from: table[row], to: key).isEmpty { isChanged = true }
        rows.append(row)
        points.pass(row)
      }
    }
    if isPart { waiting.removeAll { isBehind($0.created, table) } }
    if !waiting.isEmpty, order == .descending, !rows.isEmpty { isChanged = true }
    points.add(waiting)
    if isMissingSome(rows, table, order) { isChanged = true }
    return Found(new: points.insertions, isChanged: isChanged)
  }

  /// Whether a key may follow the last key of a part, to come with the next page.
  private func isBehind(_ date: CreatedDate?, _ table: KeyTable) -> Bool {
    guard let last = table.serverOrder.last, let end = table.created(at: last), let date else { return true }
    return date.microseconds <= end.microseconds
  }

  private func endsBehind(_ page: KeyBatch, _ table: KeyTable) -> Bool {
    !page.isEmpty && isBehind(page[page.count - 1].created, table)
  }

  /// Whether keys between those read again are missing.
  private func isMissingSome(_ rows: [Int], _ table: KeyTable, _ order: ListOrder) -> Bool {
    let list = table.serverOrder
    guard let first = rows.first else { return !list.isEmpty }
    let came = RowSet(rows)
    if order == .ascending {
      // All from the page's cursor to the end were to come.
      let start = list.count > Look.overlap ? list.count - Look.overlap : 0
      return (start..<list.count).contains { !came.contains(list[$0]) }
    }
    let indexes = rows.map { list.place(of: $0) ?? 0 }
    let last = indexes.max() ?? 0
    let isInOrder = zip(indexes, indexes.dropFirst()).allSatisfy { $0 < $1 }
    let end = isAtEnd ? list.count : last + 1
    // A server that reorders keys of one date on each request may have put some of them past what was read.
    let lastDate = table.created(at: list[last])?.microseconds ?? table.created(at: first)?.microseconds
    return (0..<end).contains { index in
      let row = list[index]
      if came.contains(row) { return false }
      return isInOrder || isAtEnd || table.created(at: row)?.microseconds != lastDate
    }
  }
}
