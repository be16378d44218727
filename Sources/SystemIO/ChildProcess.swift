import Glibc

/// A program that was started, until it is waited for. Its helper for token commands is another one: see ADR 18.
package struct ChildProcess: Sendable {
  package let identifier: Int32

  /// Starts a program by its path: with these arguments after its name, this environment and nothing else of ours.
  ///
  /// It reads and writes the two descriptors, and what it writes to standard error is dropped. It leads a process group
  /// of its own, so that Ctrl-C at the terminal is not sent to it, and blocks no signal, whatever thread starts it.
  package init(
    program: String, arguments: [String], environment: [String], input: Descriptor, output: Descriptor
  ) throws(SystemError) {
    var actions = posix_spawn_file_actions_t()
    try ChildProcess.check(posix_spawn_file_actions_init(&actions))
    defer { posix_spawn_file_actions_destroy(&actions) }
    try ChildProcess.check(posix_spawn_file_actions_adddup2(&actions, input.number, STDIN_FILENO))
    try ChildProcess.check(posix_spawn_file_actions_adddup2(&actions, output.number, STDOUT_FILENO))
    try ChildProcess.check(posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0))
    var attributes = posix_spawnattr_t()
    try ChildProcess.check(posix_spawnattr_init(&attributes))
    defer { posix_spawnattr_destroy(&attributes) }
    try ChildProcess.check(posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK)))
    var none = sigset_t()
    sigemptyset(&none)
    try ChildProcess.check(posix_spawnattr_setsigmask(&attributes, &none))
    try ChildProcess.check(posix_spawnattr_setpgroup(&attributes, 0))
    var words = ChildProcess.copied([program] + arguments)
    defer { for word in words { free(word) } }
    var variables = ChildProcess.copied(environment)
    defer { for variable in variables { free(variable) } }
    var started = pid_t()
    try ChildProcess.check(posix_spawn(&started, program, &actions, &attributes, &words, &variables))
    identifier = started
  }

  /// These calls return the number instead of setting it.
  private static func check(_ code: Int32) throws(SystemError) {
    guard code == 0 else { throw SystemError(code: code) }
  }

  /// C strings in memory of their own, with the null pointer that ends such a list.
  private static func copied(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] { texts.map { strdup($0) } + [nil] }

  /// Sends it a signal.
  package func signal(_ number: Int32) { _ = kill(identifier, number) }

  /// Waits for its end; gives the wait status, 0 if other code waited for it. Called once.
  @discardableResult
  package func wait() -> Int32 {
    var status: Int32 = 0
    do throws(SystemError) {
      _ = try retrying { waitpid(identifier, &status, 0) }
    } catch {
      return 0
    }
    return status
  }
}
