// swift-tools-version: 6.2
import PackageDescription

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Signal processing and decoding: no bounds checks in the inner loops of optimised builds, and
/// optimised in debug builds too (with checks), since vectors are a thousand times slower without.
let kernel: [SwiftSetting] =
  strict + [
    .unsafeFlags(["-O"], .when(configuration: .debug)),
    .unsafeFlags(["-Ounchecked"], .when(configuration: .release)),
  ]

/// Loops over samples: optimised in debug builds too, with checks everywhere.
let optimized: [SwiftSetting] =
  strict + [
    .unsafeFlags(["-O"], .when(configuration: .debug)),
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
  ]

let package = Package(
  name: "sukashi",
  products: [
    .executable(name: "cs-order", targets: ["cs-order"]),
    .executable(name: "cs-publish", targets: ["cs-publish"]),
    .executable(name: "ds-deliver", targets: ["ds-deliver"]),
    .executable(name: "hs-store", targets: ["hs-store"]),
    .executable(name: "ledger-enroll", targets: ["ledger-enroll"]),
    .executable(name: "ledger-pay", targets: ["ledger-pay"]),
    .executable(name: "ledger-verify", targets: ["ledger-verify"]),
    .executable(name: "shop-burn", targets: ["shop-burn"]),
    .executable(name: "wm-keygen", targets: ["wm-keygen"]),
    .executable(name: "wm-embed", targets: ["wm-embed"]),
    .executable(name: "wm-detect", targets: ["wm-detect"]),
    .executable(name: "ledger-report", targets: ["ledger-report"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Without Foundation proper and without the reading of configurations.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.0.0"),
  ],
  targets: [
    // The C libraries, one module each: an executable loads only those it depends on.
    .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CFLAC", pkgConfig: "flac", providers: [.apt(["libflac-dev"])]),
    .systemLibrary(
      name: "CSamplerate", pkgConfig: "samplerate", providers: [.apt(["libsamplerate0-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
      name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg62-turbo-dev"])]),
    .systemLibrary(name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),

    // Linked from the archive: a tool takes the few functions it needs and starts without loading
    // the library.
    .target(name: "CCrypto", linkerSettings: [.linkedLibrary(":libcrypto.a")]),
    // Only for tools that open what outlets hold: these take 4 MB of the archive.
    .target(name: "CCiphers", linkerSettings: [.linkedLibrary(":libcrypto.a")]),

    // Calls that Swift cannot make itself: signal handlers and GNU-only functions.
    .target(name: "CSystemCalls"),
    // These two jump out of errors, which must not happen over Swift's frames.
    .target(name: "CPNGShim", dependencies: ["CPNG"]),
    .target(name: "CJPEGShim", dependencies: ["CJPEG"]),

    .target(
      name: "CommandLineSupport", dependencies: ["CSystemCalls", argumentParser],
      swiftSettings: strict),
    .target(
      name: "AudioStreams", dependencies: ["CommandLineSupport", "CSndfile"],
      swiftSettings: optimized),
    .target(
      name: "ImageStreams",
      dependencies: ["CJPEGShim", "CPNGShim", "CWebP", "CZlib", "CommandLineSupport"],
      swiftSettings: optimized),
    .target(
      name: "VideoStreams", dependencies: ["CommandLineSupport"], swiftSettings: optimized),
    .target(
      name: "Resampling", dependencies: ["CommandLineSupport", "CSamplerate"],
      swiftSettings: optimized),
    .target(
      name: "MarkKeys", dependencies: ["CommandLineSupport", "CSodium"], swiftSettings: strict),
    .target(
      name: "Signing", dependencies: ["CCrypto", "CommandLineSupport", "CSodium", "MarkKeys"],
      swiftSettings: optimized),
    .target(name: "Trade", dependencies: ["CommandLineSupport"], swiftSettings: strict),
    .target(
      name: "TransparencyLog", dependencies: ["CommandLineSupport", "Signing"],
      swiftSettings: optimized),

    .target(
      name: "Ledger",
      dependencies: [
        "CommandLineSupport", "CSQLite", "CSodium", "CSystemCalls", "MarkKeys", "Signing", "Trade",
        "TransparencyLog",
      ],
      swiftSettings: optimized),
    .target(
      name: "LeakTracing",
      dependencies: [
        "AudioMark", "AudioStreams", "CommandLineSupport", "FingerprintCode", "Ledger", "MarkCode",
        "MarkKeys", "Masters", "Signing", "Trade", "TransparencyLog",
      ],
      swiftSettings: kernel),
    .target(
      name: "Distribution",
      dependencies: [
        "AudioStreams", "CSystemCalls", "CommandLineSupport", "FingerprintCode", "ImageStreams",
        "Ledger", "MarkKeys", "Masters", "MovieFragments", "Resampling", "Signing", "Trade",
        "TransparencyLog",
      ],
      swiftSettings: optimized),
    // What home servers and shops have in common: parcels that were checked, held encrypted.
    .target(
      name: "Outlets",
      dependencies: [
        "AudioStreams", "CCiphers", "CSodium", "CommandLineSupport", "Distribution", "Ledger",
        "MarkKeys", "Signing", "Trade",
      ],
      swiftSettings: optimized),
    .target(
      name: "HomeServer",
      dependencies: [
        "AudioStreams", "CSodium", "CSystemCalls", "CommandLineSupport", "Distribution", "Ledger",
        "MarkKeys", "MovieFragments", "Outlets", "Signing", "Trade",
      ],
      swiftSettings: optimized),
    .target(
      name: "LedgerCommandSupport",
      dependencies: ["CommandLineSupport", "Ledger", "Signing", "Trade", argumentParser],
      swiftSettings: strict),

    .target(
      name: "OutletCommandSupport",
      dependencies: ["CommandLineSupport", "LedgerCommandSupport", "Outlets", argumentParser],
      swiftSettings: strict),

    // What is on a disc, sector by sector, and the sheets that describe it.
    .target(
      name: "DiscLayout",
      dependencies: ["AudioStreams", "CommandLineSupport", "Resampling", "Trade"],
      swiftSettings: optimized),
    .target(
      name: "ShopServer",
      dependencies: [
        "AudioStreams", "CCiphers", "CSystemCalls", "CommandLineSupport", "DiscLayout",
        "Distribution", "Ledger", "MarkKeys", "Outlets", "Trade",
      ],
      swiftSettings: optimized),

    .target(
      name: "LedgerReports",
      dependencies: [
        "CommandLineSupport", "Ledger", "MarkKeys", "Signing", "Trade", "TransparencyLog",
      ],
      swiftSettings: optimized),

    .target(name: "MarkCode", swiftSettings: kernel),
    .target(name: "FourierPlanning", swiftSettings: strict),
    .target(
      name: "FingerprintCode", dependencies: ["CSodium", "MarkKeys", "Signing"],
      swiftSettings: kernel),
    .target(
      name: "AudioMark",
      dependencies: ["CFFTW", "CommandLineSupport", "FourierPlanning", "MarkCode", "MarkKeys"],
      swiftSettings: kernel),

    .target(
      name: "ImageMark",
      dependencies: [
        "CFFTW", "CSodium", "CommandLineSupport", "FourierPlanning", "MarkCode", "MarkKeys",
      ],
      swiftSettings: kernel),

    // Film as fragmented MP4: its header, its segments, and how players find them.
    .target(name: "MovieFragments", swiftSettings: optimized),

    // Two variants of a title, and copies put together from them.
    .target(
      name: "Masters",
      dependencies: [
        "AudioMark", "AudioStreams", "CFLAC", "CSodium", "CommandLineSupport", "FingerprintCode",
        "ImageMark", "ImageStreams", "Ledger", "MarkKeys", "MovieFragments", "Signing",
        "VideoStreams",
      ],
      swiftSettings: optimized),

    // What a home server shows players on the network: HTTP, apart from the store itself.
    .target(
      name: "HomeServing",
      dependencies: [
        "AudioStreams", "CFLAC", "CSodium", "CommandLineSupport", "Distribution", "HomeServer",
        "Ledger", "MovieFragments", "Outlets", "Signing", "Trade",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: optimized),

    .executableTarget(
      name: "wm-embed",
      dependencies: [
        "AudioMark", "AudioStreams", "CommandLineSupport", "ImageMark", "ImageStreams", "MarkCode",
        "MarkKeys", "VideoStreams", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "wm-detect",
      dependencies: [
        "AudioMark", "AudioStreams", "CommandLineSupport", "Distribution", "FingerprintCode",
        "ImageMark", "ImageStreams", "Ledger", "LedgerCommandSupport", "MarkKeys", "Masters",
        "Signing", "LeakTracing", "Trade", "TransparencyLog", "VideoStreams", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "measure-marks", dependencies: ["AudioMark", "AudioStreams", "MarkCode", "MarkKeys"],
      path: "Benchmarks/measure-marks", swiftSettings: strict),
    .executableTarget(
      name: "measure-film",
      dependencies: ["CommandLineSupport", "ImageMark", "MarkKeys", "VideoStreams"],
      path: "Benchmarks/measure-film", swiftSettings: optimized),
    .executableTarget(
      name: "measure-images", dependencies: ["CommandLineSupport", "ImageMark", "MarkKeys"],
      path: "Benchmarks/measure-images", swiftSettings: optimized),
    .executableTarget(
      name: "measure-tracing",
      dependencies: [
        "AudioMark", "AudioStreams", "CommandLineSupport", "FingerprintCode", "Ledger", "MarkCode",
        "MarkKeys", "Masters", "LeakTracing",
      ],
      path: "Benchmarks/measure-tracing", swiftSettings: strict),
    .executableTarget(
      name: "measure-code", dependencies: ["MarkCode"], path: "Benchmarks/measure-code",
      swiftSettings: strict),
    .executableTarget(
      name: "measure-fingerprint",
      dependencies: ["FingerprintCode", "MarkKeys", "_TestSupport"],
      path: "Benchmarks/measure-fingerprint", swiftSettings: optimized),
    .executableTarget(
      name: "wm-keygen",
      dependencies: ["CommandLineSupport", "MarkKeys", "Signing", argumentParser],
      swiftSettings: strict),
    .executableTarget(
      name: "cs-publish",
      dependencies: [
        "AudioStreams", "CommandLineSupport", "Distribution", "ImageStreams", "Ledger",
        "LedgerCommandSupport", "MarkKeys", "Masters", "Signing", "Trade", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "cs-order",
      dependencies: [
        "CommandLineSupport", "Distribution", "Ledger", "LedgerCommandSupport", "Signing", "Trade",
        argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "ds-deliver",
      dependencies: [
        "CommandLineSupport", "Distribution", "Ledger", "LedgerCommandSupport", "MovieFragments",
        "Signing", "Trade", "TransparencyLog", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "hs-store",
      dependencies: [
        "CSystemCalls", "CommandLineSupport", "Distribution", "HomeServer", "HomeServing", "Ledger",
        "LedgerCommandSupport", "OutletCommandSupport", "Outlets", "Signing", "Trade",
        argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "shop-burn",
      dependencies: [
        "CommandLineSupport", "DiscLayout", "Distribution", "Ledger", "LedgerCommandSupport",
        "OutletCommandSupport", "Outlets", "ShopServer", "Trade", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "ledger-enroll",
      dependencies: [
        "CommandLineSupport", "Ledger", "LedgerCommandSupport", "Signing", "Trade", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "ledger-pay",
      dependencies: [
        "CommandLineSupport", "Ledger", "LedgerCommandSupport", "Signing", "Trade", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "ledger-report",
      dependencies: [
        "CommandLineSupport", "Ledger", "LedgerCommandSupport", "LedgerReports", "MarkKeys",
        "Trade", argumentParser,
      ],
      swiftSettings: strict),

    // For tests and measurements only.
    .executableTarget(
      name: "_audio-copy", dependencies: ["CommandLineSupport", "AudioStreams", argumentParser],
      swiftSettings: strict),
    .executableTarget(
      name: "_image-copy", dependencies: ["CommandLineSupport", "ImageStreams", argumentParser],
      swiftSettings: strict),
    .executableTarget(
      name: "_film-copy", dependencies: ["CommandLineSupport", "VideoStreams", argumentParser],
      swiftSettings: strict),
    .executableTarget(
      name: "_splice",
      dependencies: [
        "AudioMark", "AudioStreams", "CommandLineSupport", "MarkKeys", "Masters", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "ledger-verify",
      dependencies: [
        "CommandLineSupport", "Ledger", "LedgerCommandSupport", "Signing", "Trade",
        "TransparencyLog", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "_ledger-append",
      dependencies: ["CommandLineSupport", "Ledger", "LedgerCommandSupport", argumentParser],
      swiftSettings: strict),
    .target(name: "_TestSupport", dependencies: ["CSystemCalls"], swiftSettings: optimized),
    .testTarget(
      name: "CommandLineSupportTests",
      dependencies: [
        "CommandLineSupport", "_TestSupport", "_audio-copy", "_ledger-append",
        "cs-order",
        "cs-publish",
        "ds-deliver",
        "hs-store",
        "ledger-enroll",
        "ledger-pay",
        "ledger-report",
        "ledger-verify",
        "shop-burn",
        "wm-detect",
        "wm-embed",
        "wm-keygen",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ContentServerTests",
      dependencies: [
        "AudioMark", "AudioStreams", "CommandLineSupport", "Distribution", "Ledger", "MarkKeys",
        "Masters", "Signing", "Trade", "_TestSupport", "_ledger-append", "cs-order", "cs-publish",
        "ledger-enroll", "ledger-verify", "wm-embed", "wm-keygen",
      ],
      swiftSettings: optimized),
    .testTarget(
      name: "AudioStreamsTests",
      dependencies: ["AudioStreams", "CommandLineSupport", "_TestSupport", "_audio-copy"],
      swiftSettings: strict),
    .testTarget(
      name: "ImageStreamsTests",
      dependencies: ["CZlib", "CommandLineSupport", "ImageStreams", "_TestSupport", "_image-copy"],
      swiftSettings: strict),
    .testTarget(
      name: "PictureToolsTests",
      dependencies: [
        "AudioMark", "FingerprintCode", "ImageMark", "MarkCode", "MarkKeys", "_TestSupport",
        "_ledger-append", "wm-detect", "wm-embed", "wm-keygen",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "VisualFlowTests",
      dependencies: [
        "AudioMark", "AudioStreams", "Masters", "MovieFragments", "_TestSupport", "cs-order",
        "cs-publish", "ds-deliver", "hs-store",
        "ledger-enroll",
        "ledger-verify", "shop-burn", "wm-detect", "wm-embed", "wm-keygen",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MovieFragmentsTests", dependencies: ["MovieFragments", "_TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "VideoStreamsTests", dependencies: ["_TestSupport", "_film-copy"],
      swiftSettings: strict),
    .testTarget(
      name: "ResamplingTests", dependencies: ["Resampling"], swiftSettings: optimized),
    .testTarget(
      name: "MarkKeysTests",
      dependencies: ["MarkKeys", "CommandLineSupport", "_TestSupport", "wm-keygen"],
      swiftSettings: strict),
    .testTarget(
      name: "SigningTests",
      dependencies: ["CommandLineSupport", "MarkKeys", "Signing", "_TestSupport", "wm-keygen"],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "CommandLineSupport", "Ledger", "MarkKeys", "Signing", "Trade", "TransparencyLog",
        "_TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TradeTests", dependencies: ["Trade", "CommandLineSupport", "_TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TransparencyLogTests",
      dependencies: [
        "CommandLineSupport", "MarkKeys", "Signing", "TransparencyLog", "_TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerCrashTests",
      dependencies: [
        "CommandLineSupport", "Ledger", "MarkKeys", "Signing", "Trade", "TransparencyLog",
        "_TestSupport", "_ledger-append", "ledger-verify", "wm-keygen",
      ],
      swiftSettings: optimized),
    .testTarget(
      name: "LedgerToolsTests",
      dependencies: [
        "CommandLineSupport", "Ledger", "Trade", "_TestSupport", "_ledger-append", "ledger-enroll",
        "ledger-pay", "ledger-verify", "wm-keygen",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerVerifyTests",
      dependencies: [
        "CommandLineSupport", "MarkKeys", "Signing", "TransparencyLog", "_TestSupport",
        "_ledger-append", "ledger-enroll", "ledger-verify", "wm-keygen",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerReportsTests",
      dependencies: [
        "CommandLineSupport", "Ledger", "LedgerReports", "MarkKeys", "Signing", "Trade",
        "TransparencyLog", "_TestSupport", "ledger-report", "_ledger-append", "wm-keygen",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LeakTracingTests",
      dependencies: [
        "AudioMark", "FingerprintCode", "Ledger", "MarkCode", "MarkKeys", "Signing", "LeakTracing",
        "Trade",
        "_TestSupport",
      ],
      swiftSettings: kernel),
    .testTarget(
      name: "AudioMarkTests", dependencies: ["AudioMark", "MarkKeys", "_TestSupport"],
      swiftSettings: kernel),
    .testTarget(
      name: "ImageMarkTests", dependencies: ["ImageMark", "MarkCode", "MarkKeys", "_TestSupport"],
      swiftSettings: kernel),
    .testTarget(
      name: "FourierPlanningTests", dependencies: ["AudioMark", "CommandLineSupport", "ImageMark"],
      swiftSettings: kernel),
    .testTarget(
      name: "MarkCodeTests", dependencies: ["MarkCode", "_TestSupport"], swiftSettings: kernel),
    .testTarget(
      name: "FingerprintCodeTests",
      dependencies: ["FingerprintCode", "MarkKeys", "Signing", "_TestSupport"],
      swiftSettings: kernel),
    .testTarget(
      name: "EmbeddingTests",
      dependencies: [
        "AudioMark", "AudioStreams", "MarkKeys", "_TestSupport", "wm-keygen", "wm-embed",
        "wm-detect",
      ],
      swiftSettings: kernel),
    .testTarget(
      name: "MastersTests",
      dependencies: [
        "AudioMark", "AudioStreams", "CommandLineSupport", "MarkKeys", "MovieFragments", "Masters",
        "_TestSupport",
        "_splice", "wm-keygen",
      ],
      swiftSettings: optimized),
    .testTarget(
      name: "DeliveryTests",
      dependencies: [
        "AudioMark", "AudioStreams", "CommandLineSupport", "Distribution", "FingerprintCode",
        "Ledger", "MarkKeys", "Masters", "Signing", "Trade", "TransparencyLog", "_TestSupport",
        "_ledger-append", "cs-order", "cs-publish", "ds-deliver", "ledger-enroll", "ledger-pay",
        "ledger-verify", "wm-keygen",
        "wm-detect",
      ],
      swiftSettings: optimized),
    .testTarget(
      name: "HomeServerTests",
      dependencies: [
        "AudioMark", "AudioStreams", "CommandLineSupport", "Distribution", "HomeServer", "Ledger",
        "MarkKeys", "Masters", "Outlets", "Signing", "Trade", "_TestSupport", "cs-order",
        "cs-publish", "ds-deliver", "hs-store", "ledger-enroll", "ledger-pay", "ledger-verify",
        "wm-detect",
        "wm-keygen",
      ],
      swiftSettings: optimized),
    .testTarget(
      name: "HomeServingTests",
      dependencies: [
        "CommandLineSupport", "HomeServer", "HomeServing", "Ledger", "Outlets", "_TestSupport",
        "cs-order",
        "cs-publish", "ds-deliver", "hs-store", "ledger-enroll", "ledger-verify", "wm-detect",
        "wm-keygen",
      ],
      exclude: ["browser", "hostile"], swiftSettings: optimized),
    .testTarget(
      name: "ShopServerTests",
      dependencies: [
        "AudioStreams", "CSodium", "CommandLineSupport", "DiscLayout", "Ledger", "MarkKeys",
        "Outlets", "ShopServer", "Signing", "Trade", "_TestSupport", "cs-order", "cs-publish",
        "ds-deliver", "ledger-enroll", "ledger-pay",
        "ledger-report", "ledger-verify", "shop-burn", "wm-detect", "wm-keygen",
      ],
      exclude: ["programs"], swiftSettings: optimized),
    .testTarget(
      name: "DetectionTests",
      dependencies: [
        "AudioMark", "MarkKeys", "_TestSupport", "wm-keygen", "wm-embed", "wm-detect",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// Read what libFuzzer makes up: Tests/Fuzz/run builds them, nobody else can.
if Context.environment["SUKASHI_FUZZ"] != nil {
  let folder = "Tests/Fuzz/"
  // The main function is libFuzzer's.
  let library = strict + [.unsafeFlags(["-parse-as-library"])]
  package.targets += [
    .target(
      name: "FuzzSupport", dependencies: ["CommandLineSupport"],
      path: folder + "FuzzSupport", swiftSettings: strict),
    .executableTarget(
      name: "fuzz-pictures", dependencies: ["CommandLineSupport", "FuzzSupport", "ImageStreams"],
      path: folder + "fuzz-pictures", swiftSettings: library),
    .executableTarget(
      name: "fuzz-film", dependencies: ["CommandLineSupport", "FuzzSupport", "VideoStreams"],
      path: folder + "fuzz-film", swiftSettings: library),
  ]
}
