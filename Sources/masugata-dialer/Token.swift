/// What a descriptor in the poller is for.
enum Token: Equatable {
    case control
    case resolver
    case worker(UInt16)
    case connect(Int, serial: UInt32)

    init(_ packed: UInt64) {
        switch packed >> 56 {
        case 0: self = .control
        case 1: self = .resolver
        case 2: self = .worker(UInt16(truncatingIfNeeded: packed))
        default:
            let serial = UInt32(truncatingIfNeeded: packed >> 32) & 0xff_ffff
            self = .connect(Int(truncatingIfNeeded: packed & 0xffff_ffff), serial: serial)
        }
    }

    var packed: UInt64 {
        switch self {
        case .control: 0
        case .resolver: 1 << 56
        case .worker(let worker): 2 << 56 | UInt64(worker)
        case .connect(let number, let serial): 3 << 56 | UInt64(serial & 0xff_ffff) << 32 | UInt64(number)
        }
    }
}
