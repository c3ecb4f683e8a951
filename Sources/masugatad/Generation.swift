import Plan
import Sys
import Wire

/// A policy with everything that belongs to it: the plan, the certificates and keys, the sockets, the log folders.
/// It is whole, or it is not made.
final class Generation {
    /// Counts up from 1.
    let number: UInt32
    let plan: Plan
    /// Key numbers are the places here: TLS settings in the plan's order, certificates in theirs.
    let certificates: [Certificate]
    /// A socket for each listener of the plan and each worker.
    private(set) var listeners: [[Handle]]
    /// The folders of the audit log (0) and of the access log (1).
    let folders: [Folders.Opened]

    private let image: Handle

    /// A certificate chain and its key, neither of them read.
    struct Certificate {
        let chain: Handle
        let key: Handle
        /// Bit 0 TLS 1.2, bit 1 TLS 1.3.
        let versions: UInt8
        /// The files, for diagnostics.
        let chainName: String
        let keyName: String
    }

    /// Opens and binds what `output`'s plan names. Sockets of `older` are taken over where the address stays.
    init(
        number: UInt32, _ output: Compiler.Output, files: PolicyFiles, state: String, workers: Int, older: Generation?
    ) throws(Failure) {
        self.number = number
        plan = output.plan
        image = output.image
        certificates = try Generation.certificates(output.plan, files)
        folders = try Folders.open(output.plan.audit, files: files, state: state)
        listeners = try Listeners.bind(output.plan, workers: workers, older: older)
    }

    /// Lets the sockets go; those that a later policy took over stay open.
    func closeListeners() { listeners = [] }

    private static func certificates(_ plan: Plan, _ files: PolicyFiles) throws(Failure) -> [Certificate] {
        var certificates: [Certificate] = []
        for settings in plan.tls {
            let versions: UInt8 = (settings.minimum == .v1_2 ? 1 : 0) | (settings.maximum == .v1_3 ? 2 : 0)
            for pair in settings.certificates {
                certificates.append(
                    Certificate(
                        chain: try files.openCertificate(pair.certificate), key: try files.openKey(pair.key),
                        versions: versions, chainName: files.path(pair.certificate), keyName: files.path(pair.key)))
            }
        }
        return certificates
    }

    /// Sends everything to `child` that its role needs of this generation, and asks for an answer.
    /// - Parameter isServed: whether it is what is served already.
    func send(to child: Child, isServed: Bool) {
        child.send(.prepare(generation: number, isServed: isServed), child.role == .keyholder ? [] : [image])
        switch child.role {
        case .keyholder: sendKeys(to: child)
        case .proxy: sendFront(to: child)
        case .logd:
            for (which, folder) in folders.enumerated() {
                child.send(.folder(generation: number, which: UInt8(which)), [folder.handle])
            }
        case .dialer, .config, .supervisor: break
        }
        child.send(.complete(generation: number))
    }

    private func sendKeys(to child: Child) {
        for (key, certificate) in certificates.enumerated() {
            child.send(
                .certificate(
                    generation: number, key: UInt16(key), versions: certificate.versions,
                    name: "\(certificate.chainName) with \(certificate.keyName)"),
                [certificate.chain, certificate.key])
        }
    }

    private func sendFront(to child: Child) {
        for (key, certificate) in certificates.enumerated() {
            child.send(
                .certificate(
                    generation: number, key: UInt16(key), versions: certificate.versions, name: certificate.chainName),
                [certificate.chain])
        }
        for (number, sockets) in listeners.enumerated() {
            child.send(.listener(generation: self.number, listener: UInt16(number)), [sockets[Int(child.worker)]])
        }
    }
}
