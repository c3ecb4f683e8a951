import Testing
import Wire

@testable import masugatad

@Suite("The permit table of the control channel")
struct ConversationTests {
    private static let confined = ControlReport.confined(
        landlock: 7, filters: 1, memoryLocked: false, secretMemory: false, missing: "")

    private func confined(_ role: Role) throws -> Conversation {
        var conversation = Conversation(role: role)
        try conversation.admit(Self.confined, at: 0)
        return conversation
    }

    private func serving(_ role: Role, _ generation: UInt32 = 1) throws -> Conversation {
        var conversation = try confined(role)
        try take(&conversation, generation)
        return conversation
    }

    private func take(_ conversation: inout Conversation, _ generation: UInt32) throws {
        conversation.note(.complete(generation: generation))
        try conversation.admit(.prepared(generation: generation), at: 0)
        conversation.note(.commit(generation: generation))
        try conversation.admit(.committed(generation: generation), at: 0)
    }

    @Test("a process is silent until it is confined, and is confined once")
    func confinedFirst() throws {
        var conversation = Conversation(role: .proxy)
        for report in [ControlReport.alive(number: 1), .notice(text: ""), .prepared(generation: 1), .drained] {
            #expect(throws: Conversation.Breach.self) { try conversation.admit(report, at: 0) }
        }
        try conversation.admit(Self.confined, at: 0)
        #expect(throws: Conversation.Breach.self) { try conversation.admit(Self.confined, at: 0) }
    }

    @Test("a generation is prepared when it was asked for, once")
    func prepared() throws {
        var conversation = try confined(.dialer)
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.prepared(generation: 1), at: 0) }
        conversation.note(.complete(generation: 1))
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.prepared(generation: 2), at: 0) }
        try conversation.admit(.prepared(generation: 1), at: 0)
        #expect(conversation.prepared == 1)
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.prepared(generation: 1), at: 0) }
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.refused(generation: 1, text: ""), at: 0) }
    }

    @Test("a refusal answers the request and leaves nothing prepared")
    func refused() throws {
        var conversation = try confined(.keyholder)
        conversation.note(.complete(generation: 4))
        try conversation.admit(.refused(generation: 4, text: "no"), at: 0)
        #expect(conversation.prepared == nil && conversation.preparing == nil)
    }

    @Test("an answer that crosses its abandonment is let through once")
    func crossing() throws {
        var conversation = try confined(.proxy)
        conversation.note(.complete(generation: 2))
        conversation.note(.abandon(generation: 2))
        try conversation.admit(.prepared(generation: 2), at: 0)
        #expect(conversation.prepared == nil)
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.prepared(generation: 2), at: 0) }
    }

    @Test("a commit is confirmed when it was ordered, and makes the older generation one that may be released")
    func committed() throws {
        var conversation = try serving(.proxy)
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.committed(generation: 1), at: 0) }
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.released(generation: 1), at: 0) }
        try take(&conversation, 2)
        #expect(conversation.serving == 2 && conversation.uses(1))
        try conversation.admit(.released(generation: 1), at: 0)
        #expect(!conversation.uses(1))
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.released(generation: 1), at: 0) }
    }

    @Test("answers to pings and questions carry the number asked, once")
    func numbers() throws {
        var conversation = try serving(.dialer)
        let count = Counters.names(of: .dialer).count
        let values = [UInt64](repeating: 0, count: count)
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.alive(number: 0), at: 0) }
        conversation.note(.ping(number: 9))
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.alive(number: 8), at: 0) }
        try conversation.admit(.alive(number: 9), at: 0)
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.alive(number: 9), at: 0) }
        conversation.note(.counters(number: 3))
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.counters(number: 3, values: [1]), at: 0) }
        try conversation.admit(.counters(number: 3, values: values), at: 0)
        #expect(throws: Conversation.Breach.self) {
            try conversation.admit(.counters(number: 3, values: values), at: 0)
        }
    }

    @Test("only the helper of a purpose may accuse a worker about it")
    func violations() throws {
        let purposes: [(ChannelPurpose, Role)] = [(.signing, .keyholder), (.dialing, .dialer), (.records, .logd)]
        for (purpose, helper) in purposes {
            for role in [Role.keyholder, .dialer, .logd, .proxy] {
                var conversation = try serving(role)
                let report = ControlReport.violation(peer: 0, purpose: purpose, text: "")
                if role == helper {
                    try conversation.admit(report, at: 0)
                } else {
                    #expect(throws: Conversation.Breach.self) { try conversation.admit(report, at: 0) }
                }
            }
        }
    }

    @Test("notices are limited by the minute")
    func notices() throws {
        var conversation = try serving(.proxy)
        for _ in 0..<Conversation.noticeLimit { try conversation.admit(.notice(text: ""), at: 1_000) }
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.notice(text: ""), at: 59_000_000) }
        try conversation.admit(.notice(text: ""), at: 61_000_000)
    }

    @Test("a process is drained when it was told to, once")
    func drained() throws {
        var conversation = try serving(.logd)
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.drained, at: 0) }
        conversation.note(.drain(milliseconds: 1))
        try conversation.admit(.drained, at: 0)
        #expect(throws: Conversation.Breach.self) { try conversation.admit(.drained, at: 0) }
    }
}
