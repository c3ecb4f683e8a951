import Foundation

/// A message that a published weakness of another product is about, from the file of `Messages` that is named by its
/// CVE.
///
/// The first line of the file says what went wrong there, the second what the message is and what becomes of it here.
/// Behind an empty line stands the message: its line ends are written as `\r\n`, those of the file are none. Behind
/// `=>` stand the lines of the head that is forwarded.
public struct PublishedAttack: Sendable, CustomStringConvertible {
    /// What the message is.
    public enum Kind: String, Sendable {
        /// A request whose head decides.
        case request
        /// A request with a body that decides, behind a head that is valid.
        case body
        /// A server's response.
        case response
    }

    /// The number of the CVE.
    public let number: String
    public let kind: Kind
    public let message: [UInt8]

    /// The code of the reason for which the message is refused; nil when it is forwarded.
    public let reason: String?

    /// The lines of the head that is forwarded, without those that the appliance writes itself.
    public let forwarded: [String]

    public var description: String { number }

    /// The message, one character for each byte.
    public var text: String { String(String.UnicodeScalarView(message.map { Unicode.Scalar($0) })) }

    /// All of one kind, by their numbers.
    public static func all(_ kind: Kind) -> [PublishedAttack] { all.filter { $0.kind == kind } }

    private static let all: [PublishedAttack] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Messages")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.sorted().map { name in
            guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8),
                let attack = PublishedAttack(String(name.prefix { $0 != "." }), text)
            else { fatalError("\(name) is not in the form of a published attack") }
            return attack
        }
    }()

    private init?(_ number: String, _ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count > 3, lines[2].isEmpty else { return nil }
        let verdict = lines[1].split(separator: " ").map(String.init)
        guard verdict.count >= 2, let kind = Kind(rawValue: verdict[0]),
            verdict.count == (verdict[1] == "refused" ? 3 : 2)
        else { return nil }
        let body = lines[3...].prefix { $0 != "=>" }
        self.number = number
        self.kind = kind
        reason = verdict.count == 3 ? verdict[2] : nil
        forwarded = lines[(3 + body.count)...].dropFirst().filter { !$0.isEmpty }
        guard let message = PublishedAttack.bytes(body.joined()) else { return nil }
        self.message = message
    }

    /// The bytes of a text with `\r`, `\n`, `\t` and `\xHH`.
    private static func bytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "\\") {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "r"): bytes.append(0x0d)
            case UInt8(ascii: "n"): bytes.append(0x0a)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "x"):
                guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: return nil
            }
        }
        return bytes
    }
}
