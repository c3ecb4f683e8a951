internal import Glibc
internal import Sys

/// Whether the peer of the channel with this number has received everything that was sent to it.
///
/// The kernel counts the memory of what was sent and not yet received; `getsockopt` writes nine numbers of 32 bits
/// into an array of as many.
func hasReceivedEverything(_ channel: Int32) -> Bool {
    var numbers = [UInt32](repeating: 0, count: MemoryInformation.count)
    var size = socklen_t(numbers.count * 4)
    let result = unsafe numbers.withUnsafeMutableBytes {
        unsafe getsockopt(channel, SOL_SOCKET, MemoryInformation.option, $0.baseAddress, &size)
    }
    return result == 0 && numbers[MemoryInformation.sendQueue] == 0
}

/// linux/socket.h and linux/sock_diag.h: `SO_MEMINFO`, `SK_MEMINFO_WMEM_ALLOC`.
private enum MemoryInformation {
    static let option: Int32 = 55
    static let count = 9
    static let sendQueue = 2
}
