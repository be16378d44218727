import NIOCore
import Synchronization

/// Bounds the open connections and the bytes that clients have not read yet, over all of them.
///
/// One connection or byte too many closes the connection that has waited longest: for its client to ask or to read, or
/// for its turn. Refusing new ones instead would let a few hundred silent clients shut out everybody.
final class ConnectionLimit: Sendable {
  private struct Connection {
    let channel: any Channel
    /// When a request was complete, or its response begun or sent.
    var since = NIODeadline.now()
    /// Bytes of bodies that the system has not taken yet.
    var unread = 0
  }

  private struct State {
    var connections: [ObjectIdentifier: Connection] = [:]
    var unread = 0

    mutating func remove(_ channel: any Channel) {
      if let connection = connections.removeValue(forKey: ObjectIdentifier(channel)) { unread -= connection.unread }
    }
  }

  private let maximum: Int
  private let maximumUnread: Int
  private let state = Mutex(State())

  /// `maximumUnread` in bytes.
  init(maximum: Int, maximumUnread: Int) {
    self.maximum = maximum
    self.maximumUnread = maximumUnread
  }

  func opened(_ channel: any Channel) {
    let victim = state.withLock { state -> (any Channel)? in
      state.connections[ObjectIdentifier(channel)] = Connection(channel: channel)
      guard state.connections.count > maximum else { return nil }
      let victim =
        state.connections.values.filter { $0.channel !== channel }.min { $0.since < $1.since }?.channel ?? channel
      state.remove(victim)
      return victim
    }
    victim?.close(promise: nil)
  }

  func closed(_ channel: any Channel) { state.withLock { $0.remove(channel) } }

  /// A connection has got on with its work: it waits from now.
  func mark(_ channel: any Channel) {
    state.withLock { $0.connections[ObjectIdentifier(channel)]?.since = .now() }
  }

  /// Bytes were handed to a connection, or, as a negative number, taken off it by the system.
  func addUnread(_ bytes: Int, of channel: any Channel) {
    let victims = state.withLock { state -> [any Channel] in
      guard state.connections[ObjectIdentifier(channel)] != nil else { return [] }
      state.connections[ObjectIdentifier(channel)]?.unread += bytes
      state.unread += bytes
      var victims: [any Channel] = []
      while state.unread > maximumUnread,
        let oldest = state.connections.values.filter({ $0.unread > 0 }).min(by: { $0.since < $1.since })
      {
        state.remove(oldest.channel)
        victims.append(oldest.channel)
      }
      return victims
    }
    for victim in victims { victim.close(promise: nil) }
  }
}
