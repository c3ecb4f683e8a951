import Policy
import Sys
import Wire

/// The files that the policy names, as the supervisor hands them over: this process can open none.
final class AskedFiles: PolicyFiles {
    private let channel: Channel
    private var sequence: UInt32 = 0

    /// Milliseconds to wait for an answer; the supervisor ends a compilation that takes this long.
    private static let patience: Int32 = 60_000
    /// The most bytes of names that match a pattern.
    private static let namesLimit = 64 << 20

    /// Asks over `channel`.
    init(_ channel: consuming Channel) { self.channel = channel }

    func contents(of name: String, limit: Int) throws(PolicyFileProblem) -> [UInt8] {
        try content(of: .file(name: name, limit: limit), limit: limit)
    }

    func names(matching pattern: String) throws(PolicyFileProblem) -> [String] {
        try content(of: .names(pattern: pattern), limit: AskedFiles.namesLimit)
            .split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
    }

    private func content(of request: FileRequest, limit: Int) throws(PolicyFileProblem) -> [UInt8] {
        let file = try ask(request)
        do throws(Errno) {
            return try File.contents(file.raw, limit: limit)
        } catch {
            throw PolicyFileProblem("can not be read: \(error)", hint: "check the file and its disk")
        }
    }

    private func ask(_ request: FileRequest) throws(PolicyFileProblem) -> Descriptor {
        sequence += 1
        if let error = channel.sendPlain(request.encoded(sequence: sequence).span) {
            throw PolicyFileProblem("can not be asked for: \(error)")
        }
        if !channel.awaitMessage(milliseconds: AskedFiles.patience) {
            throw PolicyFileProblem("was asked for and not handed over in time")
        }
        var descriptors = Descriptors()
        switch receive(&descriptors) {
        case .opened:
            guard let file = descriptors.take(0) else { throw AskedFiles.noAnswer }
            return file
        case .refused(let message, let hint): throw PolicyFileProblem(message, hint: hint)
        case nil: throw AskedFiles.noAnswer
        }
    }

    private func receive(_ descriptors: inout Descriptors) -> FileAnswer? {
        var buffer = [UInt8](repeating: 0, count: FileFormat.messageLimit)
        var span = buffer.mutableSpan
        guard
            case .message(let count) = Channel.receive(channel.raw, into: &span, descriptors: &descriptors, limit: 1)
        else { return nil }
        do throws(WireViolation) {
            return try FileAnswer(decoding: buffer.span.extracting(0..<count), sequence: sequence)
        } catch {
            return nil
        }
    }

    private static let noAnswer = PolicyFileProblem("was asked for in vain: the supervisor is gone")
}
