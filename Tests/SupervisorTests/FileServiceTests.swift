import Glibc
import KeyTestSupport
import PolicyFolder
import Sys
import Testing
import Wire

@testable import masugatad

@Suite("The service that hands files to the compiler")
final class FileServiceTests {
    private let scratch = Scratch()
    private var service: FileService
    private let compiler: Channel
    private var buffer = [UInt8](repeating: 0, count: FileFormat.messageLimit)

    init() throws {
        let pair = try Channel.pair()
        service = FileService(
            Channel(try pair.near.duplicate()), PolicyFolder(policy: scratch.file("edge.policy")))
        compiler = Channel(try pair.far.duplicate())
        try scratch.write("bots.txt", "bots\n")
        chmod(scratch.file("bots.txt"), 0o644)
    }

    private func send(_ bytes: [UInt8], _ descriptors: [Int32] = []) throws {
        try compiler.send(bytes.span, descriptors: descriptors)
    }

    private func progress() -> FileService.Progress { service.serveNext(&buffer) }

    /// What is answered to message number `sequence`, and what is in the descriptor that comes along.
    private func ask(_ request: FileRequest, _ sequence: UInt32) throws -> (FileAnswer?, String?) {
        try send(request.encoded(sequence: sequence))
        guard progress() == .served else { return (nil, nil) }
        var descriptors = Descriptors()
        let answer = try received(sequence, &descriptors)
        guard let file = descriptors.take(0) else { return (answer, nil) }
        return (answer, String(decoding: try File.contents(file.raw, limit: 1 << 20), as: UTF8.self))
    }

    @Test("answers each request with a descriptor or a reason")
    func answers() throws {
        let file = try ask(.file(name: "bots.txt", limit: 100), 1)
        #expect(file.0 == .opened && file.1 == "bots\n")
        let names = try ask(.names(pattern: "*.txt"), 2)
        #expect(names.0 == .opened && names.1 == "bots.txt\n")
        let none = try ask(.file(name: "none.txt", limit: 100), 3)
        #expect(none.0 == .refused(message: "is not there", hint: "make it, or correct its name") && none.1 == nil)
        #expect(progress() == .served)
    }

    @Test("finds out who does not count, does not speak the language, or sends descriptors")
    func breaches() throws {
        try send(FileRequest.names(pattern: "*").encoded(sequence: 2))
        #expect(progress() == .breach("a malformed message (state)"))
        try send([0xff, 0xff, 0xff])
        #expect(progress() == .breach("a malformed message (header)"))
        try send(FileRequest.names(pattern: "*").encoded(sequence: 3), [2])
        #expect(progress() == .breach("a message that is too long or carries descriptors"))
    }

    @Test("answers a bounded number of requests")
    func bounded() throws {
        for sequence in 1...FileService.mostRequests {
            #expect(try ask(.file(name: "none.txt", limit: 1), sequence).0 != nil)
        }
        try send(FileRequest.names(pattern: "*").encoded(sequence: FileService.mostRequests + 1))
        #expect(progress() == .breach("more than \(FileService.mostRequests) files were asked for"))
    }

    @Test("hands over a bounded number of bytes")
    func bytes() throws {
        truncate(scratch.file("bots.txt"), off_t(FileFormat.contentLimit))
        let most = UInt32(FileService.mostBytes / FileFormat.contentLimit)
        let request = FileRequest.file(name: "bots.txt", limit: FileFormat.contentLimit)
        for sequence in 1...most {
            try send(request.encoded(sequence: sequence))
            #expect(progress() == .served)
            #expect(try received(sequence) == .opened)
        }
        try compiler.send(request.encoded(sequence: most + 1).span)
        #expect(progress() == .served)
        guard case .refused(let message, _) = try received(most + 1) else {
            Issue.record("handed over")
            return
        }
        #expect(message.contains("more than \(FileService.mostBytes) bytes"))
    }

    @Test("finds out who asks and does not take the answers")
    func flood() throws {
        var last = FileService.Progress.served
        for sequence in 1...FileService.mostRequests where last == .served {
            try send(FileRequest.file(name: "none.txt", limit: 1).encoded(sequence: sequence))
            last = progress()
        }
        #expect(last == .breach("answers are asked for and not taken"))
    }

    private func received(_ sequence: UInt32) throws -> FileAnswer? {
        var descriptors = Descriptors()
        return try received(sequence, &descriptors)
    }

    private func received(_ sequence: UInt32, _ descriptors: inout Descriptors) throws -> FileAnswer? {
        var bytes = [UInt8](repeating: 0, count: FileFormat.messageLimit)
        var span = bytes.mutableSpan
        guard
            case .message(let count) = Channel.receive(compiler.raw, into: &span, descriptors: &descriptors, limit: 2)
        else { return nil }
        let message = Array(bytes[..<count])
        return try FileAnswer(decoding: message.span, sequence: sequence)
    }
}
