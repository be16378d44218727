package import APIKeyModel
package import TerminalCore

/// Notices about settings.
package enum SettingNotice: Equatable, Sendable {
  case created(isDate: Bool)
  case cursorFocus(Bool)
  case mouse(Bool)
  case theme(Theme)
  case notASetting
  case columns([KeyField])
  case notAColumn(String)
  case nameIsAlwaysShown

  var traits: NoticeTraits {
    switch self {
    case .created, .cursorFocus, .mouse, .theme, .columns: .result
    case .nameIsAlwaysShown: .refusal
    case .notASetting, .notAColumn: .error(statesOutcome: true)
    }
  }

  var sentence: String {
    switch self {
    case .created(let isDate): isDate ? SettingText.createdIsDate : SettingText.createdIsAge
    case .cursorFocus(let isOn): SettingText.cursorFocus(isOn)
    case .mouse(let isOn): SettingText.mouse(isOn)
    case .theme(let theme): SettingText.theme(theme)
    case .notASetting: SettingText.notASetting
    case .columns(let columns): SettingText.columns(columns)
    case .notAColumn(let typed): SettingText.notAColumn(typed)
    case .nameIsAlwaysShown: SettingText.nameIsAlwaysShown
    }
  }
}
