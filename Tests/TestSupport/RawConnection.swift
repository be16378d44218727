import Foundation

/// A TCP connection to loopback that sends and reads bytes as told: what the tests speak HTTP with.
package final class RawConnection: Sendable {
  package struct Refused: Error {}

  package let descriptor: Int32

  /// `receiveBuffer` in bytes keeps the system from reading much in the place of this end.
  package init(port: Int, timeoutSeconds: Int = 10, receiveBuffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(descriptor)
      throw Refused()
    }
  }

  deinit { close(descriptor) }

  package func send(_ text: String) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return }
      sent += count
    }
  }

  /// Everything until the other side closes; nil when it does not within the time limit.
  package func readToEnd() -> [UInt8]? {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0 { return errno == EAGAIN ? nil : result }
      if count == 0 { return result }
      result.append(contentsOf: buffer[..<count])
    }
  }
}

/// An answer, taken apart.
package struct RawAnswer: Sendable {
  package let status: Int
  package let headers: [String: String]
  package let body: String
  /// Whether the body is as long as the server said it would be.
  package let isWhole: Bool

  package init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count >= 2, let status = Int(words[1]) else { return nil }
    self.status = status
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
    }
    self.headers = headers
    body = String(text[end.upperBound...])
    isWhole = headers["content-length"].flatMap { Int($0) } == body.utf8.count
  }

  /// Asks on a connection of its own. `authorization` is the whole field.
  package static func get(
    _ port: Int, _ target: String, authorization: String? = nil, method: String = "GET"
  ) throws -> Self {
    let connection = try RawConnection(port: port)
    let field = authorization.map { "Authorization: \($0)\r\n" } ?? ""
    connection.send("\(method) \(target) HTTP/1.1\r\nHost: localhost:\(port)\r\n\(field)Connection: close\r\n\r\n")
    guard let bytes = connection.readToEnd(), let answer = RawAnswer(bytes) else {
      throw ServerProcess.Failure(text: "no answer to \(target)")
    }
    return answer
  }
}

/// The body of a page, in the names of the wire.
// swift-format-ignore: AlwaysUseLowerCamelCase
package struct PageJSON: Decodable, Sendable {
  package struct Key: Decodable, Sendable {
    package let id: String
    package let name: String
    package let createdDate: String
    package let lastFourDigits: String
    package let creatorId: String
    package let restricted: Bool
    package let permissions: [String]?
  }
  package let data: [Key]
  package let hasMore: Bool
  package let firstId: String?
  package let lastId: String?
  package let currentPage: Int?
  package let totalPages: Int?

  package static func get(_ port: Int, _ query: String, token: String) throws -> PageJSON {
    let answer = try RawAnswer.get(port, "/v1/api_key/?" + query, authorization: "Bearer " + token)
    guard answer.status == 200 else { throw ServerProcess.Failure(text: "\(answer.status) \(answer.body)") }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(PageJSON.self, from: Data(answer.body.utf8))
  }
}
