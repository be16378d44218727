import CKeyJSON

/// What one JSON text of a file is: a line, or one of several texts that follow one another.
package enum FileText: Sendable {
  case key
  /// A page, or a list of keys.
  case page(DecodedPage, ListMarks)
  /// White space.
  case blank
  /// JSON that holds no key, or no JSON; why.
  case unreadable(String)
  /// It would continue after its end; as an error text, like the others.
  case unfinished(String)
  /// Something follows it.
  case several(String)
}

/// What a list states about itself besides its keys.
package struct ListMarks: Sendable, Equatable {
  /// Whether more keys follow it: `has_more`.
  package var hasMore: Bool?
  /// `complete`; the outer nil is a list without it, the inner one `null`.
  package var complete: Bool??
  package var count: Int?
  package var format: Int?
  /// The range of its `evidence` JSON in the text, in bytes.
  package var evidence: Range<Int>?
}

extension PageDecoder {
  /// The marks of the page that was decoded last, from the text at `bytes`.
  func marks(_ bytes: UnsafePointer<UInt8>) -> ListMarks {
    let page = keyjson_page_of(decoder).pointee
    var marks = ListMarks()
    if page.has_more_present { marks.hasMore = page.has_more }
    if page.marked_incomplete { marks.complete = .some(false) }
    if page.marked_complete { marks.complete = .some(true) }
    if page.marked_unknown { marks.complete = .some(nil) }
    if page.count >= 0 { marks.count = Int(page.count) }
    if page.format >= 0 { marks.format = Int(page.format) }
    if let start = page.evidence.bytes {
      let offset = start - bytes
      marks.evidence = offset..<offset + page.evidence.length
    }
    return marks
  }

  /// Whether the text that was read last is not JSON.
  package var failed: Bool { keyjson_has_failed(decoder) }

  /// Why the text that was read last is not JSON.
  var failedText: FileText {
    var offset = 0
    return switch keyjson_error_of(decoder, &offset) {
    case KEYJSON_EMPTY: .blank
    case KEYJSON_ENDS_EARLY: .unfinished(errorText)
    case KEYJSON_MORE_BEHIND: .several(errorText)
    default: .unreadable(errorText)
    }
  }
}

/// Finds where JSON texts end that follow one another. Each byte is given once, in order.
package final class JSONSplitter {
  private let splitter: OpaquePointer

  package enum Step {
    case more
    /// The text may end here: it is a number or a word so far.
    case moreOrEnd
    /// It ends before this offset.
    case end(Int)
    /// The byte at this offset is not allowed there, or memory is out.
    case wrong(Int)
  }

  /// Nil when memory is out.
  package init?() {
    guard let created = keyjson_splitter_create() else { return nil }
    splitter = created
    begin()
  }

  deinit { keyjson_splitter_destroy(splitter) }

  /// Begins another text.
  package func begin() { keyjson_splitter_begin(splitter) }

  /// Goes on with the bytes from `start` to `end`.
  package func scan(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Step {
    var offset = start
    return switch keyjson_splitter_scan(splitter, bytes, &offset, end) {
    case KEYJSON_SPLIT_END: .end(offset)
    case KEYJSON_SPLIT_WRONG: .wrong(offset)
    case KEYJSON_SPLIT_NUMBER: .moreOrEnd
    default: .more
    }
  }
}
