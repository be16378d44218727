import CTerminalSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("Terminal queries", .timeLimit(.minutes(5)))
struct TerminalQueryTests {
  @Test("A pipe has no terminal size")
  func noSize() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    var (columns, rows): (Int32, Int32) = (0, 0)
    #expect(!apikeys_terminal_size(ends[0], &columns, &rows))
  }

  @Test("A pseudo-terminal has the size that was set")
  func size() throws {
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(terminal >= 0)
    defer { close(terminal) }
    var size = winsize(ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
    var (columns, rows): (Int32, Int32) = (0, 0)
    #expect(apikeys_terminal_size(terminal, &columns, &rows) && columns == 120 && rows == 40)
  }

  @Test("Waiting bytes are counted, and none are at the end of a pipe")
  func waiting() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    #expect(write(ends[1], "abc", 3) == 3)
    #expect(apikeys_bytes_waiting(ends[0]) == 3)
    var buffer = [UInt8](repeating: 0, count: 8)
    #expect(read(ends[0], &buffer, buffer.count) == 3)
    close(ends[1])
    #expect(apikeys_bytes_waiting(ends[0]) == 0)
  }

  @Test("No terminal is guarded at the start")
  func guarded() { #expect(!apikeys_terminal_is_guarded()) }
}
