import Foundation
import SecLang
import Testing

/// Where the two rule sets are; a test without its rules is skipped.
enum CoreRuleSet {
    static var upstream: String? {
        let folder = ProcessInfo.processInfo.environment["MASUGATA_SHARED"].map { $0 + "/crs-v4.28.0" }
        return folder.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
    }

    static var debian: String? {
        let folder = ProcessInfo.processInfo.environment["MASUGATA_DEBIAN_CRS"] ?? "/usr/share/modsecurity-crs"
        return FileManager.default.fileExists(atPath: folder + "/rules") ? folder : nil
    }
}

@Suite("The Core Rule Set")
struct CoreRuleSetTests {
    @Test("upstream's 4.28.0 is read without a diagnostic")
    func upstream() {
        guard let folder = CoreRuleSet.upstream else { return }
        let loading = loadRules([.file(folder + "/rules/*.conf")], files: RuleFolder())
        for diagnostic in loading.diagnostics { print(diagnostic) }
        print(loading.summary)
        #expect(loading.diagnostics.isEmpty)
    }
    @Test("debian")
    func debian() {
        guard let folder = CoreRuleSet.debian else { return }
        let loading = loadRules([.file(folder + "/rules/*.conf")], files: RuleFolder())
        for diagnostic in loading.diagnostics { print(diagnostic) }
        print(loading.summary)
        #expect(loading.diagnostics.isEmpty)
    }
}
