import PolicyFolder
import Sys
import Wire

/// Hands the compiler the files that the policy names, and no more of them than a policy can need.
///
/// | request | answered by | how often |
/// |---|---|---|
/// | file | a descriptor, or why not; see `PolicyFolder` | `mostRequests`, `mostBytes` together |
/// | names | a memory file with names, or why not | `mostRequests` together with the above |
struct FileService: ~Copyable {
    private let channel: Channel
    private let folder: PolicyFolder
    private var received: UInt32 = 0
    private var bytes = 0

    /// Requests of one compilation: the bounds of a plan on included files, lists, networks and pages, and some patterns.
    static let mostRequests: UInt32 = 8_192
    /// Bytes of all files of one compilation.
    static let mostBytes = 256 << 20

    init(_ channel: consuming Channel, _ folder: PolicyFolder) {
        self.channel = channel
        self.folder = folder
    }

    /// For the poller.
    var raw: Int32 { channel.raw }

    /// What came of one look at the channel.
    enum Progress: Equatable {
        case served
        case ended
        /// The compiler does not follow the rules of the channel.
        case breach(String)
    }

    /// Answers the next request, if there is one.
    mutating func serveNext(_ buffer: inout [UInt8]) -> Progress {
        var descriptors = Descriptors()
        var span = buffer.mutableSpan
        let length: Int
        switch Channel.receive(channel.raw, into: &span, descriptors: &descriptors, limit: 0) {
        case .nothing: return .served
        case .ended: return .ended
        case .oversized: return .breach("a message that is too long or carries descriptors")
        case .message(let count): length = count
        }
        received += 1
        if received > FileService.mostRequests {
            return .breach("more than \(FileService.mostRequests) files were asked for")
        }
        do throws(WireViolation) {
            return answer(try FileRequest(decoding: buffer.span.extracting(0..<length), sequence: received))
        } catch {
            return .breach("a malformed message (\(error.name))")
        }
    }

    private mutating func answer(_ request: FileRequest) -> Progress {
        do throws(FileRefusal) {
            switch request {
            case .file(let name, let limit): return send(.opened, try file(name, limit))
            case .names(let pattern): return send(.opened, try names(pattern))
            }
        } catch {
            return send(.refused(message: error.message, hint: error.hint), nil)
        }
    }

    private mutating func file(_ name: String, _ limit: Int) throws(FileRefusal) -> Handle {
        let file = Handle(try folder.open(name, limit: limit))
        bytes += (try? File.status(file.raw).size) ?? limit
        if bytes > FileService.mostBytes {
            throw FileRefusal("is, with the files before it, more than \(FileService.mostBytes) bytes")
        }
        return file
    }

    private func names(_ pattern: String) throws(FileRefusal) -> Handle {
        let lines = try folder.names(matching: pattern).reduce(into: [UInt8]()) { lines, name in
            lines += name.utf8
            lines.append(0x0a)
        }
        do throws(Errno) {
            return Handle(try MemoryFile.sealed("masugata-names", lines.span))
        } catch {
            throw FileRefusal("can not be told: \(error)")
        }
    }

    /// Whoever asks one thing after the other always finds room for the answer.
    private func send(_ answer: FileAnswer, _ handle: Handle?) -> Progress {
        do throws(Errno) {
            try channel.send(answer.encoded(sequence: received).span, descriptors: handle.map { [$0.raw] } ?? [])
            return .served
        } catch {
            return error.wouldBlock ? .breach("answers are asked for and not taken") : .ended
        }
    }
}
