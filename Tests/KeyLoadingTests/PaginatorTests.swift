import APIKeyClient
import APIKeyModel
import KeyLoading
import TestSupport
import Testing

@Suite("Paging", .timeLimit(.minutes(5))) struct PaginatorTests {
  private func page(_ ids: [String], more: Bool, last: String? = nil) -> KeyPage {
    var keys = KeyBatch()
    for id in ids { keys.append(APIKey(id: KeyIdentifier(id), name: id)) }
    return KeyPage(keys: keys, hasMore: more, lastID: last.map { KeyIdentifier($0) })
  }

  /// Loads the pages a server gives by request number; the end, and the requests it took.
  private func load(_ server: (Int) -> KeyPage) -> (end: Paginator.Step, requests: Int) {
    var paginator = Paginator(order: .descending)
    var known: Set<KeyIdentifier> = []
    for index in 0..<1000 {
      guard paginator.nextRequest(limit: 50) != nil else { return (.finished, index) }
      let page = server(index)
      let before = known.count
      for row in 0..<page.keys.count { known.insert(page.keys.id(at: row)) }
      let step = paginator.receive(page, added: known.count - before)
      if step != .more { return (step, index + 1) }
    }
    return (.more, 1000)
  }

  @Test("A list of nothing but unreadable records ends at the limit of keys", .tags(.s10)) func unreadableWithoutEnd() {
    var paginator = Paginator(order: .descending, limits: LoadLimits(keys: 2500))
    var steps: [Paginator.Step] = []
    while steps.count < 10, paginator.nextRequest(limit: 1000) != nil {
      steps.append(
        paginator.receive(
          KeyPage(keys: KeyBatch(), hasMore: true, lastID: KeyIdentifier("k\(steps.count)"), unreadable: 1000), added: 0
        ))
      if steps.last != .more { break }
    }
    #expect(steps == [.more, .more, .failed(.tooManyKeys(limit: 2500))])
  }

  @Test("Paging ends at the last page", .tags(.e6)) func endsWhereNothingMoreIs() {
    #expect(load { page(["k\($0)"], more: $0 < 4, last: "k\($0)") } == (.finished, 5))
  }

  @Test("A null last_id falls back to the last row", .tags(.e6)) func nullLastIDFallsBackToTheLastRow() {
    var paginator = Paginator(order: .ascending)
    #expect(paginator.receive(page(["a", "b"], more: true), added: 2) == .more)
    #expect(paginator.nextRequest(limit: 5)?.cursor == .after(KeyIdentifier("b")))
    #expect(paginator.nextRequest(limit: 5)?.cursor == .after(KeyIdentifier("b")))
  }

  @Test("Repeating the same page names the ignored parameter", .tags(.e6)) func theSamePageForEver() {
    let result = load { _ in page(["a"], more: true, last: "a") }
    #expect(result == (.failed(.cursorIgnored(parameter: "after")), 2))
    var named = Paginator(order: .descending, cursorParameter: "starting_after")
    #expect(named.receive(page(["a"], more: true, last: "a"), added: 1) == .more)
    let step = named.receive(page(["a"], more: true, last: "a"), added: 0)
    #expect(step == .failed(.cursorIgnored(parameter: "starting_after")))
  }

  @Test("An endless has_more is an error", .tags(.e6)) func moreForEver() {
    #expect(load { $0 < 3 ? page(["k\($0)"], more: true) : page([], more: true) }.end == .failed(.endsWithEmptyPage))
    let last = load { page(["k\(min($0, 3))"], more: true, last: "k\(min($0, 3))") }
    #expect(last == (.failed(.cursorIgnored(parameter: "after")), 5))
  }

  @Test("One empty page that announces more is reported", .tags(.t13)) func oneEmptyPage() {
    for count in 0..<3 {
      let result = load { $0 < count ? page(["k\($0)"], more: true) : page([], more: true) }
      #expect(result == (.failed(.endsWithEmptyPage), count + 1))
    }
    let error = KeySourceError.endsWithEmptyPage
    #expect(error.message == "The list is not complete: the server announced more keys and sent an empty page.")
    for error in [error, .tooManyEmptyPages, .cursorRepeated] { #expect(!error.nextStep.contains("kept")) }
  }

  @Test("Pages in a cycle are an error", .tags(.e6)) func pagesInACircle() {
    let result = load {
      page([$0.isMultiple(of: 2) ? "a" : "b", "n\($0)"], more: true, last: $0.isMultiple(of: 2) ? "a" : "b")
    }
    #expect(result == (.failed(.cursorRepeated), 3))
  }

  @Test("At most three empty pages with new cursors are followed", .tags(.e6)) func emptyPagesWithNewCursors() {
    #expect(load { page([], more: true, last: "c\($0)") } == (.failed(.tooManyEmptyPages), 4))
    #expect(load { page($0 == 3 ? ["z"] : [], more: $0 < 3, last: "c\($0)") } == (.finished, 4))
  }

  @Test("Overlapping pages are accepted", .tags(.e6)) func overlapGoesOn() {
    #expect(load { page(["k\($0)", "k\($0 + 1)"], more: $0 < 9, last: "k\($0 + 1)") } == (.finished, 10))
  }

  @Test("New keys after the last page are read") func newKeysAfterTheEnd() {
    var paginator = Paginator(order: .ascending)
    let early = paginator.continueAfterEnd()
    #expect(!early)
    #expect(paginator.receive(page(["a"], more: false, last: "a"), added: 1) == .finished)
    #expect(paginator.nextRequest(limit: 5) == nil)
    let goesOn = paginator.continueAfterEnd()
    #expect(goesOn)
    #expect(paginator.nextRequest(limit: 5)?.cursor == .after(KeyIdentifier("a")))
    #expect(paginator.receive(page([], more: false), added: 0) == .finished)
  }

  @Test("Paging against random servers always ends", .tags(.e6)) func randomServersAlwaysEnd() {
    var most = 0
    let first = UInt64.random(in: 0...UInt64.max)
    for round in 0..<10_000 {
      let seed = first &+ UInt64(round)
      var state = seed
      func next(_ bound: UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) % bound
      }
      let result = load { _ in
        let ids = (0..<next(4)).map { _ in "k\(next(200))" }
        return page(ids, more: next(20) != 0, last: next(3) == 0 ? nil : "k\(next(200))")
      }
      #expect(result.end != .more, "seed \(seed)")
      most = max(most, result.requests)
    }
    print("figure E6: 6 kinds of endless paging and 10,000 random servers (seed \(first)), at most \(most) requests")
  }
}
