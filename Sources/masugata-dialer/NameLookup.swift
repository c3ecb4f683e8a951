internal import Glibc
internal import Sys

/// The C library's name resolution.
///
/// Every `unsafe` here is a pointer into the list that `getaddrinfo` makes, which is used only before it is freed.
enum NameLookup {
    /// The addresses of `host`, at most `limit`, with port 0; empty when there is none. Waits for name servers.
    static func addresses(of host: String, limit: Int) -> [SocketAddress] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        if unsafe getaddrinfo(host, nil, &hints, &list) != 0 { return [] }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = unsafe list
        while let entry = unsafe next, addresses.count < limit {
            if let address = unsafe address(entry.pointee) { addresses.append(address) }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }

    /// Loads what resolving needs from the file system, so that it can go on inside the sandbox.
    static func prepare() { _ = addresses(of: "localhost", limit: 1) }

    private static func address(_ entry: addrinfo) -> SocketAddress? {
        guard let pointer = unsafe entry.ai_addr else { return nil }
        switch unsafe entry.ai_family {
        case AF_INET:
            return unsafe pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                let value = UInt32(bigEndian: unsafe $0.pointee.sin_addr.s_addr)
                return .ipv4(octet(value, 24), octet(value, 16), octet(value, 8), octet(value, 0), port: 0)
            }
        case AF_INET6:
            return unsafe pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                var bytes = InlineArray<16, UInt8>(repeating: 0)
                unsafe withUnsafeBytes(of: &$0.pointee.sin6_addr) { source in
                    for index in 0..<16 { bytes[index] = unsafe source[index] }
                }
                var address = SocketAddress(bytes: bytes, port: 0, isIPv6: true)
                address.scope = unsafe $0.pointee.sin6_scope_id
                return address
            }
        default: return nil
        }
    }

    private static func octet(_ value: UInt32, _ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) }
}
