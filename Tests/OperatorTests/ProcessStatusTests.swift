import Testing

@testable import masugata

@Suite("/proc/PID/status")
struct ProcessStatusTests {
    @Test("everything that attest asks for is read")
    func fields() throws {
        let text = """
            Name:\tmasugatad
            PPid:\t7
            Uid:\t1\t2\t3\t4
            Gid:\t5\t6\t7\t8
            Groups:\t10 20
            VmRSS:\t   2048 kB
            Threads:\t3
            CapInh:\t0000000000000001
            CapPrm:\t0000000000000002
            CapEff:\t0000000000000004
            CapBnd:\t000001ffffffffff
            CapAmb:\t0000000000000008
            NoNewPrivs:\t0
            Seccomp:\t2
            Seccomp_filters:\t5
            """
        let status = try #require(ProcessStatus(text))
        #expect(status.name == "masugatad")
        #expect(status.parent == 7)
        #expect(status.users == [1, 2, 3, 4])
        #expect(status.groups == [5, 6, 7, 8])
        #expect(status.supplementaryGroups == [10, 20])
        #expect(status.residentMemory == 2048 << 10)
        #expect(status.threads == 3)
        #expect(
            status.capabilities
                == .init(inheritable: 1, permitted: 2, effective: 4, bounding: 0x1ff_ffff_ffff, ambient: 8))
        #expect(!status.noNewPrivileges)
        #expect(status.seccompMode == 2)
        #expect(status.filters == 5)
    }

    @Test(
        "a text without one of the lines is refused, not filled in",
        arguments: ["Uid", "CapEff", "CapBnd", "NoNewPrivs", "Seccomp", "Seccomp_filters", "Groups"])
    func missing(_ field: String) {
        let text = Sample.text(user: 1, seccomp: 2, filters: 1).split(separator: "\n")
            .filter { !$0.hasPrefix("\(field):") }.joined(separator: "\n")
        #expect(ProcessStatus(text) == nil)
    }

    @Test("this process is seen as it is")
    func own() throws {
        let snapshot = try #require(ProcessSnapshot.taken(of: Own.pid))
        #expect(snapshot.pid == Own.pid)
        #expect(snapshot.status.users.count == 4)
        #expect(try #require(snapshot.namespaces).count == 7)
        #expect(try #require(snapshot.descriptors).contains { $0.number == 2 && $0.kind == .standardError })
    }

    @Test("capabilities are named, also those that have no name yet")
    func names() {
        #expect(CapabilityNames.text(0) == "none")
        #expect(CapabilityNames.text(1 << 21 | 1) == "chown sys_admin")
        #expect(CapabilityNames.text(1 << 63) == "capability 63")
    }
}
