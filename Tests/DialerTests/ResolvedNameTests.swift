import Sys
import Testing

@testable import masugata_dialer

@Suite("ResolvedName: the addresses of a name")
struct ResolvedNameTests {
    private func address(_ last: UInt8) -> SocketAddress { .ipv4(192, 0, 2, last, port: 0) }

    private func order(_ name: ResolvedName, at now: UInt64) -> [UInt8] {
        name.candidates(port: 80, now).map { address in address.bytes[15] }
    }

    @Test("addresses take turns, and all of them are there to be tried")
    func turns() {
        let name = ResolvedName("app.example.org")
        #expect(order(name, at: 0) == [])
        name.answered([address(1), address(2), address(3)], 0)
        let orders = (0..<3).map { _ in order(name, at: 0) }
        #expect(Set(orders.map { $0[0] }) == [1, 2, 3])
        for order in orders { #expect(order.sorted() == [1, 2, 3]) }
        #expect(name.candidates(port: 80, 0).allSatisfy { $0.port == 80 })
    }

    @Test("an address that failed comes last for a while, also when the name is resolved anew")
    func failed() {
        let name = ResolvedName("app.example.org")
        name.answered([address(1), address(2), address(3)], 0)
        name.failed(address(2), 5)
        name.answered([address(3), address(2), address(4)], 6)
        for _ in 0..<3 { #expect(order(name, at: 10).last == 2) }
        let later = 5 + DialerLimits.addressPause
        #expect((0..<3).contains { _ in order(name, at: later).first == 2 })
    }

    @Test("a name that does not resolve any more keeps its addresses and is asked for sooner")
    func vanished() {
        let name = ResolvedName("app.example.org")
        name.answered([address(1)], 0)
        #expect(name.due == DialerLimits.nameRefresh)
        name.answered([], 100)
        #expect(order(name, at: 100) == [1])
        #expect(name.due == 100 + DialerLimits.nameRetry)
    }

    @Test("what the resolver says reads back, and what it cannot say is refused")
    func messages() throws {
        var six = SocketAddress(bytes: InlineArray(repeating: 7), port: 0, isIPv6: true)
        six.scope = 3
        let answer = ResolverMessage.answer([address(9), six])
        let read = try ResolverMessage.addresses(answer.span)
        #expect(read.map(\.isIPv6) == [false, true])
        #expect(read.map(\.scope) == [0, 3])
        #expect(read[0].bytes[15] == 9 && read[1].bytes[0] == 7)
        #expect(try ResolverMessage.host(ResolverMessage.question("a.example").span) == "a.example")
        for count in 0..<answer.count {
            #expect((try? ResolverMessage.addresses(answer.span.extracting(0..<count)).count) == nil)
        }
        #expect((try? ResolverMessage.addresses([17].span).count) == nil)
    }
}
