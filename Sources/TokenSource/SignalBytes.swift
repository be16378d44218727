import SystemIO

/// The pipe that signals come through, a byte each, as `CTerminalSupport` writes them.
enum SignalBytes {
  /// The next one; nil where none waits, or there is no pipe (-1).
  static func next(_ signals: Int32) -> UInt8? {
    guard signals >= 0 else { return nil }
    do throws(SystemError) { return try Descriptor(signals).readByte() } catch { return nil }
  }
}
