import APIKeyClient
import APIKeyModel
import KeyLoading
import KeyTable

/// Filter, sort, order and columns, as typed or chosen.
extension DashboardState {
  mutating func openFilterPrompt() -> [Effect] {
    input.open(PromptState(kind: .filter, text: query.filter.text, restore: query.filter))
    return []
  }

  mutating func apply(_ filter: Filter) -> [Effect] {
    guard filter != query.filter else { return [] }
    query.begin(filter)
    return queryChanged()
  }

  mutating func clearFilter() -> [Effect] {
    settle(.filter)
    return apply(.none)
  }

  /// The same column again is reversed, as with a second click on a heading; no terms are the server's order.
  mutating func sort(by order: SortOrder) -> [Effect] {
    settings.sort = order.terms.count == 1 && order == settings.sort ? order.reversed : order
    return queryChanged() + [.saveSettings(settings)]
  }

  mutating func reverseSort() -> [Effect] {
    settings.sort = settings.sort.reversed
    return queryChanged() + [.saveSettings(settings)]
  }

  /// Reads the list in an order of the server; nil is the other one.
  mutating func read(in wanted: ListOrder?) -> [Effect] {
    let wanted = wanted ?? (order == .descending ? .ascending : .descending)
    settings.sort = .server
    post(.query(.order(wanted)))
    return startLoad(goal: query.filter.isEmpty ? .onePage : .everything, order: wanted)
  }

  mutating func show(_ columns: [KeyField]) -> [Effect] {
    settings.columns = columns
    list.resetHorizontalScroll()
    post(.setting(.columns(columns)))
    return [.saveSettings(settings)]
  }

  /// Shows or hides one column, from the menu.
  mutating func toggle(_ column: KeyField) -> [Effect] {
    guard column != .name else {
      post(.setting(.nameIsAlwaysShown))
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

  mutating func set(_ setting: Setting) -> [Effect] {
    switch setting {
    case .mouse(let isOn):
      settings.mouse = isOn
      post(.setting(.mouse(isOn)))
      return [.setMouse(isOn), .saveSettings(settings)]
    case .detail(let isOn):
      settings.detailShown = isOn
      showFocusedPane()
      keepCursorsVisible()
      return [.saveSettings(settings)]
    case .cursorFocus(let isOn): return isOn == settings.cursorFocus ? [] : run(.cursorFocus)
    case .absoluteTime(let isOn):
      settings.absoluteTime = isOn
      return [.saveSettings(settings)]
    case .theme(let theme):
      settings.theme = theme
      post(.setting(.theme(theme)))
      return [.setTheme(theme), .saveSettings(settings)]
    }
  }
}
