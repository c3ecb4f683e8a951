import Testing
import Wire

@Suite("The messages of the files channel")
struct FileMessageTests {
    private static let requests: [FileRequest] = [
        .file(name: "lists/bots.txt", limit: 0), .file(name: "ö", limit: FileFormat.contentLimit),
        .names(pattern: "policy.d/*.policy"), .names(pattern: String(repeating: "n", count: FileFormat.nameLimit)),
    ]
    private static let answers: [FileAnswer] = [
        .opened, .refused(message: "is not there", hint: nil), .refused(message: "is a link", hint: "name the file"),
    ]

    @Test("what is written is read", arguments: Self.requests)
    func written(_ request: FileRequest) throws {
        #expect(try read(request.encoded(sequence: 7), sequence: 7) == request)
    }

    @Test("what is answered is read", arguments: Self.answers)
    func answered(_ answer: FileAnswer) throws {
        let bytes = answer.encoded(sequence: 7)
        #expect(bytes.count <= FileFormat.messageLimit)
        #expect(try readAnswer(bytes, sequence: 7) == answer)
    }

    @Test("the longest answer fits into a message")
    func longest() throws {
        let text = String(repeating: "x", count: FileFormat.textLimit)
        let answer = FileAnswer.refused(message: text, hint: text)
        #expect(answer.encoded(sequence: 1).count <= FileFormat.messageLimit)
        let longer = FileAnswer.refused(message: text + "y", hint: text + "y")
        #expect(try readAnswer(longer.encoded(sequence: 1), sequence: 1) == answer)
    }

    @Test("another number is refused, and so is a message that is too short or too long", arguments: Self.requests)
    func malformed(_ request: FileRequest) {
        let bytes = request.encoded(sequence: 3)
        #expect(refusal(bytes, sequence: 4) == .state)
        for count in 0..<bytes.count { #expect(refusal(Array(bytes[..<count]), sequence: 3) != nil) }
        #expect(refusal(bytes + [0], sequence: 3) == .length)
    }

    @Test("another channel's message, another format and an unknown kind are refused")
    func foreign() {
        let bytes = FileRequest.names(pattern: "*").encoded(sequence: 1)
        func changed(_ index: Int) -> [UInt8] {
            var copy = bytes
            copy[index] ^= 0x40
            return copy
        }
        #expect(refusal(changed(0), sequence: 1) == .header)
        #expect(refusal(changed(2), sequence: 1) == .header)
        #expect(refusal(changed(3), sequence: 1) == .kind)
        #expect(refusal(FileAnswer.opened.encoded(sequence: 1), sequence: 1) == .header)
    }

    @Test("names that are empty or have control characters are refused, and limits beyond a file's largest size")
    func values() {
        for name in ["", "a\0b", "a\nb", "\u{7f}"] {
            #expect(refusal(FileRequest.file(name: name, limit: 1).encoded(sequence: 1), sequence: 1) == .value)
            #expect(refusal(FileRequest.names(pattern: name).encoded(sequence: 1), sequence: 1) == .value)
        }
        let request = FileRequest.file(name: "a", limit: FileFormat.contentLimit + 1)
        #expect(refusal(request.encoded(sequence: 1), sequence: 1) == .value)
    }

    private func read(_ bytes: [UInt8], sequence: UInt32) throws(WireViolation) -> FileRequest {
        try FileRequest(decoding: bytes.span, sequence: sequence)
    }

    private func readAnswer(_ bytes: [UInt8], sequence: UInt32) throws(WireViolation) -> FileAnswer {
        try FileAnswer(decoding: bytes.span, sequence: sequence)
    }

    private func refusal(_ bytes: [UInt8], sequence: UInt32) -> WireViolation? {
        do throws(WireViolation) {
            _ = try read(bytes, sequence: sequence)
            return nil
        } catch {
            return error
        }
    }
}
