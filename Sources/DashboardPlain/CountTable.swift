import APIKeyModel
import DashboardCore
import KeyTable

/// A table of counts as plain mode reads it out: a header, a line for each row, and the filter for the keys of each row.
///
/// The header says how to ask for the keys of a row by its name; a row that this would not fit says its own filter.
struct CountTable {
  let header: String
  private(set) var lines: [String] = []
  /// What each line counts.
  private(set) var rows: [DrillDown] = []
  let noun: PlainNoun

  /// `field` and the name of a row are a condition in the header's form.
  private mutating func add(
    _ question: DrillDown, named form: String, in state: DashboardState, _ line: (_ advice: String) -> String
  ) {
    rows.append(question)
    guard let condition = CountTable.text(question, in: state) else {
      lines.append(line(""))
      return
    }
    guard condition != form || Phrasebook.inert(form) != form else {
      lines.append(line(""))
      return
    }
    // What is not printed as it is cannot be typed as it is heard.
    let isTypeable = Phrasebook.inert(condition) == condition
    let typed = isTypeable ? condition : CountTable.text(question, in: state, isEscaped: true) ?? condition
    lines.append(line(Phrasebook.rowAdvice(typed, state)))
  }

  /// The condition in the filter language; nil where it would be longer than a filter may be.
  private static func text(_ question: DrillDown, in state: DashboardState, isEscaped: Bool = false) -> String? {
    do throws(FilterError) {
      return try question.filter(in: state.table, isEscaped: isEscaped).text
    } catch {
      return nil
    }
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
