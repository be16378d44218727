import Foundation
import TestSupport
import Testing

@testable import ReferenceServer

@Suite("Against FastAPI", .timeLimit(.minutes(5)))
struct IndependentServerTests {
  @Test(
    "Refusals are FastAPI's, byte for byte",
    .enabled(if: IndependentServer.isPrepared, Comment(rawValue: IndependentServer.absence)))
  func sameRefusals() async throws {
    try await onThread {
      let independent = try IndependentServer(["--keys", "3"])
      let port = try #require(URL(string: independent.url)?.port)
      let (server, ownPort, token) = try ServerProcess.demo(keys: 3)

      for query in [
        "limit=abc", "limit=0", "limit=1001", "limit=-5", "limit=", "limit=5.5", "limit=1&limit=x", "limit=%C3%A9",
        "order=ASC", "order=", "after=x", "after=", "after=abc", "before=abc-d", "before=%22%5C%0A",
        "after=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa", "after=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaag",
        "after=aaaaaaa-aaaaa-4aaa-8aaa-aaaaaaaaaaaa", "limit=0&order=x&after=y&before=z", "limit=a+b", "after=a%C3%A9",
      ] {
        let theirs = try RawAnswer.get(port, "/v1/api_key/?" + query, authorization: "Bearer " + independent.token)
        let ours = try RawAnswer.get(ownPort, "/v1/api_key/?" + query, authorization: "Bearer " + token)
        #expect(theirs.status == 422, "\(query)")
        #expect(ours.status == theirs.status, "\(query)")
        #expect(ours.body == theirs.body, "\(query)")
      }
      for query in ["limit=5.0", "limit=%2B5", "limit=05", "limit=+5+", "other=1"] {
        #expect(
          try RawAnswer.get(port, "/v1/api_key/?" + query, authorization: "Bearer " + independent.token).status == 200)
        #expect(try RawAnswer.get(ownPort, "/v1/api_key/?" + query, authorization: "Bearer " + token).status == 200)
      }
      let theirs = try RawAnswer.get(port, "/v1/api_key/")
      let ours = try RawAnswer.get(ownPort, "/v1/api_key/")
      #expect(theirs.status == ours.status && theirs.body == ours.body)
      try server.closeInput()
    }
  }
}
