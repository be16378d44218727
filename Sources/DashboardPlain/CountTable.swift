import APIKeyModel
import DashboardCore
import KeyTable

/// A table of counts as plain mode reads it out: a header, a line for each row, and the filter for the keys of each row.
///
/// The header says how to ask for the keys of a row by its name; a row that this would not fit says its own filter.
struct CountTable {
  let header: String
  private(set) var lines: [String] = []
  /// Filters that show exactly the keys that a line counts.
  private(set) var filters: [String] = []
  let noun: PlainNoun

  /// `field` and the name of a row are a condition in the header's form.
  private mutating func add(
    _ question: DrillDown, named form: String, in state: DashboardState, _ line: (_ advice: String) -> String
  ) {
    let condition = question.condition(in: state.table)
    filters.append(state.query.filter.text(adding: condition))
    guard condition != form || Phrasebook.inert(form) != form else {
      lines.append(line(""))
      return
    }
    // What is not printed as it is cannot be typed as it is heard.
    let isTypeable = Phrasebook.inert(condition) == condition
    let typed = isTypeable ? condition : question.condition(in: state.table, isEscaped: true)
    lines.append(line(Phrasebook.rowAdvice(typed, state)))
  }

  static func permissions(_ state: DashboardState, rarestFirst: Bool) -> CountTable {
    var tallies = state.table.permissionPivot(within: state.query.visible)
    if rarestFirst { tallies.sort { ($0.keys, $0.name) < ($1.keys, $1.name) } }
    var table = CountTable(header: Phrasebook.pivotHeader(state), noun: .permission)
    for tally in tallies {
      table.add(.permission(tally.name), named: "perm:\(tally.name)", in: state) {
        Phrasebook.pivotLine(tally) + $0
      }
    }
    return table
  }

  static func creators(_ state: DashboardState) -> CountTable {
    let tallies = state.table.creatorGroups(within: state.query.visible)
    var table = CountTable(header: Phrasebook.creatorsHeader(tallies.count, state), noun: .creator)
    for (index, tally) in tallies.enumerated() {
      let id = tally.creator.map(state.table.creatorID)
      table.add(.creator(id), named: id.map { "creator:\($0.text)" } ?? "", in: state) {
        Phrasebook.creatorLine(tally, number: index + 1, of: tallies.count, advice: $0, state: state)
      }
    }
    return table
  }

  static func months(_ state: DashboardState) -> CountTable {
    let months = state.table.createdHistogram(within: state.query.visible)
    let undated = state.query.visible.count - months.reduce(0) { $0 + $1.keys }
    var table = CountTable(header: Phrasebook.histogramHeader(state), noun: .month)
    for month in months {
      table.add(.month(year: month.year, month: month.month), named: "created:\(month.text)", in: state) {
        Phrasebook.histogramLine(month) + $0
      }
    }
    if undated > 0 { table.add(.undated, named: "", in: state) { Phrasebook.undatedLine(undated) + $0 } }
    return table
  }
}
