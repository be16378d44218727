extension FaultServer {
  /// A way for a connection to go bad, in the terms of Toxiproxy. Several may be combined.
  package enum Toxic: Sendable, Equatable {
    /// Waits before the first byte.
    case latency(milliseconds: Int64)
    /// Sends no more than this.
    case bandwidth(bytesPerSecond: Int)
    /// Waits before the connection is closed.
    case slowClose(milliseconds: Int64)
    /// Sends nothing, and keeps the connection.
    case timeout
    /// Resets the connection after so many bytes.
    case reset(afterBytes: Int)
    /// Sends parts of this size with a pause between them; from the body on where the head is spared.
    case slicer(bytes: Int, milliseconds: Int64, sparesHead: Bool)
    /// Closes the connection after so many bytes.
    case limit(bytes: Int)
  }

  /// What a connection gets for one request.
  package struct Answer: Sendable {
    package enum Ending: Sendable {
      case keep
      case close
      /// Nothing more, and the connection stays.
      case hang
      case reset
    }
    package var bytes: [UInt8]
    package var ending: Ending
    /// Sent again and again until the peer goes away.
    package var endless: [UInt8]
    package var toxics: [Toxic] = []

    package init(bytes: [UInt8], ending: Ending = .keep, endless: [UInt8] = [], toxics: [Toxic] = []) {
      self.bytes = bytes
      self.ending = ending
      self.endless = endless
      self.toxics = toxics
    }

    /// A whole answer with status 200.
    package static func http(_ body: String, type: String = "application/json", toxics: [Toxic] = []) -> Answer {
      http(200, body, type: type, toxics: toxics)
    }

    /// A whole HTTP answer with the right length; `headers` are whole lines with their ends.
    package static func http(
      _ status: Int, _ body: String, type: String = "application/json", headers: String = "", toxics: [Toxic] = []
    ) -> Answer {
      http(status, Array(body.utf8), type: type, headers: headers, toxics: toxics)
    }

    package static func http(
      _ status: Int, _ body: [UInt8], type: String = "application/json", headers: String = "", toxics: [Toxic] = []
    ) -> Answer {
      let head = "HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\(headers)\r\n"
      return Answer(bytes: Array(head.utf8) + body, toxics: toxics)
    }

    /// The bytes that are sent at all, and how the connection ends after them.
    var cut: (bytes: ArraySlice<UInt8>, ending: Ending) {
      for toxic in toxics {
        switch toxic {
        case .timeout: return ([], .hang)
        case .limit(let count) where count < bytes.count: return (bytes.prefix(count), .close)
        case .reset(let count): return (bytes.prefix(count), .reset)
        default: break
        }
      }
      return (bytes[...], ending)
    }

    /// The size of the parts that are sent, the milliseconds between them, and where they begin; nil for all at once.
    var slices: (bytes: Int, milliseconds: Int64, from: Int)? {
      for toxic in toxics {
        switch toxic {
        case .bandwidth(let rate):
          // Twenty parts a second, or one byte at a time where that is more than the rate.
          return rate >= 20 ? (rate / 20, 50, 0) : (1, Int64(1000 / max(rate, 1)), 0)
        case .slicer(let count, let pause, let sparesHead):
          let blankLine = bytes.indices.first { bytes[$0...].starts(with: [13, 10, 13, 10]) }
          return (count, pause, sparesHead ? blankLine.map { $0 + 4 } ?? 0 : 0)
        default: break
        }
      }
      return nil
    }

    var latency: Int64 {
      toxics.lazy.compactMap { if case .latency(let pause) = $0 { pause } else { nil } }.first ?? 0
    }

    var closeDelay: Int64 {
      toxics.lazy.compactMap { if case .slowClose(let pause) = $0 { pause } else { nil } }.first ?? 0
    }
  }
}
