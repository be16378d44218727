import APIKeyClient
import APIKeyModel
import KeyTable

/// The positions of new keys in a list: after the known key that they followed on the page, unless their date belongs
/// elsewhere, because a key around them was given another date or is gone.
struct InsertionPoints {
  private let table: KeyTable
  private let list: RowList
  private let order: ListOrder
  /// How many keys of the list precede what comes next.
  private var index = 0
  private var found: [Int: [APIKey]] = [:]

  init(_ table: KeyTable, _ order: ListOrder) {
    self.table = table
    self.order = order
    list = table.serverOrder
  }

  /// The new keys of a page that holds known ones too, at their positions; nil for a page without known keys, unless
  /// those are to be put where their dates belong.
  static func insertions(
    of page: KeyBatch, in table: KeyTable, _ order: ListOrder, withoutKnown: Bool
  ) -> [KeyTable.Insertion]? {
    var points = InsertionPoints(table, order)
    points.begin(at: table.count)
    var isKnown = false
    var seen: Set<KeyIdentifier> = []
    for number in 0..<page.count {
      if let row = table.row(of: page.id(at: number)) {
        isKnown = true
        points.pass(row)
      } else if seen.insert(page.id(at: number)).inserted {
        points.add([page[number]])
      }
    }
    return isKnown || withoutKnown ? points.insertions : nil
  }

  mutating func begin(at index: Int) { self.index = index }

  /// A known key came.
  mutating func pass(_ row: Int) { index = (list.place(of: row) ?? -1) + 1 }

  mutating func add(_ keys: [APIKey]) {
    for key in keys { found[index(of: key), default: []].append(key) }
  }

  var insertions: [KeyTable.Insertion] {
    found.sorted { $0.key < $1.key }.map { index, keys in
      var batch = KeyBatch()
      for key in isInOrder(keys) ? keys : inOrder(keys) { batch.append(key) }
      return KeyTable.Insertion(keys: batch, place: index)
    }
  }

  private func index(of key: APIKey) -> Int {
    guard let date = key.created?.microseconds else { return index }
    let isAfterTheOneBefore = index == 0 || isInOrder(self.date(at: index - 1), date)
    let isBeforeTheNext = index == list.count || isInOrder(date, self.date(at: index))
    if isAfterTheOneBefore, isBeforeTheNext { return index }
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if isInOrder(self.date(at: middle), date) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func date(at index: Int) -> Int64? { table.created(at: list[index])?.microseconds }

  /// Whether one date may precede another; a key without a date may be anywhere.
  private func isInOrder(_ first: Int64?, _ second: Int64?) -> Bool {
    guard let first, let second else { return true }
    return order == .descending ? first >= second : first <= second
  }

  private func isInOrder(_ keys: [APIKey]) -> Bool {
    zip(keys, keys.dropFirst()).allSatisfy { isInOrder($0.created?.microseconds, $1.created?.microseconds) }
  }

  /// By date, those of one date as they came.
  private func inOrder(_ keys: [APIKey]) -> [APIKey] {
    let dated = keys.enumerated().sorted { left, right in
      let dates = (left.element.created?.microseconds ?? 0, right.element.created?.microseconds ?? 0)
      if dates.0 == dates.1 { return left.offset < right.offset }
      return order == .descending ? dates.0 > dates.1 : dates.0 < dates.1
    }
    return dated.map(\.element)
  }
}
