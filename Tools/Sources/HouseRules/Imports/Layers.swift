/// The targets of `Sources` and `Benchmarks` from the bottom up: a target may depend on targets of lower layers only.
/// A new target gets its line here.
enum Layers {
  static let all: [[String]] = [
    // C, and what wraps the system.
    [
      "CDigests", "CKeyJSON", "CKeyScan", "CRegex", "CZlib", "CNcurses", "CProcessSupport", "COutOfMemory", "SystemIO",
    ],
    ["Digests", "CTerminalSupport", "WorkerPool"],
    // What a key is, and what a terminal shows.
    ["APIKeyModel", "TerminalCore"],
    ["APIKeyWire", "APIKeyClient", "KeyTable", "TokenSource", "CursesTerminal"],
    // Sources of keys, and what is made of keys.
    ["APIKeyHTTPClient", "APIKeyFileSource", "KeyJSON", "KeyLoading", "ReferenceServer"],
    ["KeyExport", "DashboardCore"],
    // The front ends, which do not know each other.
    ["DashboardScreen", "DashboardPlain", "DashboardRuntime"],
    ["apikeys-tui", "apikeys-server", "apikeys-docgen", "apikeys-bench", "apikeys-fuzz"],
  ]

  static func layer(of target: String) -> Int? { all.firstIndex { $0.contains(target) } }
}
