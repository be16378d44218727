import CKeyJSON
import Testing

@Suite("Splitting of concatenated JSON texts", .timeLimit(.minutes(5)))
struct SplitterTests {
  /// The texts that the splitter finds when the bytes come in pieces of the given size; nil where it refuses them.
  private func split(_ text: String, pieces: Int) throws -> [String]? {
    let splitter = try #require(keyjson_splitter_create())
    defer { keyjson_splitter_destroy(splitter) }
    let bytes = Array(text.utf8)
    var (found, start, at) = ([String](), 0, 0)
    keyjson_splitter_begin(splitter)
    while at < bytes.count {
      let length = min(at + pieces, bytes.count)
      switch keyjson_splitter_scan(splitter, bytes, &at, length) {
      case KEYJSON_SPLIT_END:
        found.append(String(decoding: bytes[start..<at], as: UTF8.self))
        start = at
        keyjson_splitter_begin(splitter)
      case KEYJSON_SPLIT_WRONG: return nil
      default: at = length
      }
    }
    return found
  }

  @Test(
    "Objects and lists end at their last bracket, whatever their texts hold, in pieces of any size", arguments: 1...9)
  func brackets(pieces: Int) throws {
    let texts = [#"{"a":"}\"]{"}"#, #"[1,[2,{"b":[]}],"\\"]"#, "{}", "[]", #"{"é":"\u007d"}"#]
    #expect(try split(texts.joined(), pieces: pieces) == texts)
  }

  @Test("A closing bracket without an opening one is refused", arguments: ["}", "]", "[}", "{]"])
  func refused(text: String) throws { #expect(try split(text, pieces: 1) == nil) }
}
