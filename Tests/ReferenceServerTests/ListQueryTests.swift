import Foundation
import Testing

@testable import ReferenceServer

@Suite("List query", .timeLimit(.minutes(5)))
struct ListQueryTests {
  private static func body(_ query: String) throws -> String {
    do throws(ValidationProblems) {
      _ = try ListQuery(query: query, acceptsPage: false)
      return "accepted"
    } catch {
      return String(decoding: error.body, as: UTF8.self)
    }
  }

  @Test(
    "Refusals are FastAPI's",
    arguments: [
      (
        "limit=abc",
        #"{"type":"int_parsing","loc":["query","limit"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"abc"}"#
      ),
      (
        "limit=0",
        #"{"type":"greater_than_equal","loc":["query","limit"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}}"#
      ),
      (
        "limit=1001",
        #"{"type":"less_than_equal","loc":["query","limit"],"msg":"Input should be less than or equal to 1000","input":"1001","ctx":{"le":1000}}"#
      ),
      (
        "order=ASC",
        #"{"type":"literal_error","loc":["query","order"],"msg":"Input should be 'asc' or 'desc'","input":"ASC","ctx":{"expected":"'asc' or 'desc'"}}"#
      ),
    ])
  func refusal(query: String, problem: String) throws {
    #expect(try ListQueryTests.body(query) == "{\"detail\":[\(problem)]}")
  }

  @Test(
    "Values out of every range are refused, never trapped on",
    arguments: [
      "limit=", "limit=-1", "limit=99999999999999999999999", "limit=-99999999999999999999999", "limit=%00", "limit=%zz",
      "after=", "after=x", "before=%22%5C", "after=07ec6e12-8c6f-4b01-b00b-e5793b6c282", "order=", "limit=1&limit=x",
    ])
  func hostile(query: String) throws {
    let text = try ListQueryTests.body(query)
    #expect(text.hasPrefix("{\"detail\":["))
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
  }

  @Test("The last of a repeated parameter counts, and unknown ones are ignored")
  func accepted() throws {
    let query = try ListQuery(
      query: "limit=x&limit=%31%30&other=1&order=asc&after=07EC6E12-8c6f-4b01-b00b-e5793b6c282a", acceptsPage: false)
    #expect(query.limit == 10 && query.order == .asc)
    #expect(query.after?.description == "07ec6e12-8c6f-4b01-b00b-e5793b6c282a")
    #expect(try ListQuery(query: "", acceptsPage: true) == ListQuery())
  }

  @Test("Names are written as JSON, whatever they hold")
  func escaping() throws {
    let text = "\"\\\u{0}\n\u{1F} Zoë 日本 \u{2028}"
    var json = JSONBytes()
    json.string(text)
    #expect(try JSONDecoder().decode(String.self, from: Data(json.bytes)) == text)
  }
}
