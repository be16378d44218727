import Foundation
import TestSupport
import Testing

/// A server that sends the token back, in every form and place.
@Suite("Echoed tokens", .serialized, .timeLimit(.minutes(5)))
struct EchoedTokenTests {
  private static let token = "cnry_9fQ2mZ7x+T1vKc8Rb/4LwYhN0sJp3DgUe6"

  /// Where a server may put it.
  private static func places(_ text: String) -> [(name: String, answer: FaultServer.Answer)] {
    let inJSON = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\r\n", with: "\\r\\n")
    let inHeader = text.replacing("\r\n", with: " ")
    return [
      ("detail", .http(401, "{\"detail\":\"bad token \(inJSON) was sent\"}")),
      ("message", .http(403, "{\"message\":\"\(inJSON)\"}")),
      ("text", .http(422, "not a token: \(text)", type: "text/plain")),
      ("long text", .http(400, String(repeating: "x", count: 180) + text, type: "text/plain")),
      ("server error", .http(500, "{\"error\":{\"message\":\"\(inJSON)\"}}")),
      ("redirect", .http(307, "", headers: "Location: https://other.example/login?t=\(inHeader)\r\n")),
      ("type", .http("no", type: "text/\(inHeader)")),
      ("too many", .http(429, "{\"detail\":\"\(inJSON)\"}", headers: "Retry-After: 0\r\n")),
    ]
  }

  @Test("No form of the token is shown from any part of a response", .tags(.b5))
  func echoes() async throws {
    let scratch = try Scratch()
    let tokenFile = try scratch.write(Self.token + "\n", to: "token")
    let log = scratch.path("log")
    let cases = TokenForms.all(of: Self.token).flatMap { form in
      Self.places(form.text).map { (form: form, place: $0.name, answer: $0.answer) }
    }
    let server = try await FaultServer { index, head in
      // The path says which case is asked for, whatever is tried again.
      let number = head.split(separator: "/").compactMap { part in
        part.hasPrefix("case") ? Int(part.dropFirst(4)) : nil
      }.first
      return cases[number ?? index % cases.count].answer
    }
    // One form in one place each at least, and every form in the place that shows most.
    let chosen = cases.indices.filter { cases[$0].place == "detail" || $0 % 5 == 0 }
    var hits = 0
    for number in chosen {
      let run = try await ProgramRun([
        "list", "--url", "\(server.url)/case\(number)", "--token-file", tokenFile, "--log-file", log, "--timeout", "20",
      ])
      let (form, place) = (cases[number].form, cases[number].place)
      let trace = TokenForms.trace(of: form, in: run.output + run.errors)
      #expect(run.status > 1 && trace == nil, "\(form.name) in \(place): \(run.errors)")
      if trace != nil { hits += 1 }
    }
    let written = try String(contentsOfFile: log, encoding: .utf8)
    for form in TokenForms.all(of: Self.token) {
      #expect(TokenForms.trace(of: form, in: written) == nil, "\(form.name)")
    }
    await server.close()
    #expect(chosen.count >= 100)
    print("figure B5: \(chosen.count) responses with the token in a form of \(cases.count), \(hits) shown or logged")
  }
}
