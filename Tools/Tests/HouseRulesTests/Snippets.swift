@testable import HouseRules

/// A repository of a few lines: paths and texts.
func repository(_ files: [String: String], others: [Repository.OtherFile] = []) -> Repository {
  Repository(
    files: files.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, text: $0.value) }, otherFiles: others)
}

extension Rule {
  /// What the rule finds in one file of a dashboard target.
  func findings(in text: String, path: String = "Sources/DashboardCore/A.swift") -> [Finding] {
    check(repository([path: text])).offenders
  }

  func count(in text: String, path: String = "Sources/DashboardCore/A.swift") -> Int {
    check(repository([path: text])).value
  }
}
