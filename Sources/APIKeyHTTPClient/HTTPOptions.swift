package import APIKeyClient
package import APIKeyModel

/// How to talk to the server.
package struct HTTPOptions: Sendable {
  /// Names of the query parameters: a server that calls them otherwise would ignore ours without a word.
  package struct ParameterNames: Sendable {
    package var limit = "limit"
    package var order = "order"
    package var after = "after"
    package init() {}
  }

  /// Limits of one request, in milliseconds. Every request ends by one of them.
  package struct TimeLimits: Equatable, Sendable {
    /// Finding, connecting to and greeting the server, TLS and proxy included.
    package var connect = 10_000
    /// From the connection, or the request on one that is open, to the end of the response headers.
    package var headers = 15_000
    /// Silence, before the response or during it.
    package var idle = 15_000
    /// The whole request, body included.
    package var whole = 30_000
    package init() {}
  }

  package var parameters = ParameterNames()
  package var token: SecretToken?
  /// Where the token came from.
  package var tokenOrigin = TokenOrigin.environment
  /// Reads the token again; nil where it can be read once only.
  package var tokenRenewal: TokenRenewal?
  /// A file with further root certificates (PEM).
  package var caFile: String?
  /// A file with the only root certificates (PEM) that count.
  package var caOnly: String?
  /// The public keys that the server may have; empty for any.
  package var pins: [PublicKeyPin] = []
  /// Clear text may go to any listener, on this machine too.
  package var allowsHTTP = false
  /// Who may listen on this machine's ports, besides root and this user.
  package var listenerUser: UInt32?
  /// The kernel's lists of sockets of IPv4 and IPv6.
  package var socketTables = ["/proc/net/tcp", "/proc/net/tcp6"]
  package var limits = TimeLimits()
  package var retries = RetryPolicy()
  /// Largest body after decompression, in bytes.
  package var maximumBody = 16 * 1024 * 1024
  /// Largest sum of the header fields of a response, in bytes.
  package var maximumHeaderBytes = 300 * 1024
  /// Proxy by curl's rules, from the environment; nil for none.
  package var proxy: ProxyAddress?

  package init() {}
}
