// swift-tools-version: 6.2
// The package of Annals: layered targets whose dependencies point downward only (docs/ARCHITECTURE.md has the map).

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let collections: Target.Dependency = .product(name: "OrderedCollections", package: "swift-collections")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "annals",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "annals", targets: ["AnnalsCLI"]),
    .library(name: "CanonicalJSON", targets: ["CanonicalJSON"]),
    .library(name: "EDTF", targets: ["EDTF"]),
    .library(name: "Ledger", targets: ["Ledger"]),
    .library(name: "TransparencyLog", targets: ["TransparencyLog"]),
  ],
  dependencies: [
    // Why each is here: docs/dependencies.md.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/onevcat/Rainbow", from: "4.2.2"),
  ],
  targets: [
    // Bytes and dates: products of their own, without dependencies.
    .target(name: "CanonicalJSON", swiftSettings: strict),
    .target(name: "EDTF", swiftSettings: strict),

    // Merkle tree, proofs, tiles, signed notes: knows nothing of events. A product of its own.
    .target(name: "TransparencyLog", dependencies: [crypto], swiftSettings: strict),

    // The domain: knows no database.
    .target(
      name: "Codes", dependencies: ["EDTF"], exclude: ["Embedded"], swiftSettings: strict,
      plugins: ["EmbedTextPlugin"]),
    .target(
      name: "Milestones", dependencies: ["CanonicalJSON", "EDTF", "Codes", crypto, collections],
      exclude: ["Embedded"], swiftSettings: strict, plugins: ["EmbedTextPlugin"]),

    // The log and its tree: knows no domain.
    .target(name: "LogStore", dependencies: ["TransparencyLog", grdb, sqlite], swiftSettings: strict),

    // What stands: folds and views.
    .target(
      name: "Projections",
      dependencies: ["Milestones", "LogStore", "CanonicalJSON", "EDTF", grdb, crypto, collections],
      swiftSettings: strict),

    // The one type a caller needs.
    .target(
      name: "Ledger",
      dependencies: [
        "Projections", "Milestones", "LogStore", "TransparencyLog", "CanonicalJSON", "EDTF", "Codes", grdb,
        crypto, logging, collections,
      ],
      swiftSettings: strict),

    // What leaves the ledger for those who have none: documents, snapshots, the site, pictures.
    .target(
      name: "Publishing",
      dependencies: [
        "Ledger", "Projections", "Milestones", "TransparencyLog", "CanonicalJSON", "EDTF", "Codes", crypto,
        collections, mustache,
      ],
      exclude: ["Embedded"], swiftSettings: strict, plugins: ["EmbedTextPlugin"]),

    // Parse, call, print.
    .executableTarget(
      name: "AnnalsCLI",
      dependencies: [
        "Publishing", "Ledger", "Projections", "Milestones", "LogStore", "TransparencyLog", "CanonicalJSON",
        "EDTF", "Codes", "Rainbow", logging, collections,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Schemas"], swiftSettings: strict, plugins: ["EmbedTextPlugin"]),

    // Text files of the package, embedded in the binary at build time.
    .plugin(
      name: "EmbedTextPlugin", capability: .buildTool(), dependencies: ["EmbedText"],
      path: "Tools/EmbedTextPlugin"),
    .executableTarget(name: "EmbedText", path: "Tools/EmbedText", swiftSettings: strict),

    // The manual page, made from what the program tells of its commands; run by Tools/install.
    .executableTarget(name: "Manual", path: "Tools/Manual", swiftSettings: strict),

    // What Tools/benchmark measures inside a process that keeps a ledger open.
    .executableTarget(
      name: "Harness",
      dependencies: ["Ledger", "Projections", "Milestones", "TransparencyLog", "CanonicalJSON", "EDTF"],
      path: "Tools/Benchmarks/Harness", swiftSettings: strict),

    // What the tests of several targets share.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "CanonicalJSONTests", dependencies: ["TestSupport", "CanonicalJSON"], exclude: ["Vectors"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "EDTFTests", dependencies: ["TestSupport", "EDTF"], exclude: ["Vectors"], swiftSettings: strict),
    .testTarget(
      name: "TransparencyLogTests", dependencies: ["TestSupport", "TransparencyLog"], exclude: ["Vectors"],
      swiftSettings: strict),
    .testTarget(name: "CodesTests", dependencies: ["TestSupport", "Codes", "EDTF"], swiftSettings: strict),
    .testTarget(
      name: "LogStoreTests", dependencies: ["TestSupport", "LogStore", "TransparencyLog", grdb],
      swiftSettings: strict),
    .testTarget(
      name: "MilestonesTests", dependencies: ["TestSupport", "Milestones", "CanonicalJSON", "EDTF", "Codes"],
      exclude: ["Vectors"], swiftSettings: strict),
    .testTarget(
      name: "ProjectionsTests",
      dependencies: [
        "TestSupport", "Projections", "Milestones", "LogStore", "TransparencyLog", "CanonicalJSON", "EDTF",
        grdb,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "TestSupport", "Ledger", "Projections", "Milestones", "LogStore", "TransparencyLog", "CanonicalJSON",
        "EDTF", grdb,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PublishingTests",
      dependencies: [
        "TestSupport", "Publishing", "Ledger", "Projections", "Milestones", "TransparencyLog",
        "CanonicalJSON",
        "EDTF", "Codes", collections,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AnnalsCLITests", dependencies: ["TestSupport", "AnnalsCLI", "TransparencyLog", "CanonicalJSON"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
