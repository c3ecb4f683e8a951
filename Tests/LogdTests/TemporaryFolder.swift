import Glibc
import Sys

@testable import masugata_logd

/// A folder that is gone after the test.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/masugata-logd-test-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil)
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit {
        for name in names { if unlink("\(path)/\(name)") != 0 { rmdir("\(path)/\(name)") } }
        rmdir(path)
    }

    var names: [String] {
        guard let names = try? LogFolder(descriptor()).names() else { return [] }
        return names.sorted()
    }

    var segments: [String] { names.filter { $0.hasSuffix(".jsonl") } }

    func descriptor() -> Descriptor {
        let number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        precondition(number >= 0)
        return Descriptor(owning: number)
    }

    func text(_ name: String) -> String {
        guard let file = try? File.open("\(path)/\(name)"),
            let bytes = try? File.contents(file.raw, limit: 1 << 30)
        else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The lines of all segments, in order.
    var lines: [Substring] { segments.flatMap { text($0).split(separator: "\n") } }

    func write(_ text: String, to name: String) {
        let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        _ = text.withCString { Glibc.write(file, $0, strlen($0)) }
        close(file)
    }
}
