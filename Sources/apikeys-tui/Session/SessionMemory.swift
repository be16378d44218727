import APIKeyHTTPClient
import APIKeyModel
import DashboardCore
import DashboardRuntime

/// What this session remembers of the ones before, and what it leaves to the next.
struct SessionMemory: Sendable {
  /// Nil for scripts, which neither find what someone chose nor leave anything behind.
  private let store: StateStore?
  /// As kept.
  private let kept: DisplaySettings
  /// As this session starts: the options win over what was kept.
  let settings: DisplaySettings
  let history: [String]

  /// `host` is what settings belong to; nil for scripts.
  init(host: String?, screen: ScreenOptions) {
    // Where no token was wanted, one may be at hand all the same.
    if let token = Environment.value("APIKEYS_TOKEN").flatMap({ SecretToken(utf8: $0.utf8) }) {
      SessionSecrets.note(token)
    }
    store = host.map { StateStore(host: $0) }
    kept = store?.settings() ?? DisplaySettings()
    var settings = kept
    if screen.startsInCursorFocus { settings.cursorFocus = true }
    if let theme = screen.theme { settings.theme = theme }
    self.settings = settings
    history = store?.history() ?? []
  }

  /// What the loops ask of the program.
  var services: RuntimeServices {
    RuntimeServices(
      now: { LocalTime.now() }, export: { DashboardExport.write($0) },
      saveSettings: { store?.save(withoutOptions($0)) }, saveHistory: { store?.save(history: $0) })
  }

  /// An option is for one session: what it set is kept only once the user changes it.
  private func withoutOptions(_ chosen: DisplaySettings) -> DisplaySettings {
    var result = chosen
    if chosen.cursorFocus == settings.cursorFocus { result.cursorFocus = kept.cursorFocus }
    if chosen.theme == settings.theme { result.theme = kept.theme }
    return result
  }
}
