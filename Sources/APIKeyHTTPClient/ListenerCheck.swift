import APIKeyClient
import Glibc
import NIOCore
import SystemIO

/// Finds out who listens on a port of this machine before a token is sent there in clear text: any user of a shared
/// machine can listen on a port that is free.
///
/// Everybody who could have accepted the connection must be root, this user, or the one that `--listener-user` names.
/// Asked twice: before connecting, and, since listeners come and go, again before the first byte is sent.
struct ListenerCheck: Sendable {
  let port: Int
  /// Another user who may listen, besides root and this one.
  let alsoAllowed: uid_t?
  /// The kernel's lists of sockets of IPv4 and IPv6.
  let tables: [String]

  /// Before connecting: the addresses that have a listener. A port without a listener passes: the connection
  /// will be refused, and that error is the clearest.
  func check(_ addresses: [SocketAddress]) throws(KeySourceError) -> [SocketAddress] {
    let table = try read()
    var heard: [SocketAddress] = []
    for address in addresses {
      let listeners = table.listeners(on: address)
      try judge(listeners, address)
      if !listeners.isEmpty { heard.append(address) }
    }
    return heard
  }

  /// After connecting, with the addresses of both ends, and those that had a listener before.
  ///
  /// If none had, a process may have listened in between and be gone again: then the owner of the connection's other
  /// end counts as well. Else it does not: who accepts got the listener from its owner, as a server does that root
  /// starts and that continues as another user.
  func check(local: SocketAddress?, peer: SocketAddress?, heardBefore: [SocketAddress]) throws(KeySourceError) {
    guard let peer, let local, peer.isOnLoopback else {
      throw .unknownListener(host: peer?.ipAddress ?? "?", port: port, reason: "it is not an address of this machine")
    }
    let table = try read()
    let listeners = table.listeners(on: peer)
    guard !listeners.isEmpty else {
      throw .unknownListener(
        host: peer.ipAddress ?? "?", port: port, reason: "the system does not tell who listens there")
    }
    try judge(listeners, peer)
    if !heardBefore.contains(peer) { try judge(table.owners(ofConnectionFrom: peer, to: local), peer) }
  }

  private func read() throws(KeySourceError) -> SocketTable {
    guard let table = SocketTable(paths: tables, port: port) else {
      throw .unknownListener(
        host: "localhost", port: port, reason: "\(tables.joined(separator: " and ")) cannot be read")
    }
    return table
  }

  private func judge(_ owners: [uid_t], _ address: SocketAddress) throws(KeySourceError) {
    if let unmapped = UserName.unmapped, owners.contains(unmapped) {
      throw .unknownListener(
        host: address.ipAddress ?? "?", port: port,
        reason: "its user has no number in this user namespace, where every such user is number \(unmapped)")
    }
    guard let stranger = owners.first(where: { $0 != 0 && $0 != geteuid() && $0 != alsoAllowed }) else { return }
    throw .foreignListener(
      host: address.ipAddress ?? "?", port: port, user: UserName.text(of: stranger) ?? String(stranger),
      userID: stranger)
  }
}

/// Names of users.
package enum UserName {
  /// The number used for every user who has none here; nil if each user has one.
  static let unmapped: uid_t? = {
    func words(_ path: String) -> [Substring]? {
      guard let file = fopen(path, "re") else { return nil }
      defer { fclose(file) }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = fread(&buffer, 1, buffer.count, file)
      return String(decoding: buffer.prefix(count), as: UTF8.self).split { $0 == " " || $0 == "\n" }
    }
    if words("/proc/self/uid_map") == ["0", "0", "4294967295"] { return nil }
    return words("/proc/sys/kernel/overflowuid")?.first.flatMap { uid_t($0) } ?? 65_534
  }()

  /// The name of a user; nil where there is none.
  static func text(of user: uid_t) -> String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(user, &entry, &buffer, buffer.count, &found) == 0, let found else { return nil }
    return String(cString: found.pointee.pw_name)
  }

  /// The user of a name, or of a number in decimal; nil where there is none.
  package static func identifier(of name: String) -> UInt32? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    if getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, let found { return found.pointee.pw_uid }
    return name.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt32(name) : nil
  }
}

/// The TCP sockets of this machine that have to do with one port, as `/proc/net/tcp` and `tcp6` list them.
struct SocketTable {
  private struct Socket {
    let local: [UInt8]
    let localPort: Int
    let remote: [UInt8]
    let remotePort: Int
    let state: Int
    let user: uid_t
    /// 0 while no process holds it: it was not accepted yet, or it was closed.
    let inode: Int
  }

