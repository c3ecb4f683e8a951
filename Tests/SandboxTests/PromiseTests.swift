import Testing

@testable import Sandbox

@Suite("Promises")
struct PromiseTests {
    @Test("a descriptor's kind is read from where its link leads")
    func kinds() {
        func kind(_ number: Int32, _ target: String) -> Promise.DescriptorKind {
            Promise.DescriptorKind(number: number, target: target)
        }
        #expect(kind(0, "/dev/null") == .null)
        #expect(kind(2, "/dev/pts/1") == .standardError)
        #expect(kind(5, "socket:[123]") == .socket)
        #expect(kind(4, "anon_inode:[eventpoll]") == .poller)
        #expect(kind(7, "/memfd:masugata-ring (deleted)") == .memory)
        #expect(kind(8, "anon_inode:[eventfd]") == .wakeUp)
        #expect(kind(8, "/secretmem (deleted)") == .secretMemory)
        #expect(kind(9, "/var/log/masugata/audit") == .logFiles)
        #expect(kind(9, "pipe:[5]") == .other)
    }

    @Test(
        "nobody but the log writer and the one-shot compiler may hold a file, nobody but the dialer sees the host's network"
    )
    func promises() {
        for profile in Profile.allCases {
            let promise = Sandbox.promise(of: profile)
            #expect(promise.descriptors.contains(.logFiles) == (profile == .logd || profile == .config))
            #expect(!promise.descriptors.contains(.other))
            #expect(promise.ownNamespaces.contains("net") == (profile != .dialer))
            #expect(promise.emptyRoot == (profile != .dialer))
        }
    }
}
