internal import Sys
internal import Wire

/// A connection that is being made for a worker.
final class Connect {
    /// The worker who asked.
    let link: WorkerLink

    /// The worker's name for the request.
    let id: UInt64

    /// What was asked for, and under which table it is counted.
    let place: WorkerLink.Place
    let table: UpstreamTable

    /// Addresses that have not been tried, in order.
    var candidates: ArraySlice<SocketAddress>

    /// The address that is being tried.
    private(set) var address = SocketAddress.none

    /// Tells this connect from an earlier one with the same number.
    let serial: UInt32

    private var socket: Descriptor?

    init(
        _ link: WorkerLink, id: UInt64, _ place: WorkerLink.Place, _ table: UpstreamTable, serial: UInt32, _ now: UInt64
    ) {
        self.serial = serial
        self.link = link
        self.id = id
        self.place = place
        self.table = table
        candidates = table.upstreams[Int(place.upstream)].endpoint.candidates(now)[...]
    }

    /// The server.
    var upstream: UpstreamTable.Upstream { table.upstreams[Int(place.upstream)] }

    /// Begins to connect to the next address. Answers the socket, or nil when there is no further address.
    /// - Throws: why this address cannot even be tried.
    func tryNext() throws(Errno) -> Int32? {
        socket = nil
        guard let next = candidates.popFirst() else { return nil }
        address = next
        let descriptor = try Socket.connect(next)
        let number = descriptor.raw
        socket = consume descriptor
        return number
    }

    /// How the attempt went, once its socket is writable: nil when it is connected.
    var fault: Errno? {
        guard let raw else { return nil }
        return Socket.pendingError(raw)
    }

    /// Gives the socket up.
    func takeSocket() -> Descriptor? { socket.take() }

    /// The socket's number while there is one.
    var raw: Int32? { socket?.raw }
}
