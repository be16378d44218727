import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A TCP server on a free loopback port that answers HTTP requests with scripted bytes, faults included.
package final class FaultServer: Sendable {
  /// Files in PEM form.
  package struct Identity: Sendable {
    package let certificate: String
    package let privateKey: String
    /// Holds the files for as long as somebody may read them.
    private let keeper: any Sendable
    package init(certificate: String, privateKey: String, keeper: any Sendable) {
      self.certificate = certificate
      self.privateKey = privateKey
      self.keeper = keeper
    }
  }

  private struct Record {
    var heads: [String] = []
    var connections = 0
    var open = 0
    var receivedBytes = 0
  }

  package let port: Int
  private let isSecure: Bool
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup
  private let record: RecordBox

  private final class RecordBox: Sendable {
    let value = Mutex(Record())
  }

  /// Answers request number `index` (from 0) with `answer(index, head)`; over TLS where it has an identity.
  /// Port 0 is any free one.
  package init(
    port wanted: Int = 0, identity: Identity? = nil, _ answer: @escaping @Sendable (Int, String) -> Answer
  ) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    isSecure = identity != nil
    let context = try identity.map { identity in
      try NIOSSLContext(
        configuration: .makeServerConfiguration(
          certificateChain: NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) },
          privateKey: .privateKey(NIOSSLPrivateKey(file: identity.privateKey, format: .pem))))
    }
    let record = RecordBox()
    self.record = record
    channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 64)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        record.value.withLock {
          $0.connections += 1
          $0.open += 1
        }
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
          try pipeline.addHandler(
            FaultHandler(
              received: { count in record.value.withLock { $0.receivedBytes += count } },
              answer: { head in
                let index = record.value.withLock { record in
                  record.heads.append(head)
                  return record.heads.count - 1
                }
                return answer(index, head)
              },
              closed: { record.value.withLock { $0.open -= 1 } }))
        }
      }
      .bind(host: "127.0.0.1", port: wanted).get()
    port = channel.localAddress?.port ?? 0
  }

  /// The heads of all requests, in order.
  package var heads: [String] { record.value.withLock { $0.heads } }
  package var connections: Int { record.value.withLock { $0.connections } }
  /// Connections that are open now.
  package var openConnections: Int { record.value.withLock { $0.open } }
  /// Bytes that arrived; over TLS those inside it, so that a failed handshake leaves 0.
  package var receivedBytes: Int { record.value.withLock { $0.receivedBytes } }
  package var url: String { isSecure ? "https://localhost:\(port)" : "http://127.0.0.1:\(port)" }

  package func close() async {
    // A server that is gone already is what is wanted.
    do { try await channel.close() } catch {}
    do { try await group.shutdownGracefully() } catch {}
  }
}
