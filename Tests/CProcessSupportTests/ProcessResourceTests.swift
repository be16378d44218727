import CProcessSupport
import Testing

@Suite("Start arguments and resource errors", .timeLimit(.minutes(5)))
struct ProcessResourceTests {
  @Test("The start arguments are those of this process")
  func arguments() throws {
    var count: Int32 = 0
    let arguments = try #require(apikeys_start_arguments(&count))
    let texts = try (0..<Int(count)).map { String(cString: try #require(arguments[$0])) }
    #expect(texts == CommandLine.arguments)
  }

  @Test("Every lack of a resource has its own message")
  func messages() {
    let lacks = [
      APIKEYS_LACK_DESCRIPTORS, APIKEYS_LACK_THREADS, APIKEYS_LACK_MEMORY, APIKEYS_LACK_STACK, APIKEYS_LACK_PROCESSES,
    ]
    let messages = lacks.map { String(cString: apikeys_lack_sentence($0)) }
    #expect(Set(messages).count == lacks.count)
    for message in messages { #expect(message.contains(". ") && message.utf8.allSatisfy { $0 < 0x80 }, "\(message)") }
  }

  @Test("A session's resources are available here")
  func resources() {
    #expect(apikeys_resources_check(16, 2) == APIKEYS_LACK_NOTHING)
    #expect(apikeys_resources_lacking_now() == APIKEYS_LACK_NOTHING)
  }
}
