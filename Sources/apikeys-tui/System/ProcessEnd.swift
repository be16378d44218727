import APIKeyModel
import Glibc

/// Ends the process; inside of a command the library's own `exit` hides the system's.
func endProcess(_ status: Int32) -> Never { exit(status) }
func endProcess(_ status: ProgramStatus) -> Never { exit(status.rawValue) }
