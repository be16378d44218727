import APIKeyModel
import TestSupport
import Testing

@Suite("Text that looks like a secret", .timeLimit(.minutes(5)))
struct SecretShapeTests {
  private static let alphabets: [(name: String, letters: [Character])] = [
    ("base64url", Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")),
    ("base64", Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")),
    ("base62", Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")),
    ("base36", Array("abcdefghijklmnopqrstuvwxyz0123456789")), ("hexadecimal", Array("0123456789abcdef")),
    ("HEXADECIMAL", Array("0123456789ABCDEF")), ("base32", Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")),
  ]

  @Test("Listed secrets are told apart from filters, names and ids", .tags(.s15))
  func list() {
    let secrets = [
      "sk-proj-aB3dE5gH7jK9mN1pQ3sT5vW7", "sk-ant-api03-Zm9vYmFyYmF6cXV4", "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
      "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "github_pat_11ABCDEFG0aBcDeFgHiJkL_mNoPqRs",
      "glpat-ABCdef123456ghiJKL78",
      "xoxb-123456789012-abcdefghijkl", "AKIAIOSFODNN7EXAMPLE", "name:AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE",
      "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N",
      "Authorization: Bearer abcdefgh", "bearer 12345678", "Basic dXNlcjpwYXNz", "https://user:hunter2@example.com/x",
      "-----BEGIN PRIVATE KEY-----", "akt_Zm9vYmFyYmF6cXV4Zm9v", "npm_abcdefghij0123456789ABCDEFGHIJ456789",
      "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      "a5c3785ed8d6a35868bc169f07e40e889087fd2e", "\"ghp_16C7e42F292c6912E7710c838347Ae178B4a\"",
      "perm:x | eyJhbGciOiJIUzI1NiJ9", "SG.ngeVfQFYQlKU0ufo8x5d1A", "123456789012345678901234567890",
    ]
    for secret in secrets { #expect(SecretShape.isIn(secret), "\(secret)") }
    let ordinary = [
      "", "prod", "access:full created<2024", "prod -is:full", "perm:billing.* age>1y",
      "perm:=calls.create | perms>=50",
      "created:2026-01..2026-03 name:/^ci-[0-9]+$/", "name:payment-gateway-production-eu-west-1",
      "name:customer-notification-service-staging-2", "id:be415c0c-1f2a-4b3c-9d8e-0123456789ab",
      "id:BE415C0C-1F2A-4B3C-9D8E-0123456789AB", "creator:be415c0c-1f2a-4b3c-9d8e-", "be415c0c-1f2a-4b3c-9d8e-0123456",
      "id:be415c0c-1f2a-4b3c-9d8e-0123456789ab,07ec6e12-8c6f-4b01-b00b-e5793b6c282a", "last4=353d",
      "perm:api_keys.create,api_keys.update,webhooks.delete,conversations.view", "name:readOnlyAccessForTheBillingTeam",
      "name:ANALYTICS_WAREHOUSE_READER_PRODUCTION", "name:/^[a-z0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/",
      "created>=2026-01-01T00:00:00Z created<2026-02-01T00:00:00+02:00", "name:backup-20260101T120000Z-prod-db-eu1a",
      "sk-test", "name:sk-*", "name:ghp_", "has:created -name:/^(dev|test)-/", "name:node5-rack12-row3-zone1-eu-west",
      "name:donaudampfschifffahrtsgesellschaft", "-name:/^[a-z0-9-]+$/", "age>90d perms>=15", "xoxo", "Bearer",
      "name:https://example.com/team/service", "is:limited perm:*.delete", "name:k8s-prod-cluster-node-group-a1",
    ]
    for filter in ordinary { #expect(!SecretShape.isIn(filter), "\(filter)") }
    print(
      "figure S15: \(secrets.count) of \(secrets.count) secrets seen, 0 of \(ordinary.count) filters and ids taken for one"
    )
  }

  @Test("Generated secrets are told apart from filters, names and ids", .tags(.s15))
  func generated() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    func pick<Value>(_ values: [Value]) -> Value { values[Int(random.next() % UInt64(values.count))] }
    let words = [
      "prod", "staging", "billing", "worker", "eu-west-1", "us-east-2", "ci", "backup", "reader", "team7", "v2",
      "node12",
      "gateway", "webhooks", "Analytics", "ReadOnly", "2026", "2026-01-31", "api", "k8s",
    ]
    var missed: [String: Int] = [:]
    let rounds = 5000
    for (name, letters) in SecretShapeTests.alphabets {
      for _ in 0..<rounds {
        let secret = String((0..<(28 + Int(random.next() % 40))).map { _ in pick(letters) })
        let filter = pick(["", "name:", "id=", "\"", "prod ", "-"]) + secret + pick(["", " is:full", "\"", ",a"])
        if !SecretShape.isIn(filter) { missed[name, default: 0] += 1 }
      }
    }
    // By shape alone a few random texts are like words; one in a hundred at most.
    #expect(missed.allSatisfy { $0.value <= rounds / 100 }, "seed \(seed): \(missed)")
    var taken: [String] = []
    for _ in 0..<20_000 {
      func name() -> String {
        (0...Int(random.next() % 4)).map { _ in pick(words) }.joined(separator: pick(["-", "_", "."]))
      }
      func id() -> String { UUID128(high: random.next(), low: random.next()).description }
      let filter = (0...Int(random.next() % 3)).map { _ in
        switch random.next() % 6 {
        case 0: "name:" + name()
        case 1: "id:" + id()
        case 2: "creator:" + String(id().prefix(Int(random.next() % 36)))
        case 3: "created>=\(2000 + random.next() % 30)-0\(1 + random.next() % 9)"
        case 4: "perm:\(pick(words)).\(pick(["view", "create", "*"])),\(pick(words)).delete"
        default: name()
        }
      }.joined(separator: " ")
      if SecretShape.isIn(filter) { taken.append(filter) }
    }
    #expect(taken.count <= 20, "seed \(seed): \(taken.prefix(20))")
    print(
      "figure S15: \(missed.values.reduce(0, +)) of \(rounds * SecretShapeTests.alphabets.count) generated secrets missed, "
        + "\(taken.count) of 20,000 generated filters taken for one (seed \(seed))")
  }

  @Test("Eight consecutive characters of a token are found in any text, in either case", .tags(.s15))
  func parts() throws {
    let token = try #require(SecretToken(utf8: "prod-admin-Token_0123456789".utf8))
    for text in ["prod-admin-Token_0123456789", "name:od-admin", "x TOKEN_01 y", "\"3456789\" 23456789"] {
      #expect(token.sharesPart(with: text), "\(text)")
    }
    for text in ["", "admin", "prod-ad", "name:prod", "0123 4567", "n-token"] {
      #expect(!token.sharesPart(with: text), "\(text)")
    }
    let short = try #require(SecretToken(utf8: "secret1".utf8))
    #expect(!short.sharesPart(with: "secret1"))
  }
}
