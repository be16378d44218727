import APIKeyWire
import WorkerPool

/// The next blocks of lines of a file, in order, several of them decoded side by side.
struct DecodingQueue {
  /// A block and what it is decoded to: nil where there is not enough memory.
  struct Entry {
    let block: LineBlock
    let task: Task<LineChunk?, Never>
  }

  private(set) var entries: [Entry] = []
  /// Blocks to be used again.
  let blocks = LineBlockPool()
  private let decoders = PageDecoderPool()
  /// Blocks that are decoded or wait for it at a time: more than there are cores, so that none of them waits.
  private static let blocksAhead = 4

  /// Starts to decode what can be read; waits for a pipe only where nothing else is to be done.
  mutating func readAhead(_ reader: LineReader, mayWait: Bool = false) {
    while entries.count < DecodingQueue.blocksAhead,
      case .lines(let block) = reader.nextBlock(mayWait: mayWait && entries.isEmpty)
    {
      let task = Task.detached(executorPreference: WorkerPool.shared) { [decoders] in
        decoders.withDecoder { decoder in LineChunk(block, decoder) }
      }
      entries.append(Entry(block: block, task: task))
    }
  }

  mutating func removeFirst() { entries.removeFirst() }
  mutating func removeAll() { entries = [] }
}
