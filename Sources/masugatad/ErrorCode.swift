/// Error numbers that have a remedy of their own (asm-generic/errno.h).
enum ErrorCode {
    static let isMissing: Int32 = 2
    static let isForbidden: Int32 = 13
    static let isLink: Int32 = 40
    static let isInUse: Int32 = 98
    static let isElsewhere: Int32 = 99
}
