import Plan
import PlanFile
import PolicyFolder
import Sys
import Wire

/// One run of `masugata-config`: the policy goes in as a descriptor, so do the files that it names when they are asked
/// for, the plan comes out as a sealed memory file.
final class Compiler {
    let pid: Int32
    /// The poller's token.
    let incarnation: UInt64
    /// Microseconds, monotonic; it is ended when it takes longer.
    let deadline: UInt64

    private let policyPath: String
    private let image: Handle
    private let diagnostics: Handle
    /// Held until the process has ended.
    private let channel: Handle
    private var service: FileService
    /// How it broke the rules of its channel.
    private var breach: String?

    /// The longest compilation, microseconds.
    private static let patience: UInt64 = 60_000_000
    /// The most bytes of diagnostics that are passed on.
    private static let diagnosticsLimit = 1 << 20

    /// What a compilation that succeeded leaves.
    struct Output {
        let plan: Plan
        /// The plan's image, sealed.
        let image: Handle
        /// Diagnostics that did not stop it.
        let warnings: String
    }

    /// Starts compiling the policy at `files.policy`.
    init(_ files: PolicyFiles, incarnation: UInt64) throws(Failure) {
        let policy = try files.openPolicy()
        let image = try Failure.about("plan") { () throws(Errno) in Handle(try MemoryFile.empty("masugata-plan")) }
        let diagnostics = try Failure.about("diagnostics") { () throws(Errno) in
            Handle(try MemoryFile.empty("masugata-diagnostics"))
        }
        let ends = try Ends()
        let asking = try Ends()
        pid = try Programs.start(
            Role.config.executable, [files.policy], descriptors: [-1, -1, diagnostics.raw, ends.far.raw])
        try Failure.about("compiler") { () throws(Errno) in
            let channel = Channel(try ends.near.duplicate())
            let identity = Accounts.identity(of: .config, worker: 0, incarnation: incarnation)
            try channel.send(identity.encoded(sequence: 1).span)
            let order = ControlOrder.prepare(generation: 0, isServed: false)
            try channel.send(order.encoded(sequence: 2).span, descriptors: [policy.raw, image.raw, asking.far.raw])
        }
        policyPath = files.policy
        self.image = image
        self.diagnostics = diagnostics
        channel = ends.near
        self.incarnation = incarnation
        service = FileService(
            Channel(try Failure.about("compiler") { () throws(Errno) in try asking.near.duplicate() }),
            PolicyFolder(policy: files.policy))
        deadline = Clock.monotonic() + Compiler.patience
    }

    /// The number of the channel that it asks for files over, for the poller.
    var raw: Int32 { service.raw }

    /// Hands over the next file that is asked for. A compiler that breaks the rules is ended.
    /// - Returns: whether there may be more.
    func serve(_ buffer: inout [UInt8]) -> FileService.Progress {
        if breach != nil { return .ended }
        let progress = service.serveNext(&buffer)
        if case .breach(let text) = progress {
            breach = text
            Signals.send(9, to: pid)
        }
        return progress
    }

    /// What a process that ended so has left.
    /// - Throws: the diagnostics, or what else was wrong.
    func output(_ end: ChildProcess.End) throws(Failure) -> Output {
        if let breach {
            throw Failure("\(policyPath): not compiled, masugata-config broke the rules of its channel: \(breach)")
        }
        let text = writtenDiagnostics
        switch end {
        case .exited(0): break
        case .exited(1): throw Failure(text)
        case .exited, .signalled:
            throw Failure(
                "\(policyPath): could not be compiled, masugata-config \(end.text)\(text.isEmpty ? "" : "\n")\(text)")
        }
        do throws(PlanFault) {
            return Output(plan: try PlanFile.read(image.raw), image: image, warnings: text)
        } catch {
            throw Failure("\(policyPath): what masugata-config made of it cannot be used: \(error.text)")
        }
    }

    private var writtenDiagnostics: String {
        guard let bytes = try? File.contents(diagnostics.raw, limit: Compiler.diagnosticsLimit) else {
            return "(more diagnostics than are passed on)"
        }
        return String(decoding: bytes[..<(bytes.last == 10 ? bytes.count - 1 : bytes.count)], as: UTF8.self)
    }
}
