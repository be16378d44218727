import APIKeyWire
import Glibc
import Synchronization

/// A piece of a file: whole lines, with a byte before the first and padding after the last for the parser to use.
///
/// `@unchecked Sendable`: it has one owner at a time, who hands it on: the reader, then one decoder, then the pool.
final class LineBlock: @unchecked Sendable {
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  /// Where what was read ends; it begins at 1.
  var end = 1

  init(capacity: Int) {
    self.capacity = capacity
    bytes = .allocate(capacity: capacity + PageDecoder.padding)
    // The padding is read, and has to be something.
    memset(bytes, 0, capacity + PageDecoder.padding)
  }

  deinit { bytes.deallocate() }

  var room: Int { capacity - end }

  func grow(to larger: Int) {
    let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + PageDecoder.padding)
    memset(new, 0, larger + PageDecoder.padding)
    new.update(from: bytes, count: end)
    bytes.deallocate()
    (bytes, capacity) = (new, larger)
  }

  /// Copies bytes from elsewhere.
  func append(_ source: UnsafePointer<UInt8>, _ count: Int) {
    if count > room { grow(to: max(capacity * 2, end + count)) }
    (bytes + end).update(from: source, count: count)
    end += count
  }
}

/// Blocks to be used again.
final class LineBlockPool: Sendable {
  private let idle = Mutex<[LineBlock]>([])

  func take(capacity: Int) -> LineBlock {
    let block = idle.withLock { $0.popLast() } ?? LineBlock(capacity: capacity)
    block.end = 1
    return block
  }

  func giveBack(_ block: LineBlock) {
    idle.withLock { if $0.count < 6 { $0.append(block) } }
  }
}
