import Foundation

/// Clients that keep connections busy with numbered requests, and count every outcome.
final class Load: @unchecked Sendable {
    /// What a client does.
    enum Manner: Sendable {
        /// One plain connection for all requests.
        case plain
        /// One TLS connection for all requests.
        case secure
        /// A new TLS connection for each request.
        case handshakes
    }

    /// What became of one client's requests.
    struct Outcome: Sendable {
        let manner: Manner
        /// The numbers of those that were answered as they should be.
        var completed: [String] = []
        /// The others: number and cause.
        var failures: [String] = []
        /// The own ports of the connections it had.
        var ports: [UInt16] = []
    }

    private let site: Site
    private let pause: UInt32
    /// Tells the requests of this load from those of another.
    private let tag = UInt16.random(in: 0 ... .max)
    private let lock = NSLock()
    private var outcomes: [Outcome]
    private var isEnding = false
    private var running: Int

    /// Starts clients. Each waits `pause` microseconds between two requests, so that the machine has room for others.
    init(_ site: Site, _ manners: [Manner], pause: UInt32 = 1_000) {
        self.site = site
        self.pause = pause
        outcomes = manners.map { Outcome(manner: $0) }
        running = manners.count
        for index in manners.indices {
            let thread = Thread { [self] in work(index, manners[index]) }
            thread.stackSize = 512 << 10
            thread.start()
        }
    }

    deinit { end() }

    private func end() { lock.withLock { isEnding = true } }

    /// What has become of the requests so far.
    var soFar: [Outcome] { lock.withLock { outcomes } }

    /// Requests answered so far.
    var completedCount: Int { lock.withLock { outcomes.reduce(0) { $0 + $1.completed.count } } }

    /// Waits until every client has had so many more answers.
    func awaitProgress(_ count: Int = 20, seconds: Int = 30) throws {
        let start = soFar.map(\.completed.count)
        try until("each client has \(count) more answers", seconds: seconds) {
            zip(soFar, start).allSatisfy { $0.completed.count >= $1 + count }
        }
    }

    /// Ends all clients after the request each has under way.
    func stop() throws -> [Outcome] {
        end()
        try until("all clients have ended", seconds: 60) { lock.withLock { running == 0 } }
        return soFar
    }

    private func work(_ index: Int, _ manner: Manner) {
        var connection: Connection?
        var number = 0
        while !lock.withLock({ isEnding }) {
            number += 1
            let name = "n=\(tag)-\(index)-\(number)"
            do throws(Connection.Lost) {
                let used: Connection
                if let connection {
                    used = connection
                } else {
                    used = try connect(manner)
                    lock.withLock { outcomes[index].ports.append(used.localPort) }
                }
                let response = try used.get("/load?\(name)", close: manner == .handshakes)
                connection = manner == .handshakes || response.closes ? nil : used
                note(index, name, response)
            } catch {
                connection = nil
                lock.withLock { outcomes[index].failures.append("\(name): \(error)") }
            }
            usleep(pause)
        }
        lock.withLock { running -= 1 }
    }

    private func connect(_ manner: Manner) throws(Connection.Lost) -> Connection {
        switch manner {
        case .plain: try Connection(site.http)
        case .secure, .handshakes: try Connection(site.https, tls: Site.name)
        }
    }

    private func note(_ index: Int, _ name: String, _ response: Connection.Response) {
        let isRight = response.status == 200 && response.body.hasSuffix(" /load?\(name)\n")
        lock.withLock {
            if isRight {
                outcomes[index].completed.append(name)
            } else {
                outcomes[index].failures.append("\(name): \(response.status) \(response.body)")
            }
        }
    }
}

extension [Load.Outcome] {
    /// All causes of failure.
    var failures: [String] { flatMap(\.failures) }

    /// The numbers of all requests that were answered.
    var completed: [String] { flatMap(\.completed) }

    /// Those of the clients that keep their connection.
    var established: [Load.Outcome] { filter { $0.manner != .handshakes } }
}
