import Foundation
import Testing

@Suite("The release executables", .enabled(if: Repository.releaseBinaries != nil))
struct BinaryTests {
    private let folder = Repository.releaseBinaries ?? ""

    private static let processes = [
        "masugatad", "masugata-config", "masugata-keyholder", "masugata-proxy", "masugata-dialer", "masugata-logd",
        "masugata-selftest",
    ]

    private func symbols(_ executable: String) throws -> [Substring] {
        let lines = try Repository.output(["nm", "\(folder)/\(executable)"]).split(separator: "\n")
        return lines.compactMap { $0.split(separator: " ").last }
    }

    @Test("they are PIE with RELRO and NOW, and load the distribution's libraries and no others")
    func hardened() throws {
        _ = try Repository.output(["scripts/check-binaries", folder])
    }

    @Test("the check of executables finds one that is not hardened")
    func checkCanFail() throws {
        #expect(throws: Repository.Failed.self) { try Repository.output(["scripts/check-binaries", "/bin"]) }
    }

    @Test("no symbol of HTTP, the policy or what serves them is in the key-holder")
    func keyHolder() throws {
        let symbols = try symbols("masugata-keyholder")
        #expect(symbols.contains { $0.hasPrefix("$s6Crypto") })
        for module in Source.foreignToKeyHolder {
            let found = symbols.filter { $0.hasPrefix("$s\(module.utf8.count)\(module)") }
            #expect(found.isEmpty, "\(module): \(found.prefix(3))")
        }
    }

    @Test("the proxy holds no symbol of the policy's compiler", arguments: ["masugata-proxy", "masugatad"])
    func compiler(_ executable: String) throws {
        #expect(!(try symbols(executable).contains { $0.hasPrefix("$s6Policy") }))
    }

    @Test("no process contains the concurrency runtime, Dispatch or Foundation", arguments: processes)
    func runtime(_ executable: String) throws {
        let forbidden = [
            "swift_task_create", "swift_job_run", "dispatch_queue_create", "$s10Foundation", "$s20FoundationEssentials",
        ]
        let found = try symbols(executable).filter { symbol in forbidden.contains { symbol.hasPrefix($0) } }
        #expect(found.isEmpty, "\(found.prefix(3))")
    }
}
