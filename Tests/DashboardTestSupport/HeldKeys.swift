import APIKeyClient
import APIKeyModel
import KeyLoading

/// Keys of a list held in memory, answered page by page as a server would.
package struct HeldKeys: Sendable {
  package var keys: [APIKey]
  /// Records of the last page that cannot be read.
  package var unreadable = 0

  package init(keys: [APIKey], unreadable: Int = 0) {
    self.keys = keys
    self.unreadable = unreadable
  }

  /// 500 keys, every fourth with full access, the second one as the written examples have it.
  package static let usual = HeldKeys(
    keys: (0..<500).map { index in
      let isFull = index % 4 == 0
      let listed = PermissionSet(["calls.create", "calls.view", "agents.view", "stats.view", "voices.view"])
      return APIKey(
        id: id(0x8000, index), name: index == 1 ? "billing-core-prod" : "service-\(index)",
        created: CreatedDate("2023-11-07T05:31:56Z"), lastFour: index == 1 ? "4f2a" : "\(1000 + index)",
        creator: id(0x9000, index % 7), restricted: !isFull, permissions: isFull ? nil : listed)
    })

  private static func id(_ kind: UInt64, _ number: Int) -> KeyIdentifier {
    .uuid(UUID128(high: 0x4000, low: kind << 48 | 0x1000_0000_0000 | UInt64(number)))
  }

  /// 1,112 days after the examples' key was created.
  package static let now = (CreatedDate("2023-11-07T05:31:56Z")?.seconds ?? 0) + 1112 * 86_400

  package func answer(to request: PageRequest) -> KeyPage {
    var start = 0
    if case .after(let id) = request.cursor { start = (keys.firstIndex { $0.id == id } ?? keys.count - 1) + 1 }
    let end = min(start + request.limit, keys.count)
    var batch = KeyBatch()
    for apiKey in keys[start..<end] { batch.append(apiKey) }
    let hasMore = end < keys.count
    return KeyPage(
      keys: batch, hasMore: hasMore, lastID: end > start ? keys[end - 1].id : nil, unreadable: hasMore ? 0 : unreadable)
  }
}

extension HeldKeys: KeySource {
  package var label: String { "keys.example.com" }
  package var requestCount: Int { 0 }
  package var isRereadable: Bool { true }
  package func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    answer(to: request)
  }
  package func close() async {}
}
