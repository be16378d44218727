import APIKeyModel
import TestSupport
import Testing

@Suite("Batches of keys", .timeLimit(.minutes(5)))
struct KeyBatchTests {
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
}
