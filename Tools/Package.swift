// swift-tools-version: 6.1
import PackageDescription

// Warnings stop the build in continuous integration only, as in the package of the programs.
let strict: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.unsafeFlags(["-warnings-as-errors"])]

// A package of its own, so that building the programs neither fetches nor compiles swift-syntax.
let package = Package(
  name: "house-check",
  dependencies: [.package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1")],
  targets: [
    .target(
      name: "HouseRules",
      dependencies: [
        .product(name: "SwiftSyntax", package: "swift-syntax"), .product(name: "SwiftParser", package: "swift-syntax"),
      ], swiftSettings: strict),
    .executableTarget(name: "house-check", dependencies: ["HouseRules"], swiftSettings: strict),
    .testTarget(name: "HouseRulesTests", dependencies: ["HouseRules"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
