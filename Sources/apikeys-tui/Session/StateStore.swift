import DashboardCore
import KeyExport
import Synchronization
import SystemIO

/// Settings and filter history of one host, in files that only their owner may read.
///
/// Several sessions may change them at once, and another version may have written them: each change is made to the file as
/// it is then, under a lock, and touches nothing but what the user changed. A failure to save is shown
/// once and never stops the dashboard.
final class StateStore: Sendable {
  private struct Session {
    /// As read, or as written last.
    var settings = DisplaySettings()
    /// Filters typed that are in no file yet.
    var typed: [String] = []
    var hasShownProblem = false
    var hasShownSecret = false
  }

  private let directory: StateDirectory?
  private let host: String
  private let isSecret: @Sendable (String) -> Bool
  private let session = Mutex(Session())

  /// `host` is what settings belong to: an address, or a word for keys that come from no server. A text for which
  /// `isSecret` is true is never kept.
  init(
    host: String, environment: (String) -> String? = Environment.value,
    isSecret: @escaping @Sendable (String) -> Bool = SessionSecrets.areIn
  ) {
    directory = StateDirectory(environment: environment)
    self.host = host
    self.isSecret = isSecret
  }

  /// What was kept; every setting's usual value where nothing can be read.
  func settings() -> DisplaySettings {
    guard case .text(let text) = read("settings") else { return DisplaySettings() }
    let settings = DisplaySettings(text: text)
    session.withLock { $0.settings = settings }
    return settings
  }

  /// Filters typed before, oldest first.
  func history() -> [String] {
    guard case .text(let text) = read("filters") else { return [] }
    return FilterHistory.lines(of: text).filter { !isSecret($0) }
  }

  /// Nil when kept; else why not, for the first time only. Writes what differs from what was read, and leaves every other
  /// line of the file as it is.
  func save(_ settings: DisplaySettings) -> String? {
    let before = session.withLock { $0.settings }
    let problem = change("settings") { text in settings.text(updating: text, from: before) }
    if let problem { return shownOnce(problem) }
    session.withLock { $0.settings = settings }
    return nil
  }

  /// Keeps the filter typed last, and those before it that could not be kept.
  func save(history lines: [String]) -> String? {
    guard let line = lines.last else { return nil }
    guard !isSecret(line) else {
      return session.withLock { session in
        defer { session.hasShownSecret = true }
        return session.hasShownSecret ? nil : "This filter is not kept for later sessions: it looks like a secret."
      }
    }
    let typed = session.withLock { session in
      session.typed = FilterHistory.merged(session.typed, with: [line])
      return session.typed
    }
    let problem = change("filters") { [isSecret] text in
      FilterHistory.text(FilterHistory.merged(FilterHistory.lines(of: text).filter { !isSecret($0) }, with: typed))
    }
    if let problem { return shownOnce(problem) }
    session.withLock { $0.typed.removeAll { typed.contains($0) } }
    return nil
  }

  // MARK: Files

  private static let maximumSize = 1 << 20

  private enum Contents {
    case text(String)
    case absent
    case unusable(reason: String)
  }

  private func read(_ name: String) -> Contents {
    guard let directory else { return .absent }
    let file: Descriptor
    do throws(SystemError) {
      file = try Descriptor.open(directory.path(host: host) + "/" + name, [.readOnly, .noFollow, .nonBlocking])
    } catch {
      return error == .notFound || error == .notADirectory ? .absent : .unusable(reason: error.text)
    }
    defer { file.close() }
    let bytes: [UInt8]
    do throws(SystemError) {
      let status = try file.status()
      guard status.isRegular, status.isOurs else { return .unusable(reason: "it is not a regular file of yours") }
      bytes = status.size <= StateStore.maximumSize ? try file.readToEnd(limit: StateStore.maximumSize) : []
      guard status.size <= StateStore.maximumSize, bytes.count <= StateStore.maximumSize else {
        return .unusable(reason: "it is larger than 1 MiB")
      }
    } catch {
      return .unusable(reason: error.text)
    }
    // Repaired bytes would replace what the file contains.
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return .unusable(reason: "it is not UTF-8 text")
    }
    return .text(text)
  }

  /// Replaces a file by what `changed` makes of its text. Nil when that is done, else why not.
  private func change(_ name: String, _ changed: (String) -> String) -> String? {
    guard let directory else { return "Settings are not kept: neither XDG_STATE_HOME nor HOME is an absolute path." }
    let folder: String
    do throws(StateDirectory.Problem) {
      folder = try directory.make(host: host)
    } catch {
      return error.sentence
    }
    guard let lock = StateLock.take(in: folder) else {
      return "Settings are not kept: another session does not let go of \(folder), or nothing can be created in it."
    }
    let path = "\(folder)/\(name)"
    return withExtendedLifetime(lock) {
      var text = ""
      switch read(name) {
      case .text(let found): text = found
      case .absent: break
      case .unusable(let reason): return "Settings are not kept: \(path) is left alone, because \(reason)."
      }
      let wanted = changed(text)
      if wanted.utf8.elementsEqual(text.utf8) { return nil }
      do throws(OutputError) {
        // A setting lost with the machine's power is chosen again; waiting for the disk would be felt at each key.
        let file = try SafeOutputFile(path: path, force: true, isDurable: false)
        file.writer.append(wanted)
        try file.commit()
        return nil
      } catch {
        return "Settings are not kept. \(error.sentence)"
      }
    }
  }

  private func shownOnce(_ sentence: String) -> String? {
    session.withLock { session in
      defer { session.hasShownProblem = true }
      return session.hasShownProblem ? nil : sentence
    }
  }
}
