import Plan
import Testing

@Suite("The image of a plan")
struct PlanImageTests {
    @Test("a plan that is written and read is the same plan")
    func roundTrip() throws {
        let plan = PlanSample.make()
        #expect(try read(plan.encoded()) == plan)
        var small = plan
        small.workers = nil
        small.audit = AuditSettings()
        small.forwarding = Forwarding()
        #expect(try read(small.encoded()) == small)
    }

    @Test("the same plan always has the same image")
    func deterministic() {
        #expect(PlanSample.make().encoded() == PlanSample.make().encoded())
    }

    @Test("no proper prefix of an image is a plan")
    func truncation() {
        let image = PlanSample.make().encoded()
        for count in 0..<image.count {
            #expect(throws: PlanError.self, "\(count) of \(image.count) bytes") {
                try read(Array(image[..<count]))
            }
        }
    }

    @Test("an image with one bit of any byte changed is refused, or is another plan that is sound")
    func bitFlips() throws {
        let plan = PlanSample.make()
        var image = plan.encoded()
        for index in image.indices {
            image[index] ^= 1 << UInt8(index % 8)
            if let other = try? read(image) {
                #expect(other != plan)
                #expect(other.encoded() == image)
            }
            image[index] ^= 1 << UInt8(index % 8)
        }
        #expect(try read(image) == plan)
    }

    @Test("any count may be set to the largest number without more memory being taken than the image has")
    func hugeCounts() {
        let image = PlanSample.make().encoded()
        for start in stride(from: 10, to: image.count - 4, by: 1) {
            var other = image
            for index in 0..<4 { other[start + index] = 0xff }
            _ = try? read(other)
        }
    }

    @Test("bytes behind the plan, another format and something else are told apart")
    func envelope() {
        let image = PlanSample.make().encoded()
        #expect(throws: PlanError.trailingBytes(1)) { try read((image + [0])) }
        var format = image
        format[8] = 9
        #expect(throws: PlanError.unknownFormat(9)) { try read(format) }
        var magic = image
        magic[0] = 0
        #expect(throws: PlanError.notAPlan) { try read(magic) }
        let large = [UInt8](repeating: 0, count: PlanBounds.image + 1)
        #expect(throws: PlanError.tooLarge) { try read(large) }
        #expect(throws: PlanError.truncated("the plan's head")) { try read([]) }
    }

    @Test("a plan that is not sound is refused, with the part named", arguments: Unsound.all)
    func unsound(example: Unsound) throws {
        var plan = PlanSample.make()
        try plan.validate()
        example.change(&plan)
        #expect(throws: example.expected) { try plan.validate() }
        #expect(throws: PlanError.self) { try read(plan.encoded()) }
    }

    @Test("upstream numbers and route numbers count through the whole plan")
    func numbers() {
        let plan = PlanSample.make()
        #expect(plan.upstreams.map(\.host) == ["10.20.0.11", "wiki.inner", "2001:db8::5", "app"])
        #expect(plan.upstreams[3].pool == 1 && plan.upstreams[3].server == 0)
        #expect(plan.firstUpstream(ofPool: 1) == 3)
        #expect(plan.firstRoute(ofSite: 1) == 9 && plan.routeCount == 10)
    }

    private func read(_ image: [UInt8]) throws(PlanError) -> Plan { try Plan(decoding: image.span) }
}
