import APIKeyModel
import TestSupport
import Testing

@Suite struct ModelTests {
  @Test("UUIDs come back as they were written; other forms stay text")
  func identifiers() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix(state: seed)
    for _ in 0..<1000 {
      let uuid = UUID128(high: random.next(), low: random.next())
      #expect(UUID128(uuid.description) == uuid, "seed \(seed)")
    }
    let text = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
    #expect(KeyIdentifier(text) == .uuid(UUID128(high: 0x3c90_c3cc_0d44_4b50, low: 0x8888_8dd2_5736_052a)))
    for odd in [
      text.uppercased(), "key_1", "", String(text.dropLast()), text + "0", "3c90c3cc00d44-4b50-8888-8dd25736052a",
    ] {
      #expect(UUID128(odd) == nil)
      #expect(KeyIdentifier(odd).text == odd)
    }
  }

  @Test("A batch gives back every key as it was, whatever its shape")
  func batch() {
    let id = KeyIdentifier("3c90c3cc-0d44-4b50-8888-8dd25736052a")
    let keys = [
      APIKey(
        id: id, name: "CI", created: CreatedDate("2023-11-07T05:31:56.120Z"), lastFour: "a1b2", creator: id,
        restricted: true, permissions: PermissionSet(["calls.create", "calls.view"])),
      APIKey(id: .opaque("key_7"), name: "", absent: KeyFieldSet(.permissions)),
      APIKey(
        id: .opaque("KEY"), name: "Ünï \u{1F511}\u{0}", created: CreatedDate("2023-11-07T05:31:56+02:00"),
        createdText: "2023-11-07T05:31:56+02:00", lastFour: "", creator: .opaque("user-1"), restricted: false),
      APIKey(
        id: .opaque("x"), name: "order", createdText: "yesterday", lastFour: "12345", restricted: true,
        permissions: PermissionSet(["phones.import", "calls.view", "calls.create", "calls.view"])),
      APIKey(id: .opaque("y"), name: "none", restricted: true, permissions: PermissionSet([])),
    ]
    var batch = KeyBatch()
    for key in keys { batch.append(key) }
    #expect(keys.indices.map { batch[$0] } == keys)
    var twice = batch
    twice.append(contentsOf: batch)
    #expect((0..<twice.count).map { twice[$0] } == keys + keys)
    for count in 0...keys.count {
      let turned = batch.reversed(first: count)
      #expect((0..<turned.count).map { turned[$0] } == keys[..<count].reversed())
    }
  }

  @Test("The catalogue has 53 names in 19 groups")
  func catalogue() {
    #expect(PermissionCatalog.count == 53 && Set(PermissionCatalog.names).count == 53)
    #expect(PermissionCatalog.groups.count == 19)
    #expect(Set(PermissionCatalog.groups.map(\.resource)).count == 19)
    #expect(PermissionCatalog.groups.flatMap { Array($0.permissions) } == Array(0..<53))
    #expect(PermissionCatalog.groups.reduce(PermissionMask()) { $0.union($1.mask) } == .all)
    for (index, name) in PermissionCatalog.names.enumerated() {
      #expect(PermissionCatalog.index(of: name) == index)
      #expect(PermissionCatalog.resource(of: name) + "." + PermissionCatalog.action(of: name) == name)
    }
    #expect(PermissionCatalog.index(of: "phones.import") == nil)
  }

  @Test("A token prints <redacted> in every way")
  func token() throws {
    struct Holder { let token: SecretToken }
    let secret = "sk-live-0123456789"
    let token = try #require(SecretToken(utf8: Array(secret.utf8)))
    var dumped = ""
    dump(token, to: &dumped)
    dump(Holder(token: token), to: &dumped)
    dump(["token": token], to: &dumped)
    let texts = [
      token.description, token.debugDescription, String(describing: token), String(reflecting: token), "\(token)",
      String(describing: Holder(token: token)), String(reflecting: Holder(token: token)), "\([token])",
      "\(Optional(token) as Any)", dumped,
    ]
    for text in texts { #expect(text.contains("<redacted>") && !text.contains("sk-live") && !text.contains("115")) }
    #expect(Mirror(reflecting: token).children.isEmpty)
    #expect(token.authorizationHeader == "Bearer " + secret)
    for bad in ["", "a b", "a\n", "\u{e9}", String(repeating: "a", count: 8193)] {
      #expect(SecretToken(utf8: Array(bad.utf8)) == nil)
    }
  }
}
