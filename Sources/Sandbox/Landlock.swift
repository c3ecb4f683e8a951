internal import CLinux
internal import Glibc
internal import Sys

/// The kernel's own access rules on top of everything else: files, TCP, abstract sockets, signals.
///
/// The rules are made before the root is left, because they name files; ``restrict()`` puts them in force. What the
/// kernel does not know yet is left out and said in ``missing``.
struct Landlock: ~Copyable {
    /// The version in force, 0 for none.
    let version: UInt8

    /// What this kernel's version cannot do.
    let missing: [String]

    /// The ruleset's descriptor, -1 without Landlock.
    private let rules: Int32

    /// The newest version whose rights are known here.
    static let newest: UInt8 = 7

    /// Makes the rules for `profile`.
    init(_ profile: Profile) throws(SandboxError) {
        let offered = masugata_landlock_create_ruleset(nil, 0, Landlock.askVersion)
        guard offered > 0 else {
            version = 0
            rules = -1
            missing = ["no Landlock: use a kernel with CONFIG_SECURITY_LANDLOCK and lsm=landlock"]
            return
        }
        let version = UInt8(min(offered, Int32(Landlock.newest)))
        self.version = version
        missing = Landlock.missing(version)
        rules = try SandboxError.step(
            "Landlock", remedy: "report this with the kernel's version"
        ) { () throws(Errno) in try Landlock.make(profile, version).release() }
    }

    deinit { if rules >= 0 { close(rules) } }

    /// Puts the rules in force for good. The process must not be able to gain privileges any more.
    func restrict() throws(SandboxError) {
        if version == 0 { return }
        try SandboxError.step("Landlock", remedy: "report this with the kernel's version") { () throws(Errno) in
            _ = try Errno.check(masugata_landlock_restrict_self(rules), "landlock_restrict_self")
        }
    }

    private static func make(_ profile: Profile, _ version: UInt8) throws(Errno) -> Descriptor {
        var attributes = masugata_landlock_attributes()
        attributes.files = Rights.known(version).subtracting(Rights.granted(profile)).rawValue
        if version >= 4 { attributes.network = profile == .dialer ? bindRight : bindRight | connectRight }
        if version >= 6 { attributes.scoped = abstractSocketScope | signalScope }
        let size = version >= 6 ? 24 : version >= 4 ? 16 : 8
        let number = unsafe masugata_landlock_create_ruleset(&attributes, size, 0)
        let rules = Descriptor(owning: try Errno.check(number, "landlock_create_ruleset"))
        if profile == .dialer { try allowResolverFiles(rules.raw) }
        return rules
    }

    private static func allowResolverFiles(_ rules: Int32) throws(Errno) {
        for path in Sandbox.resolverFiles {
            let number = unsafe masugata_open_path(path)
            if number < 0 { continue }
            let file = Descriptor(owning: number)
            try Errno.check(
                masugata_landlock_add_path(rules, file.raw, Rights.readFile.rawValue), "landlock_add_rule")
        }
    }

    private static func missing(_ version: UInt8) -> [String] {
        var missing: [String] = []
        if version < 4 { missing.append("Landlock \(version) does not restrict TCP (Linux 6.7 does)") }
        if version < 6 {
            missing.append("Landlock \(version) does not restrict signals and abstract sockets (Linux 6.12 does)")
        }
        return missing
    }

    // linux/landlock.h; the header of the build machine may be older than the kernel.
    private static let askVersion: UInt32 = 1
    private static let bindRight: UInt64 = 1
    private static let connectRight: UInt64 = 2
    private static let abstractSocketScope: UInt64 = 1
    private static let signalScope: UInt64 = 2

    /// Rights on files (linux/landlock.h).
    struct Rights: OptionSet {
        let rawValue: UInt64

        static let execute = Rights(rawValue: 1 << 0)
        static let writeFile = Rights(rawValue: 1 << 1)
        static let readFile = Rights(rawValue: 1 << 2)
        static let readFolder = Rights(rawValue: 1 << 3)
        static let removeFile = Rights(rawValue: 1 << 5)
        static let makeFile = Rights(rawValue: 1 << 8)
        static let truncate = Rights(rawValue: 1 << 14)

        /// All rights that a version knows.
        static func known(_ version: UInt8) -> Rights {
            switch version {
            case 1: Rights(rawValue: (1 << 13) - 1)
            case 2: Rights(rawValue: (1 << 14) - 1)
            case 3, 4: Rights(rawValue: (1 << 15) - 1)
            default: Rights(rawValue: (1 << 16) - 1)
            }
        }

        /// The rights that a profile keeps wherever it can reach a file at all. The log writer can reach nothing but
        /// the log folders, which come as detached mounts, and a reload may bring new ones.
        static func granted(_ profile: Profile) -> Rights {
            profile == .logd ? [.writeFile, .readFile, .readFolder, .removeFile, .makeFile, .truncate] : []
        }
    }
}
