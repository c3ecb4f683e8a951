import KeyTestSupport

/// A run of bytes that betrays a private key.
struct Secret {
    /// Which part of which key.
    let part: String
    /// How it lies in memory.
    let form: String
    let bytes: [UInt8]

    var name: String { "\(part), \(form)" }

    /// The private parts of the key `name`: as in a file, and as libcrypto's big numbers hold them, lowest word first.
    static func all(of name: String, _ key: TestKey, _ site: Site) throws -> [Secret] {
        let form = key == .rsa2048 || key == .p256 ? ["-traditional"] : []
        try site.scratch.openssl(["pkey", "-in", site.path("\(name).key"), "-outform", "DER", "-out", site.path("der")] + form)
        let der = try site.scratch.read("der")
        let parts: [(String, [UInt8])]
        switch key {
        // RFC 8017 A.1.2: version, modulus, public exponent, private exponent, prime 1, prime 2, ...
        case .rsa2048:
            let numbers = integers(der)
            parts = [("private exponent", numbers[3]), ("prime 1", numbers[4]), ("prime 2", numbers[5])]
        // RFC 5915: version 1, then the private key as 32 bytes.
        case .p256: parts = [("private key", bytes(of: der, behind: [2, 1, 1, 4, 32]))]
        // RFC 8410: the private key is the 32 bytes of an octet string within one.
        default: parts = [("private key", bytes(of: der, behind: [4, 34, 4, 32]))]
        }
        return parts.flatMap { part, bytes in
            [
                Secret(part: "\(name) \(part)", form: "as in a file", bytes: bytes),
                Secret(part: "\(name) \(part)", form: "lowest word first", bytes: bytes.reversed()),
            ]
        }
    }

    private static func bytes(of der: [UInt8], behind mark: [UInt8]) -> [UInt8] {
        let start = der.indices.dropLast(mark.count + 31).first { Array(der[$0..<$0 + mark.count]) == mark } ?? 0
        return Array(der[(start + mark.count)..<(start + mark.count + 32)])
    }

    /// The integers of a sequence of integers, without leading zeros.
    private static func integers(_ der: [UInt8]) -> [[UInt8]] {
        var numbers: [[UInt8]] = []
        var at = 0
        func length() -> Int {
            defer { at += 1 }
            if der[at] < 0x80 { return Int(der[at]) }
            let count = Int(der[at] & 0x7f)
            let value = der[(at + 1)...(at + count)].reduce(0) { $0 << 8 | Int($1) }
            at += count
            return value
        }
        at += 1
        _ = length()
        while at < der.count {
            at += 1
            let count = length()
            numbers.append(Array(der[at..<(at + count)].drop { $0 == 0 }))
            at += count
        }
        return numbers
    }
}
