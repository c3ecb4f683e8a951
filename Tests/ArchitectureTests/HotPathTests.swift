import Testing

/// The way of a plain request allocates nothing and retains nothing: shown by the disassembly, not by a stopwatch.
@Suite("The way of a request in machine code", .enabled(if: Repository.releaseBinaries != nil))
struct HotPathTests {
    /// What must not be called: reference counts, allocation, dynamic exclusivity, lazy globals.
    private static let runtime = [
        "swift_retain", "swift_release", "swift_bridgeObjectRetain", "swift_bridgeObjectRelease", "swift_allocObject",
        "swift_slowAlloc", "swift_beginAccess", "swift_once", "malloc",
    ]

    /// The worker's functions that a plain request passes, as far as the compiler left them standing.
    private static let functions = [
        "dispatch", "clientEvent", "upstreamEvent", "advance", "readHead", "beginExchange", "makeExchange", "route",
        "forward", "connect", "use", "pump", "sendRequest", "flushRequest", "receiveResponse", "readResponseHead",
        "takeResponseHead", "beginResponse", "sendBody", "sendPlain", "sendBoth", "complete", "releaseUpstream",
        "endExchange", "record", "draftTexts", "flush", "receive", "endTurn", "expireDeadlines", "resumeClients",
        // Of a stream of HTTP/2.
        "advanceMultiplex", "readFrames", "takeFrames", "next", "beginStream", "takeStream", "takeData", "keep",
        "sendHead",
        "encodeHead", "sendFields", "writeFields", "sendData", "sendEnd", "serveStreams", "writeDues", "flushOutput",
        "settle",
        "armMultiplex", "endStream", "releaseInput", "chunkBody",
    ]

    /// Modules of which every function is on the way, but initialisers, which run at reload.
    private static let modules = ["HTTP1", "HTTP2", "HPACK", "HTTPModel", "Match", "Balancer"]

    /// The functions of the proxy by their demangled names, each with what it calls of the runtime.
    private func calls() throws -> [(name: String, calls: [Substring])] {
        let proxy = "\(Repository.releaseBinaries ?? "")/masugata-proxy"
        let text = try Repository.output([
            "sh", "-c", "objdump -d --no-show-raw-insn '\(proxy)' | swift demangle --compact",
        ])
        var functions: [(name: String, calls: [Substring])] = []
        for line in text.split(separator: "\n") {
            if line.hasSuffix(">:"), let start = line.firstIndex(of: "<") {
                functions.append((String(line[start...].dropFirst().dropLast(2)), []))
            } else if let call = line.range(of: "call "), let name = line[call.upperBound...].split(separator: "<").last
            {
                let called = name.prefix { $0 != ">" && $0 != "@" && $0 != "+" }
                if Self.runtime.contains(String(called)), !functions.isEmpty {
                    functions[functions.count - 1].calls.append(called)
                }
            }
        }
        return functions
    }

    @Test("nothing on the plain way of a request is retained, released, allocated or looked up lazily")
    func plainWay() throws {
        let functions = try calls()
        var seen = 0
        for function in functions {
            let isWorker = Self.functions.contains {
                function.name.contains("Worker.\($0)(") || function.name.contains("Worker.(\($0) in ")
            }
            let isCodec = Self.modules.contains {
                function.name.hasPrefix("\($0).") || function.name.contains(" of \($0).")
            }
            if !isWorker && !isCodec || function.name.contains(".init(") || function.name.contains("witness") {
                continue
            }
            if Self.offTheWay.contains(where: function.name.contains) { continue }
            seen += 1
            let calls = function.calls.filter { $0 != "swift_once" || !Self.looksUp(function.name) }
            #expect(calls.isEmpty, "\(function.name) calls \(calls)")
        }
        #expect(seen > 40, "only \(seen) functions were found: are the symbols there?")
        let allocating = functions.contains { !$0.calls.isEmpty }
        #expect(allocating, "not even an initialiser allocates: is the disassembly read rightly?")
    }

    /// The tables of the Huffman code are computed from its lengths at the first use; afterwards a comparison of one
    /// word stands before them, and nothing is called.
    private static func looksUp(_ function: String) -> Bool { function.hasPrefix("HPACK.") }

    /// What those modules do at reload and for messages, accessors that nobody calls, and error pages.
    private static let offTheWay = ["Builder", "description", ".read : ", "ErrorPage"]
}
