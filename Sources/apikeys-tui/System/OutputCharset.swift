import Glibc
import Synchronization
import TerminalCore

/// Which characters go where: only what goes to a terminal depends on the locale. Files and pipes are UTF-8.
enum OutputCharset {
  private static let errorsAreASCII = Atomic(false)
  private static let localeIsASCII = Atomic(false)

  /// Once, at the start.
  static func choose(isASCII: Bool, localeIsUTF8: Bool) {
    localeIsASCII.store(isASCII || !localeIsUTF8, ordering: .relaxed)
    DisplayCharset.current = isASCII || !localeIsUTF8 && isatty(STDOUT_FILENO) != 0 ? .ascii : .utf8
    errorsAreASCII.store(isASCII || !localeIsUTF8 && isatty(STDERR_FILENO) != 0, ordering: .relaxed)
  }

  static var standardError: DisplayCharset { errorsAreASCII.load(ordering: .relaxed) ? .ascii : .utf8 }
  /// What a terminal would get.
  static var terminal: DisplayCharset { localeIsASCII.load(ordering: .relaxed) ? .ascii : .utf8 }
}
