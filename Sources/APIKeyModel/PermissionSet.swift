/// The permissions a key lists, exactly as the server sent them.
package struct PermissionSet: Hashable, Sendable {
  /// Those the catalogue knows.
  package let mask: PermissionMask
  /// Those it does not know, in the order sent, each once.
  package let others: [String]
  /// The list as sent; nil when it is the mask in catalogue order with no others.
  private let exact: [String]?

  package init(mask: PermissionMask) {
    self.mask = mask
    others = []
    exact = nil
  }

  package init(_ list: [String]) {
    var mask: PermissionMask = []
    var others: [String] = []
    // By bytes; only for lists that are long: a short one is quicker searched.
    var seen: Set<[UInt8]> = []
    var inOrder = true
    var previous = -1
    for name in list {
      if let index = PermissionCatalog.index(of: name) {
        if index <= previous { inOrder = false }
        previous = index
        mask.insert(PermissionMask(index: index))
      } else {
        inOrder = false
        if others.count == PermissionSet.longList { seen = Set(others.map { Array($0.utf8) }) }
        let isNew =
          others.count < PermissionSet.longList
          ? !others.contains { $0.utf8.elementsEqual(name.utf8) } : seen.insert(Array(name.utf8)).inserted
        if isNew { others.append(name) }
      }
    }
    self.mask = mask
    self.others = others
    exact = inOrder ? nil : list
  }

  private static let longList = 8

  /// The list as sent, for writing it again.
  package var list: [String] {
    exact ?? (0..<PermissionCatalog.count).filter(mask.contains(index:)).map { PermissionCatalog.names[$0] }
  }

  /// True when ``mask`` alone holds everything.
  package var isCanonical: Bool { exact == nil }

  /// Different permissions listed.
  package var count: Int { mask.count + others.count }
}
