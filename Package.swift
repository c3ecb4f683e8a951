// swift-tools-version: 6.2
import PackageDescription

// Level n imports only lower levels; the check in Tests/ArchitectureTests holds this file to it.
// The levels and what each target is for stand in ARCHITECTURE.md.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Only where spans are handed out by a type of ours.
let lifetimes: [SwiftSetting] = strict + [.enableExperimentalFeature("Lifetimes")]

let hardenedC: [CSetting] = [
    .unsafeFlags(["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter", "-fstack-protector-strong"]),
    .define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release)),
    .define("_GNU_SOURCE"),
]

let hardenedLink: [LinkerSetting] = [
    .unsafeFlags([
        "-Xlinker", "-z", "-Xlinker", "relro",
        "-Xlinker", "-z", "-Xlinker", "now",
        "-Xlinker", "-z", "-Xlinker", "noexecstack",
    ])
]

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil, spans: Bool = true
) -> Target {
    .target(
        name: name, dependencies: dependencies, resources: resources, swiftSettings: spans ? lifetimes : strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, swiftSettings: lifetimes, linkerSettings: hardenedLink)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, exclude: exclude,
        swiftSettings: [.swiftLanguageMode(.v6), .enableExperimentalFeature("Lifetimes")])
}

let package = Package(
    name: "masugata",
    products: [],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        // C: libraries of the distribution, and the glue that Swift cannot call.
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .systemLibrary(name: "CCap", pkgConfig: "libcap", providers: [.apt(["libcap-dev"])]),
        .target(name: "CLinux", cSettings: hardenedC),
        .target(name: "CEscapes", cSettings: hardenedC),
        .target(
            name: "CTLS", dependencies: ["COpenSSL"], cSettings: hardenedC, linkerSettings: [.linkedLibrary("ssl")]),
        .target(name: "CKeyArena", dependencies: ["COpenSSL"], cSettings: hardenedC),

        // Level 0
        library("Bytes"),
        library("Sys", ["CLinux", "Bytes"]),
        library("Crypto", ["COpenSSL", "Bytes"]),

        // Level 1
        library("Wire", ["Bytes", "Sys"]),
        library(
            "Sandbox", ["Sys", "CLinux", "CSeccomp", "CCap"],
            resources: [.embedInCode("SystemCalls")]),
        library("HTTPModel", ["Bytes"]),
        library("HTTP1", ["Bytes", "HTTPModel"]),
        library("HPACK", ["Bytes"]),
        library("HTTP2", ["Bytes", "HTTPModel", "HPACK"]),
        library("WebSocket", ["Bytes"]),
        library("Plan", ["Bytes"]),
        library("Audit", ["Bytes"]),
        library("Pattern", ["Bytes"]),
        library("Transformations", ["Bytes"]),
        library("Bodies", ["Bytes"]),

        // Level 2
        library("Match", ["Bytes", "Pattern", "HTTPModel", "Plan"]),
        library("Policy", ["Bytes", "Plan", "Pattern"]),
        library("SecLang", ["Bytes", "Pattern", "Plan", "Policy"]),
        library("Balancer", ["Bytes"]),
        library("PlanFile", ["Bytes", "Sys", "Plan"]),
        library("PolicyFolder", ["Sys"]),
        library("Daemon", ["Sys", "Wire", "Sandbox"]),

        // Level 3
        library("Actions", ["Bytes", "HTTPModel", "HTTP1", "Plan", "Match"]),
        library("TLS", ["CTLS", "COpenSSL", "Crypto", "Sys", "Bytes", "Wire"]),
        library(
            "Relay",
            [
                "Bytes", "Sys", "Wire", "HTTPModel", "HTTP1", "HTTP2", "Plan", "PlanFile", "Match", "Actions", "Balancer",
                "TLS",
            ]),

        // Level 4: one executable per privilege, and the operator's tools.
        program("masugatad", ["Bytes", "Sys", "Wire", "Sandbox", "Plan", "PlanFile", "PolicyFolder"]),
        program("masugata-config", ["Bytes", "Sys", "Wire", "Sandbox", "PlanFile", "Policy"]),
        program("masugata-keyholder", ["Bytes", "Sys", "Wire", "Daemon", "Crypto", "CKeyArena"]),
        program("masugata-proxy", ["Sys", "Wire", "Daemon", "Relay"]),
        program("masugata-dialer", ["Bytes", "Sys", "Wire", "Sandbox", "Daemon", "Plan", "PlanFile"]),
        program("masugata-logd", ["Bytes", "Sys", "Wire", "Daemon", "Plan", "PlanFile", "Audit"]),
        program("masugata-selftest", ["CEscapes", "Sys", "Sandbox"]),
        program(
            "masugata",
            [
                "CLinux", "Bytes", "Sys", "Wire", "Sandbox", "HTTPModel", "HTTP1", "Plan", "Match", "Actions", "Policy",
                "PolicyFolder", "Crypto",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        program(
            "masugata-audit",
            ["Bytes", "Sys", "Audit", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

        // Measurements.
        .executableTarget(
            name: "UnconfinedProxy", dependencies: ["Daemon", "Relay", "Sys", "Wire"], path: "bench/UnconfinedProxy",
            swiftSettings: lifetimes, linkerSettings: hardenedLink),
        // Properties for any input. `make fuzz` has them tried, the tests run the inputs that once broke them.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Bytes", "HTTPModel", "HTTP1", "HPACK", "HTTP2", "Plan", "Policy", "Pattern", "Match", "Actions",
                "WebSocket",
            ],
            path: "fuzz/Targets", swiftSettings: lifetimes),
        tests("BytesTests", ["Bytes"]),
        tests("HTTPModelTests", ["HTTPModel", "Bytes"]),
        tests("HTTP1Tests", ["HTTP1", "HTTPModel", "Bytes"]),
        .target(
            name: "CSystemCallProbe", dependencies: ["CEscapes"], path: "Tests/CSystemCallProbe", cSettings: hardenedC),
        tests("SandboxTests", ["Sandbox", "Sys", "CSystemCallProbe", "CEscapes", "masugata-selftest"]),
        tests("SupervisorTests", ["masugatad", "PolicyFolder", "Sys", "Wire", "KeyTestSupport"]),
        tests("PlanTests", ["Plan"]),
        tests("PolicyTests", ["Policy", "Plan"], exclude: ["Golden"]),
        tests("MatchTests", ["Match", "Plan", "HTTPModel", "HTTP1", "Bytes", "Policy"]),
        .target(
            name: "KeyTestSupport", dependencies: ["Sys", "Wire"], path: "Tests/KeyTestSupport",
            swiftSettings: [.swiftLanguageMode(.v6)]),
        .target(
            name: "DaemonTestSupport", dependencies: ["Sys", "Wire"], path: "Tests/DaemonTestSupport",
            swiftSettings: [.swiftLanguageMode(.v6)]),
        tests("CryptoTests", ["Crypto", "Sys", "KeyTestSupport"]),
        tests("KeyHolderTests", ["masugata-keyholder", "Crypto", "Wire", "Sys", "Bytes", "KeyTestSupport"]),
        tests("AuditTests", ["masugata-audit", "Audit", "Bytes", "Sys"]),
        tests("BalancerTests", ["Balancer"]),
        tests("DialerTests", ["masugata-dialer", "Bytes", "Plan", "Sys", "Wire", "DaemonTestSupport"]),
        tests("LogdTests", ["masugata-logd", "Audit", "Bytes", "Plan", "Sys", "Wire", "DaemonTestSupport"]),
        tests("TLSTests", ["TLS", "Crypto", "masugata-keyholder", "Wire", "Sys", "Bytes", "KeyTestSupport"]),
        tests("ArchitectureTests", []),
        tests("OperatorTests", ["masugata", "Policy", "Plan", "Sandbox", "Sys"], exclude: ["Golden"]),
        tests("EndToEndTests", ["KeyTestSupport", "PublishedAttacks", "Sys", "Policy", "Plan", "HPACK", "Bytes"], exclude: ["Support"]),
        .executableTarget(
            name: "MisbehavingProxy", dependencies: ["Bytes", "Sys", "Wire"], path: "Tests/MisbehavingProxy",
            swiftSettings: [.swiftLanguageMode(.v6)]),
        tests("FaultTests", ["COpenSSL", "CTLS", "KeyTestSupport", "Sys", "MisbehavingProxy"]),
        tests("RelayTests", ["Relay", "Bytes", "HTTP1", "HTTPModel", "Plan"]),
        tests("SysTests", ["Sys", "Bytes"]),
        tests("HPACKTests", ["HPACK", "Bytes"]),
        tests("HTTP2Tests", ["HTTP2", "HPACK", "HTTPModel", "Bytes"]),
        tests("FormatTests", ["Policy", "Plan"], exclude: ["Golden"]),
        tests("ActionsTests", ["Actions", "Match", "Plan", "HTTPModel", "HTTP1", "Bytes"]),
        tests("PatternTests", ["Pattern", "Bytes"]),
        tests("PolicyFolderTests", ["PolicyFolder", "Sys", "KeyTestSupport"]),
        tests("WireTests", ["Wire"]),
        tests("SecLangTests", ["SecLang", "Policy", "Pattern", "Plan"], exclude: ["Golden"]),
        tests("TransformationsTests", ["Transformations", "Bytes"]),
        tests("BodiesTests", ["Bodies", "Bytes"]),
        tests("FuzzTests", ["FuzzTargets"]),
        tests("WebSocketTests", ["WebSocket", "Bytes"]),
        .target(
            name: "PublishedAttacks", path: "Tests/PublishedAttacks", exclude: ["Messages"],
            swiftSettings: [.swiftLanguageMode(.v6)]),
        tests("PublishedAttackTests", ["PublishedAttacks", "HTTP1", "HTTPModel", "Bytes"]),
    ]
)

// Links with libFuzzer, which only the compiler's -sanitize=fuzzer brings: see fuzz/run.
if Context.environment["MASUGATA_FUZZ"] != nil {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "fuzz/CLibFuzzer"),
        .executableTarget(
            name: "masugata-fuzz", dependencies: ["CLibFuzzer", "FuzzTargets"], path: "fuzz/Driver",
            swiftSettings: lifetimes),
    ]
}
