import ArgumentParser
import Plan
import Sys

/// `masugata explain`
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains what becomes of a request.",
        discussion: """
            Sends a request through the code that serves, without a network, and prints each phase: what was asked, the \
            line of the policy that decided, what would have to be different, what a server receives, and what the \
            client receives of its response.
            """)

    @Argument(help: ArgumentHelp("The policy.", valueName: "FILE"), completion: .file())
    var file: String

    @Argument(help: ArgumentHelp("What is requested, as in https://www.example.org/path?query.", valueName: "URL"))
    var url: String

    @Option(help: ArgumentHelp("The method.", valueName: "METHOD"))
    var method: String = "GET"

    @Option(help: ArgumentHelp("The address of the client.", valueName: "ADDRESS"))
    var from: String = "192.0.2.1"

    @Option(help: ArgumentHelp("A field of the request; may be given again.", valueName: "NAME: VALUE"))
    var header: [String] = []

    @Option(help: ArgumentHelp("The body, with its length.", valueName: "TEXT"))
    var body: String?

    @Option(help: ArgumentHelp("The version of TLS, 1.2 or 1.3.", valueName: "VERSION"))
    var tls: String = "1.3"

    @Option(
        help: ArgumentHelp(
            "When it comes, in the zone of the policy, as in '2026-11-23 10:00'; now otherwise.", valueName: "TIME"))
    var at: String?

    @Option(
        help: ArgumentHelp(
            "A field of a server's response; may be given again. What the client receives of them is printed too.",
            valueName: "NAME: VALUE"))
    var response: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws { try File.write(1, Array((try explanation() + "\n").utf8).span) }

    /// What is printed.
    func explanation() throws(OperatorError) -> String {
        let policy = try ReadablePolicy(file)
        let request = try request(policy.plan)
        var simulation = try Simulation(policy.plan)
        let outcome = simulation.run(request, now: System.now)
        var received: [String]?
        if !response.isEmpty {
            var fields: [TestRequest.Pair] = []
            for text in response { fields.append(try ExplainCommand.field(text, option: "--response")) }
            received = try simulation.response(with: fields, to: request, outcome)
        }
        let explanation = Explanation(request, outcome, response: received, of: policy, simulation)
        return json ? explanation.json.encoded : explanation.description
    }

    private func request(_ plan: Plan) throws(OperatorError) -> TestRequest {
        let address = try RequestAddress(url)
        guard let client = IPAddress(from) else {
            throw OperatorError("--from '\(from)' is not an address; write one such as 192.0.2.1 or 2001:db8::1")
        }
        let versions: [String: TLSVersion] = ["1.2": .v1_2, "1.3": .v1_3]
        guard let version = versions[tls] else {
            throw OperatorError("--tls '\(tls)' is not a version; write 1.2 or 1.3")
        }
        var fields: [TestRequest.Pair] = []
        for text in header { fields.append(try ExplainCommand.field(text, option: "--header")) }
        var time: Int64?
        if let at { time = try LocalTime(at).seconds(in: plan.zone) }
        return TestRequest(
            method: method, target: Array(address.target.utf8), host: address.host,
            listener: try ExplainCommand.listener(for: address, client, plan), client: client,
            tlsVersion: address.isSecure ? version : nil, headers: fields,
            body: body.map { Array($0.utf8) }, time: time)
    }

    /// The listener that a request to `address` comes by: of its scheme, with its port if there is one such.
    private static func listener(
        for address: RequestAddress, _ client: IPAddress, _ plan: Plan
    ) throws(OperatorError) -> Int {
        let fitting = plan.listeners.indices.filter { number in
            let listener = plan.listeners[number]
            return (listener.kind == .https) == address.isSecure && listener.address.address.isIPv4 == client.isIPv4
        }
        let ofScheme = plan.listeners.indices.filter { (plan.listeners[$0].kind == .https) == address.isSecure }
        let withPort = (fitting + ofScheme).first { plan.listeners[$0].address.port == address.port }
        guard let number = withPort ?? fitting.first ?? ofScheme.first else {
            throw OperatorError("no listener of the policy speaks \(address.isSecure ? "https" : "http")")
        }
        return number
    }

    private static func field(_ text: String, option: String) throws(OperatorError) -> TestRequest.Pair {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
            throw OperatorError("\(option) '\(text)' is not a field; write one such as 'Accept: text/html'")
        }
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        return TestRequest.Pair(String(text[..<colon]), Array(value.utf8))
    }
}