  private var sockets: [Socket] = []

  private static let listening = 0x0A

  /// Nil where no table can be read. The second one is missing where the kernel has no IPv6.
  init?(paths: [String], port: Int) {
    guard let first = paths.first, let text = SocketTable.contents(first) else { return nil }
    for text in [text] + paths.dropFirst().compactMap({ SocketTable.contents($0) }) {
      var lines = text.split(separator: UInt8(ascii: "\n"))
      guard !lines.isEmpty else { return nil }
      lines.removeFirst()
      for line in lines {
        guard let socket = SocketTable.socket(line) else { return nil }
        if socket.localPort == port { sockets.append(socket) }
      }
    }
  }

  /// The owners of everything that could accept a connection to an address.
  func listeners(on address: SocketAddress) -> [uid_t] {
    guard let bytes = address.packedBytes else { return [] }
    return sockets.filter { $0.state == SocketTable.listening && SocketTable.accepts($0.local, bytes) }.map(\.user)
  }

  /// The owner of the other end of a connection, where a process has it already.
  func owners(ofConnectionFrom peer: SocketAddress, to local: SocketAddress) -> [uid_t] {
    guard let peerBytes = peer.packedBytes, let localBytes = local.packedBytes, let port = local.port else { return [] }
    return
      sockets.filter {
        $0.state != SocketTable.listening && $0.inode != 0 && $0.remotePort == port
          && SocketTable.isSame($0.local, peerBytes) && SocketTable.isSame($0.remote, localBytes)
      }
      .map(\.user)
  }

  /// Whether a listener at `listener` gets connections to `address`. One at `::` may take those of IPv4 as well: the
  /// table does not show whether it does.
  private static func accepts(_ listener: [UInt8], _ address: [UInt8]) -> Bool {
    if isSame(listener, address) { return true }
    let isAny = listener.allSatisfy { $0 == 0 } || listener == mappedPrefix + [0, 0, 0, 0]
    return isAny && (listener.count == 16 || address.count == 4)
  }

  private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

  /// Equal, or one the IPv6 form of the other.
  private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    func unmapped(_ bytes: [UInt8]) -> [UInt8] { bytes.starts(with: mappedPrefix) ? Array(bytes.dropFirst(12)) : bytes }
    return unmapped(left) == unmapped(right)
  }

  /// `  0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 123456 …`
  private static func socket(_ line: ArraySlice<UInt8>) -> Socket? {
    let fields = line.split(separator: UInt8(ascii: " ")).prefix(10).map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == 10, let local = endpoint(fields[1]), let remote = endpoint(fields[2]),
      let state = Int(fields[3], radix: 16), let user = uid_t(fields[7]), let inode = Int(fields[9])
    else { return nil }
    return Socket(
      local: local.bytes, localPort: local.port, remote: remote.bytes, remotePort: remote.port, state: state,
      user: user, inode: inode)
  }

  /// The address is in words of 32 bits, each as this machine's memory has it.
  private static func endpoint(_ text: String) -> (bytes: [UInt8], port: Int)? {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let port = Int(parts[1], radix: 16), parts[0].utf8.count == 8 || parts[0].utf8.count == 32
    else { return nil }
    var bytes: [UInt8] = []
    var digits = parts[0]
    while !digits.isEmpty {
      guard let word = UInt32(digits.prefix(8), radix: 16) else { return nil }
      withUnsafeBytes(of: word) { bytes += $0 }
      digits = digits.dropFirst(8)
    }
    return (bytes, port)
  }

  /// The whole of a file of the kernel's, whose size is not known before it is read.
  private static func contents(_ path: String) -> [UInt8]? {
    do throws(SystemError) {
      let file = try Descriptor.open(path, .readOnly)
      defer { file.close() }
      return try file.readToEnd(limit: .max)
    } catch {
      return nil
    }
  }
}

extension SocketAddress {
  /// 4 or 16 bytes; nil for what is no address of IP.
  fileprivate var packedBytes: [UInt8]? {
    // Through its text: the members of the system's structures belong to a module of swift-nio that is not ours to
    // import.
    guard let text = ipAddress else { return nil }
    var bytes = [UInt8](repeating: 0, count: `protocol` == .inet6 ? 16 : 4)
    return inet_pton(`protocol` == .inet6 ? AF_INET6 : AF_INET, text, &bytes) == 1 ? bytes : nil
  }

  /// 127.0.0.0/8 or ::1.
  var isOnLoopback: Bool {
    guard let bytes = packedBytes else { return false }
    return bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
  }
}
