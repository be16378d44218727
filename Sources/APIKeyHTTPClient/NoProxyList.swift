import Glibc

/// The hosts of `no_proxy`, matched as curl does: names with everything below them, addresses, and CIDR ranges.
struct NoProxyList {
  private let text: String

  init(_ text: String) { self.text = text }

  /// `host` in lower case, an IPv6 address without brackets.
  func contains(_ host: String) -> Bool {
    // Only alone: in a list an asterisk is a name that no host has.
    if text == "*" { return true }
    let entries = text.split { $0 == "," || $0 == " " || $0 == "\t" }.map { $0.lowercased() }
    if let address = NoProxyList.bytes(host) {
      return entries.contains { NoProxyList.range($0, contains: address) }
    }
    let name = NoProxyList.withoutFinalDot(host)
    return entries.contains { entry in
      let entry = NoProxyList.withoutFinalDot(entry.hasPrefix(".") ? String(entry.dropFirst()) : entry)
      return !entry.isEmpty && (name == entry || name.hasSuffix("." + entry))
    }
  }

  /// `10.0.0.0/8`, `[2001:db8::]/32`, or one address.
  private static func range(_ entry: String, contains address: [UInt8]) -> Bool {
    let parts = entry.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let network = bytes(parts[0].filter { $0 != "[" && $0 != "]" }), network.count == address.count else {
      return false
    }
    guard parts.count == 2 else { return network == address }
    guard let bits = Int(parts[1]), (1...network.count * 8).contains(bits) else { return false }
    return (0..<network.count).allSatisfy { index in
      let kept = min(max(bits - index * 8, 0), 8)
      let mask = UInt8(truncatingIfNeeded: 0xFF00 >> kept)
      return (network[index] ^ address[index]) & mask == 0
    }
  }

  /// The 4 or 16 bytes of a numeric address; nil for a name.
  private static func bytes(_ text: String) -> [UInt8]? {
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: count)
      if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
  }

  private static func withoutFinalDot(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }
}
