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

    /// What is answered to message number `sequence`, and what is in the descriptor that comes along.
    private func ask(_ request: FileRequest, _ sequence: UInt32) throws -> (FileAnswer?, String?) {
        try compiler.send(request.encoded(sequence: sequence).span)
        guard service.serveNext(&buffer) == .served else { return (nil, nil) }
        var descriptors = Descriptors()
        var bytes = [UInt8](repeating: 0, count: FileFormat.messageLimit)
        var span = bytes.mutableSpan
        guard
            case .message(let count) = Channel.receive(compiler.raw, into: &span, descriptors: &descriptors, limit: 2)
        else { return (nil, nil) }
        let answer = try FileAnswer(decoding: bytes.span.extracting(0..<count), sequence: sequence)
        guard let file = descriptors.take(0) else { return (answer, nil) }
        return (answer, String(decoding: try File.contents(file.raw, limit: 1 << 20), as: UTF8.self))
    }

    @Test("answers each request with a descriptor or a reason")
    func answers() throws {
        #expect(try ask(.file(name: "bots.txt", limit: 100), 1) == (.opened, "bots\n"))
        #expect(try ask(.names(pattern: "*.txt"), 2) == (.opened, "bots.txt\n"))
        #expect(
            try ask(.file(name: "none.txt", limit: 100), 3)
                == (.refused(message: "is not there", hint: "make it, or correct its name"), nil))
        #expect(service.serveNext(&buffer) == .served)
    }

    @Test("finds out who does not count, does not speak the language, or sends descriptors")
    func breaches() throws {
        try compiler.send(FileRequest.names(pattern: "*").encoded(sequence: 2).span)
        #expect(service.serveNext(&buffer) == .breach("a malformed message (state)"))
        try compiler.send([0xff, 0xff, 0xff].span)
        #expect(service.serveNext(&buffer) == .breach("a malformed message (header)"))
        try compiler.send(FileRequest.names(pattern: "*").encoded(sequence: 3).span, descriptors: [2])
        #expect(service.serveNext(&buffer) == .breach("a message that is too long or carries descriptors"))
    }

    @Test("answers a bounded number of requests")
    func bounded() throws {
        for sequence in 1...FileService.mostRequests {
            #expect(try ask(.file(name: "none.txt", limit: 1), sequence).0 != nil)
        }
        try compiler.send(FileRequest.names(pattern: "*").encoded(sequence: FileService.mostRequests + 1).span)
        #expect(service.serveNext(&buffer) == .breach("more than \(FileService.mostRequests) files were asked for"))
    }

    @Test("hands over a bounded number of bytes")
    func bytes() throws {
        truncate(scratch.file("bots.txt"), off_t(FileFormat.contentLimit))
        let most = UInt32(FileService.mostBytes / FileFormat.contentLimit)
        let request = FileRequest.file(name: "bots.txt", limit: FileFormat.contentLimit)
        for sequence in 1...most {
            try compiler.send(request.encoded(sequence: sequence).span)
            #expect(service.serveNext(&buffer) == .served)
            #expect(try received(sequence) == .opened)
        }
        try compiler.send(request.encoded(sequence: most + 1).span)
        #expect(service.serveNext(&buffer) == .served)
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
            try compiler.send(FileRequest.file(name: "none.txt", limit: 1).encoded(sequence: sequence).span)
            last = service.serveNext(&buffer)
        }
        #expect(last == .breach("answers are asked for and not taken"))
    }

    private func received(_ sequence: UInt32) throws -> FileAnswer? {
        var descriptors = Descriptors()
        var bytes = [UInt8](repeating: 0, count: FileFormat.messageLimit)
        var span = bytes.mutableSpan
        guard
            case .message(let count) = Channel.receive(compiler.raw, into: &span, descriptors: &descriptors, limit: 2)
        else { return nil }
        return try FileAnswer(decoding: bytes.span.extracting(0..<count), sequence: sequence)
    }
}
