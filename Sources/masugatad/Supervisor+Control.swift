import Sys
import Wire

extension Supervisor {
    /// Takes the clients that are waiting.
    func acceptClients() {
        while let client = control.accept(at: Clock.monotonic()) {
            do throws(Errno) {
                try poller.add(stream: client.raw, token: client.token)
            } catch {
                answer(client.token, Status.error("\(error)"))
            }
        }
    }

    /// A client has something to say, or takes more of its answer.
    func serveClient(_ token: UInt64) {
        guard case .request(let request) = control.proceed(token) else { return }
        switch request {
        case "ping": answer(token, .object([("ok", .flag(true)), ("version", .text(Product.version))]))
        case "status": requestStatus(token)
        case "processes": answer(token, .object([("processes", .list(processes(withCounters: false)))]))
        case "reload": requestReload(client: token)
        case "stop":
            answer(token, .object([("ok", .flag(true))]))
            if drain == nil { requestEnd() }
        default:
            answer(token, Status.error("unknown request; say ping, status, processes, reload or stop"))
        }
    }

    func answer(_ client: UInt64, _ value: JSON) { control.answer(client, value.encoded) }

    /// Asks every process for its counters; the answer is made when they are there, or a moment later without them.
    private func requestStatus(_ client: UInt64) {
        if statusRequest != nil {
            statusRequest?.clients.append(client)
            return
        }
        statusRequest = StatusRequest(clients: [client], deadline: Clock.monotonic() + StatusRequest.patience)
        for child in children
        where child.conversation.isConfined && !child.isDoomed && child.conversation.counters == nil {
            child.send(.counters(number: nextNumber()))
        }
    }

    /// Answers those who wait for the status, lets go who says nothing.
    func checkClients(at now: UInt64) {
        control.removeSilent(at: now)
        guard let request = statusRequest else { return }
        let isOpen = children.contains { !$0.isDoomed && $0.conversation.counters != nil }
        if isOpen && now < request.deadline { return }
        statusRequest = nil
        for client in request.clients { answer(client, status) }
    }
}
