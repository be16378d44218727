import APIKeyClient
import APIKeyModel
import KeyTable
import TerminalCore

/// Filter, sort, order and columns, as typed or chosen.
extension DashboardState {
  /// Applies a filter, or opens its prompt when there is no text.
  mutating func filter(typed text: String?) -> [Effect] {
    guard let text else {
      input.prompt = PromptState(kind: .filter, text: query.filter.text)
      return []
    }
    do {
      let newFilter = try Filter(parsing: text)
      guard newFilter != query.filter else { return [] }
      query.begin(newFilter)
      return queryChanged()
    } catch {
      if input.prompt?.kind == .filter {
        input.prompt?.problem = error.sentence
      } else {
        complain(CommandText.nothingChanged(error.sentence), saysOutcome: true)
      }
      return []
    }
  }

  /// `name`, `created:desc`, or several with commas.
  mutating func sort(byTyped text: String?) -> [Effect] {
    guard let text else { return openOverlay(.sortMenu) }
    if text == "server" || text == "none" {
      settings.sort = SortOrder()
      return queryChanged() + [.saveSettings(settings)]
    }
    do throws(SortProblem) {
      var order = try SortOrder(parsing: text)
      // The same column again turns it round, as a second click on a heading does.
      if order.terms.count == 1, order == settings.sort { order = order.reversed }
      settings.sort = order
    } catch {
      complain(CommandText.nothingChanged(error.sentence), saysOutcome: true)
      return []
    }
    return queryChanged() + [.saveSettings(settings)]
  }

  mutating func changeOrder(typed text: String?) -> [Effect] {
    if case .disabled(let reason) = CommandID.order.availability(in: self) {
      complain(CommandText.nothingChanged(reason), saysOutcome: true)
      return []
    }
    let wanted: ListOrder
    switch text {
    case nil: wanted = order == .descending ? .ascending : .descending
    case "asc"?, "oldest"?: wanted = .ascending
    case "desc"?, "newest"?: wanted = .descending
    default:
      complain(QuestionText.notAnOrder(), saysOutcome: true)
      return []
    }
    settings.sort = SortOrder()
    say(wanted == .descending ? QuestionText.newestFirst() : QuestionText.oldestFirst())
    return startLoad(goal: query.filter.isEmpty ? .onePage : .everything, order: wanted)
  }

  mutating func columns(typed text: String?) -> [Effect] {
    guard let text else { return openOverlay(.columnsMenu) }
    var columns: [KeyField] = [.name]
    for part in text.split(separator: ",") {
      guard let column = NamedField(typed: String(part))?.field, column.has(.column) else {
        complain(QuestionText.notAColumn(String(part)), saysOutcome: true)
        return []
      }
      if !columns.contains(column) { columns.append(column) }
    }
    settings.columns = columns
    list.resetHorizontalScroll()
    say(QuestionText.columns(columns))
    return [.saveSettings(settings)]
  }

  /// Shows or hides one column, from the menu.
  mutating func toggle(_ column: KeyField) -> [Effect] {
    guard column != .name else {
      say(QuestionText.nameIsAlwaysShown())
      return []
    }
    if let index = settings.columns.firstIndex(of: column) {
      settings.columns.remove(at: index)
    } else {
      settings.columns = KeyField.columns.filter { settings.columns.contains($0) || $0 == column }
    }
    list.resetHorizontalScroll()
    return [.saveSettings(settings)]
  }

  /// `:set NAME VALUE`
  mutating func set(typed text: String?) -> [Effect] {
    let words = (text ?? "").split(separator: " ").map(String.init)
    let name = words.first ?? ""
    let value = words.count > 1 ? words[1] : ""
    let isOn: Bool? = ["on", "yes", "1"].contains(value) ? true : ["off", "no", "0"].contains(value) ? false : nil
    switch (name, isOn) {
    case ("mouse", let on?):
      settings.mouse = on
      say(SettingText.mouse(on))
      return [.setMouse(on), .saveSettings(settings)]
    case ("detail", let on?):
      settings.detailShown = on
      showFocusedPane()
      keepCursorsVisible()
      return [.saveSettings(settings)]
    case ("cursor-focus", let on?):
      return on == settings.cursorFocus ? [] : run(CommandInvocation(.cursorFocus))
    case ("time", _) where value == "age" || value == "date":
      settings.absoluteTime = value == "date"
      return [.saveSettings(settings)]
    case ("theme", _):
      guard let theme = Theme(rawValue: value) else { break }
      settings.theme = theme
      say(SettingText.theme(theme))
      return [.setTheme(theme), .saveSettings(settings)]
    default: break
    }
    complain(SettingText.notASetting(), saysOutcome: true)
    return []
  }
}
