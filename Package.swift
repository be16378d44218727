// swift-tools-version: 6.1
import PackageDescription

// Warnings stop the build in continuous integration only, so that a newer compiler's new warning
// never keeps a user from installing.
let lenient: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.unsafeFlags(["-warnings-as-errors"])]

// Every Swift target: `any` is written where it costs something; a member is only used where its module is imported, so that
// a file's imports are all that it depends on; and an import is the file's own unless it is marked `package`.
let strict: [SwiftSetting] =
  lenient + [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ]

let package = Package(
  name: "apikeys-tui",
  products: [
    .executable(name: "apikeys-tui", targets: ["apikeys-tui"]),
    .executable(name: "apikeys-server", targets: ["apikeys-server"]),
  ],
  // Exact versions, and with them everything below: docs/dependencies.md lists what came of it.
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    .target(name: "CDigests", cSettings: [.unsafeFlags(["-O3"])]),
    .target(name: "Digests", dependencies: ["CDigests"], swiftSettings: strict),
    // The model: what an API key is, on the wire and in memory.
    .target(name: "APIKeyModel", dependencies: ["Digests"], swiftSettings: strict),
    // Decoding and scanning are measured, and are optimised in development too.
    .target(name: "CKeyJSON", exclude: ["README.md"], cSettings: [.unsafeFlags(["-O3"])]),
    .target(name: "APIKeyWire", dependencies: ["APIKeyModel", "CKeyJSON"], swiftSettings: strict),
    .target(name: "APIKeyClient", dependencies: ["APIKeyModel"], swiftSettings: strict),
    .target(
      name: "APIKeyHTTPClient",
      dependencies: [
        "APIKeyClient", "APIKeyModel", "APIKeyWire", "CZlib", "Digests", "SystemIO",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ], swiftSettings: strict),
    .systemLibrary(name: "CZlib"),
    .target(
      name: "APIKeyFileSource",
      dependencies: ["APIKeyClient", "APIKeyModel", "APIKeyWire", "CZlib", "Digests", "SystemIO", "WorkerPool"],
      swiftSettings: strict),
    .target(
      name: "TokenSource", dependencies: ["APIKeyModel", "CProcessSupport", "CTerminalSupport", "SystemIO"],
      swiftSettings: strict),
    .target(name: "CKeyScan", exclude: ["README.md"], cSettings: [.unsafeFlags(["-O3"])]),
    // RE2, linked statically; where Debian's needs Abseil, see docs/adr/0017.
    .target(
      name: "CRegex",
      linkerSettings: [
        .linkedLibrary(":libre2.a"), .linkedLibrary("stdc++"),
      ]),
    .target(name: "KeyTable", dependencies: ["APIKeyModel", "CKeyScan", "CRegex"], swiftSettings: strict),
    // One key as JSON: what the decoder reads back.
    .target(name: "KeyJSON", dependencies: ["APIKeyModel", "KeyTable", "TerminalCore"], swiftSettings: strict),
    // Reading the list: one pure state machine for the dashboard, plain mode and every command.
    .target(
      name: "KeyLoading", dependencies: ["APIKeyClient", "APIKeyModel", "KeyTable"], exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "KeyExport", dependencies: ["APIKeyModel", "Digests", "KeyJSON", "KeyTable", "SystemIO", "TerminalCore"],
      swiftSettings: strict),

    .target(
      name: "WorkerPool",
      dependencies: [
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"), .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict),

    // Files, pipes and programs of the system: the only Swift code that opens, reads and writes.
    .target(name: "SystemIO", swiftSettings: strict),
    // What the process asks of the system: arguments, resources, a helper process, memory.
    .target(name: "CProcessSupport", exclude: ["README.md"]),
    .target(name: "COutOfMemory", cSettings: [.unsafeFlags(["-fno-builtin"])]),

    // The terminal.
    .target(name: "TerminalCore", dependencies: ["Digests"], swiftSettings: strict),
    .target(
      name: "CNcurses", exclude: ["README.md"],
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CTerminalSupport", dependencies: ["CProcessSupport"], exclude: ["README.md"]),
    .target(
      name: "CursesTerminal", dependencies: ["TerminalCore", "CNcurses", "CTerminalSupport", "Digests", "SystemIO"],
      swiftSettings: strict),

    // The dashboard.
    .target(
      name: "DashboardCore",
      dependencies: ["APIKeyModel", "APIKeyClient", "KeyJSON", "KeyLoading", "KeyTable", "TerminalCore"],
      swiftSettings: strict),
    .target(
      name: "DashboardScreen", dependencies: ["APIKeyModel", "DashboardCore", "TerminalCore"], swiftSettings: strict),
    .target(
      name: "DashboardPlain",
      dependencies: ["APIKeyClient", "APIKeyModel", "DashboardCore", "KeyLoading", "KeyTable", "TerminalCore"],
      swiftSettings: strict),
    .target(
      name: "DashboardRuntime",
      dependencies: [
        "DashboardCore", "APIKeyClient", "APIKeyModel", "KeyLoading", "KeyTable", "SystemIO", "TerminalCore",
        "WorkerPool",
      ],
      swiftSettings: strict),

    // The reference server.
    .target(
      name: "ReferenceServer",
      dependencies: [
        "APIKeyModel", "SystemIO",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),

    // Executables: argument types and wiring.
    .executableTarget(
      name: "apikeys-tui",
      dependencies: [
        "APIKeyClient", "APIKeyFileSource", "APIKeyHTTPClient", "APIKeyModel", "CursesTerminal", "DashboardCore",
        "TokenSource",
        "DashboardPlain", "DashboardRuntime", "DashboardScreen", "KeyExport", "KeyJSON", "KeyLoading", "KeyTable",
        "SystemIO", "TerminalCore",
        "COutOfMemory", "CProcessSupport", "CTerminalSupport", "WorkerPool",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "apikeys-server",
      dependencies: [
        "APIKeyModel", "CProcessSupport", "ReferenceServer", "SystemIO",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "apikeys-docgen", dependencies: ["APIKeyClient", "APIKeyModel", "DashboardCore"],
      swiftSettings: strict),

    // Figures for docs/performance.md; not shipped.
    .executableTarget(
      name: "apikeys-bench",
      dependencies: [
        "APIKeyClient", "APIKeyHTTPClient", "APIKeyModel", "APIKeyWire", "DashboardCore", "DashboardScreen",
        "KeyLoading", "KeyTable", "TerminalCore",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ], path: "Benchmarks/apikeys-bench", swiftSettings: strict),

    // Tests.
    .systemLibrary(name: "CVTerm", path: "Tests/CVTerm"),
    .target(name: "CPty", path: "Tests/CPty"),
    .target(
      name: "TestSupport",
      dependencies: [
        "APIKeyClient", "CVTerm", "CPty",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      path: "Tests/TestSupport", swiftSettings: lenient, linkerSettings: [.linkedLibrary("vterm")]),
    // A dashboard and a plain session over a list in memory.
    .target(
      name: "DashboardTestSupport",
      dependencies: [
        "APIKeyClient", "APIKeyModel", "DashboardCore", "DashboardPlain", "DashboardScreen", "KeyLoading", "KeyTable",
        "TerminalCore", "TestSupport",
      ],
      path: "Tests/DashboardTestSupport", swiftSettings: lenient),
    .testTarget(
      name: "APIKeyModelTests", dependencies: ["APIKeyModel", "TestSupport"], exclude: ["reference"],
      swiftSettings: lenient),
    .testTarget(
      name: "APIKeyWireTests", dependencies: ["APIKeyWire", "APIKeyModel", "TestSupport"],
      exclude: ["reference"],
      swiftSettings: lenient),
    .testTarget(
      name: "APIKeyClientTests", dependencies: ["APIKeyClient", "TestSupport"], swiftSettings: lenient),
    .testTarget(
      name: "APIKeyHTTPClientTests",
      dependencies: [
        "APIKeyClient", "APIKeyHTTPClient", "APIKeyModel", "KeyLoading", "TestSupport", "TokenSource",
      ],
      swiftSettings: lenient),
    .testTarget(
      name: "TokenSourceTests", dependencies: ["TokenSource", "APIKeyModel", "TestSupport"], swiftSettings: lenient),
    .testTarget(
      name: "CKeyScanTests", dependencies: ["CKeyScan", "APIKeyModel", "KeyTable", "TestSupport"],
      swiftSettings: lenient),
    .testTarget(name: "CKeyJSONTests", dependencies: ["CKeyJSON"], swiftSettings: lenient),
    .testTarget(name: "CProcessSupportTests", dependencies: ["CProcessSupport"], swiftSettings: lenient),
    .testTarget(name: "CTerminalSupportTests", dependencies: ["CTerminalSupport"], swiftSettings: lenient),
    .testTarget(name: "WorkerPoolTests", dependencies: ["WorkerPool"], swiftSettings: lenient),
    .testTarget(name: "apikeys-docgenTests", dependencies: ["apikeys-docgen"], swiftSettings: lenient),
    .testTarget(
      name: "KeyJSONTests", dependencies: ["KeyJSON", "APIKeyModel", "KeyTable", "TestSupport"],
      swiftSettings: lenient),
    .testTarget(
      name: "KeyTableTests", dependencies: ["KeyTable", "APIKeyModel", "TestSupport"],
      exclude: ["reference"],
      swiftSettings: lenient),
    .testTarget(
      name: "APIKeyFileSourceTests",
      dependencies: ["APIKeyFileSource", "APIKeyClient", "APIKeyModel", "CZlib", "KeyLoading", "TestSupport"],
      swiftSettings: lenient),
    .testTarget(
      name: "KeyExportTests",
      dependencies: [
        "KeyExport", "APIKeyModel", "Digests", "KeyJSON", "KeyTable", "SystemIO", "TerminalCore", "TestSupport",
      ],
      swiftSettings: lenient),
    .testTarget(name: "SystemIOTests", dependencies: ["SystemIO"], swiftSettings: lenient),
    .testTarget(
      name: "DigestsTests", dependencies: ["CDigests", "Digests", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: lenient),
    .testTarget(name: "TerminalCoreTests", dependencies: ["TerminalCore", "TestSupport"], swiftSettings: lenient),
    .testTarget(
      name: "CursesTerminalTests", dependencies: ["CursesTerminal", "TerminalCore"], swiftSettings: lenient),
    .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: lenient),
    .testTarget(
      name: "DashboardCoreTests",
      dependencies: [
        "DashboardCore", "APIKeyClient", "APIKeyModel", "DashboardScreen", "DashboardTestSupport", "KeyLoading",
        "KeyTable", "TerminalCore", "TestSupport",
      ], swiftSettings: lenient),
    .testTarget(
      name: "DashboardScreenTests",
      dependencies: [
        "DashboardScreen", "APIKeyClient", "APIKeyModel", "DashboardCore", "DashboardTestSupport", "KeyLoading",
        "KeyTable", "TerminalCore", "TestSupport",
      ], swiftSettings: lenient),
    .testTarget(
      name: "DashboardPlainTests",
      dependencies: [
        "DashboardPlain", "APIKeyClient", "APIKeyModel", "DashboardCore", "DashboardTestSupport", "KeyTable",
        "TerminalCore", "TestSupport",
      ], swiftSettings: lenient),
    .testTarget(
      name: "DashboardRuntimeTests",
      dependencies: [
        "DashboardRuntime", "APIKeyClient", "APIKeyModel", "DashboardCore", "DashboardPlain", "DashboardTestSupport",
        "TestSupport",
      ], swiftSettings: lenient),
    .testTarget(
      name: "KeyLoadingTests",
      dependencies: ["KeyLoading", "APIKeyClient", "APIKeyModel", "KeyTable", "TestSupport"],
      swiftSettings: lenient),
    .testTarget(
      name: "ReferenceServerTests",
      dependencies: [
        "ReferenceServer", "APIKeyModel", "APIKeyWire", "KeyJSON", "TestSupport", "apikeys-server",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: lenient),
    .testTarget(
      name: "apikeys-serverTests",
      dependencies: [
        "apikeys-server", "ReferenceServer", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: lenient),
    // Sessions of the real binaries: in a pseudo-terminal, and as commands.
    .testTarget(
      name: "apikeys-tuiTests", dependencies: ["apikeys-tui", "apikeys-server", "TerminalCore", "TestSupport"],
      exclude: ["reference"], swiftSettings: lenient),
    // What all front ends say of a server that changes while it is read; the judge is in Tests/Differential.
    .testTarget(
      name: "DifferentialTests",
      dependencies: [
        "apikeys-tui", "APIKeyClient", "APIKeyHTTPClient", "APIKeyModel", "DashboardCore", "DashboardPlain",
        "DashboardScreen", "KeyLoading", "KeyTable", "TerminalCore", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: lenient),
    // What screen readers say, and where the hardware cursor is.
    .testTarget(
      name: "AccessibilityTests", dependencies: ["DashboardCore", "apikeys-tui", "apikeys-server", "TestSupport"],
      swiftSettings: lenient),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzz targets want their own compiler flags in every target, so only Fuzz/run-fuzzers asks for them.
if Context.environment["APIKEYS_FUZZ"] != nil {
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Fuzz/CLibFuzzer"),
    .executableTarget(
      name: "apikeys-fuzz",
      dependencies: [
        "APIKeyClient", "APIKeyHTTPClient", "APIKeyModel", "APIKeyWire", "CLibFuzzer", "DashboardCore",
        "DashboardPlain", "DashboardScreen", "KeyExport", "KeyJSON", "KeyLoading", "KeyTable", "TerminalCore",
        "TokenSource",
        "WorkerPool",
      ], path: "Fuzz/Targets", swiftSettings: lenient),
  ]
}
