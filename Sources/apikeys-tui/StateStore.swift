import DashboardCore
import KeyExport
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Settings and filter history of one host, in files that only their owner may read.
///
/// What cannot be kept is said once, and never stops the dashboard.
final class StateStore: Sendable {
  private let directory: StateDirectory?
  private let host: String
  private let complained = Mutex(false)

  /// `host` is what settings belong to: an address, or a word for keys that come from no server.
  init(host: String, environment: (String) -> String? = Environment.value) {
    directory = StateDirectory(environment: environment)
    self.host = host
  }

  func settings() -> DisplaySettings { read("settings").map { DisplaySettings(text: $0) } ?? DisplaySettings() }

  /// Filters typed before, oldest first.
  func history() -> [String] { FilterHistory.lines(of: read("filters") ?? "") }

  /// Nil when kept; else why not, for the first time only.
  func save(_ settings: DisplaySettings) -> String? { write(settings.text, to: "settings") }

  /// Adds to what another session may have kept meanwhile.
  func save(history lines: [String]) -> String? {
    write(FilterHistory.text(FilterHistory.merged(history(), with: lines)), to: "filters")
  }

  // MARK: Files

  private static let maximumSize = 1 << 20

  private func read(_ name: String) -> String? {
    guard let directory else { return nil }
    let descriptor = open(directory.path(host: host) + "/" + name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
      status.st_size <= StateStore.maximumSize
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
      }
      if count <= 0 { break }
      filled += count
    }
    return String(decoding: bytes[..<filled], as: UTF8.self)
  }

  private func write(_ text: String, to name: String) -> String? {
    guard let directory else {
      return complain("Settings are not kept: neither XDG_STATE_HOME nor HOME is an absolute path.")
    }
    let folder: String
    do throws(StateDirectory.Problem) {
      folder = try directory.make(host: host)
    } catch {
      return complain(error.sentence)
    }
    do throws(OutputError) {
      // A setting lost with the machine's power is chosen again; waiting for the disk would be felt at each key.
      let file = try SafeOutputFile(path: folder + "/" + name, force: true, isDurable: false)
      file.writer.append(text)
      try file.commit()
      return nil
    } catch {
      return complain("Settings are not kept. \(error.sentence)")
    }
  }

  private func complain(_ sentence: String) -> String? {
    complained.withLock { wasSaid in
      defer { wasSaid = true }
      return wasSaid ? nil : sentence
    }
  }
}
