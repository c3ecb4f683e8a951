import Foundation
import Testing

@testable import masugata

@Suite("masugata explain")
struct ExplainTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    private static let examples = folder.deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "policies/examples")

    /// The situations, each with the command in its first line.
    static let situations: [String] = {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "Golden").path())) ?? []
        return names.filter { $0.hasSuffix(".explanation") }.sorted()
    }()

    @Test("there are at least ten situations") func count() { #expect(Self.situations.count >= 10) }

    @Test("each situation is explained as the file says", arguments: situations)
    func golden(name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: "Golden/\(name)"), encoding: .utf8)
        let first = text.prefix { $0 != "\n" }
        var arguments = Self.words(first.dropFirst("$ masugata explain ".count))
        arguments[0] = Self.examples.appending(path: arguments[0]).path()
        let said = try ExplainCommand.parse(arguments).explanation()
        #expect("\(first)\n\(said)\n" == text)
    }

    /// The words of a command; blanks in single quotes belong to a word.
    private static func words(_ command: Substring) -> [String] {
        var words: [String] = [""]
        var isQuoted = false
        for character in command {
            if character == "'" {
                isQuoted.toggle()
            } else if character == " " && !isQuoted {
                words.append("")
            } else {
                words[words.count - 1].append(character)
            }
        }
        return words
    }

    @Test(
        "what is no URL, address, version, field or time is refused with what to write",
        arguments: [
            (["www.example.org/"], "https://"), (["https:///x"], "names no host"), (["ftp://a/"], "https://"),
            (["https://a/", "--from", "office"], "192.0.2.1"), (["https://a/", "--tls", "1.1"], "1.2 or 1.3"),
            (["https://a/", "--header", "x"], "Accept"), (["https://a/", "--at", "noon"], "2026-11-23 10:00"),
            (["https://a/", "--at", "2026-02-30 10:00"], "calendar"),
        ])
    func refused(arguments: [String], remedy: String) throws {
        let file = Self.examples.appending(path: "one-site.policy").path()
        let command = try ExplainCommand.parse([file] + arguments)
        do throws(OperatorError) {
            let said = try command.explanation()
            Issue.record("\(said)")
        } catch {
            #expect(error.description.contains(remedy), "\(error)")
        }
    }

    @Test("a URL is cut into scheme, host with port, and target")
    func address() throws {
        let address = try RequestAddress("https://[2001:db8::1]:8443/a?b#c")
        #expect(address.isSecure && address.host == "[2001:db8::1]:8443" && address.target == "/a?b")
        #expect(address.port == 8443)
        #expect(try RequestAddress("HTTP://a.example?x").target == "/?x")
        #expect(try RequestAddress("http://a.example").port == 80)
    }
}
