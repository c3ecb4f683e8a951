import CEscapes
import CSystemCallProbe
import Sys
import Testing

@testable import masugata_selftest

@Suite("Escapes")
struct EscapeTests {
    @Test("without a sandbox the attempts succeed: they are real")
    func unconfined() throws {
        var tools = masugata_escape_tools()
        var listener: Int32 = -1
        tools.connected = masugata_probe_connected(&tools.forbidden_port, &listener)
        try #require(tools.connected >= 0)
        let folder = try Folder.open("/usr/lib")
        tools.folder = folder.raw
        tools.victim = ChildProcess.own
        let real: [Escape] = [
            .disconnect, .reconnect, .fastOpenConnect, .sendMany, .bind, .listen, .socketInternet, .socketUnix,
            .socketNetlink, .socketPair, .open, .openAbove, .openSelf, .execute, .fork, .signal, .executableMemory,
            .executableAgain, .memoryFile, .descriptorOwner,
        ]
        for escape in real {
            tools.loose = masugata_escape_loose_socket()
            #expect(masugata_probe_escape(escape.rawValue, tools) == 0, "\(escape.name)")
            Socket.close(tools.loose)
        }
        Socket.close(tools.connected)
        Socket.close(listener)
    }

    @Test("every attempt has a name, and the numbers are those of the C side")
    func names() {
        #expect(Set(Escape.allCases.map(\.name)).count == Escape.allCases.count)
        #expect(Escape.descriptorOwner.rawValue == Int32(MASUGATA_ESCAPE_DESCRIPTOR_OWNER))
        #expect(Escape.execute.rawValue == Int32(MASUGATA_ESCAPE_EXECUTE))
    }

    @Test(
        "in the sandbox every attempt is killed or refused",
        arguments: ["proxy", "keyholder", "logd", "dialer", "config"])
    func confined(role: String) throws {
        let output = try MemoryFile.empty("output")
        let pid = try ChildProcess.spawn(
            try Host.programFolder() + "/masugata-selftest", arguments: ["\(role):65534:65534"],
            environment: ["SWIFT_BACKTRACE=enable=no"], descriptors: [-1, output.raw, output.raw], dieWithParent: true)
        let end = try ChildProcess.wait(pid)
        let lines = String(decoding: try File.contents(output.raw, limit: 1 << 20), as: UTF8.self).split(
            separator: "\n")
        #expect(end == .exited(0))
        #expect(lines.count >= Escape.allCases.count - 3)
        for line in lines { #expect(line.hasSuffix(": killed") || line.contains(": refused"), "\(line)") }
        // Where no system call is answered, the filter ends everybody who tries.
        if role == "proxy" || role == "keyholder" { #expect(lines.allSatisfy { $0.hasSuffix(": killed") }) }
    }
}
