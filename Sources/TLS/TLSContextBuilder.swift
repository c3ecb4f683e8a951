internal import CTLS
internal import Crypto

/// Fills the tables of a context. Certificates that share a name and differ in the kind of their key are served side
/// by side, as one identity; each distinct set of certificates is one.
@safe
struct TLSContextBuilder {
    private let context: OpaquePointer
    private let now: Int64
    private let refusesDates: Bool
    private var identities: [IdentityKey: Int32] = [:]

    private(set) var problems: [String] = []
    private(set) var notices: [String] = []

    private struct IdentityKey: Hashable {
        let profile: Int
        let certificates: [Int]
    }

    /// What is known of a certificate of a profile.
    private struct Leaf {
        let names: [String]
        let family: Family
    }

    /// OpenSSL serves one certificate of each.
    private enum Family { case rsa, ec, ed25519 }

    /// Certificates expire soon below this, seconds: 14 days.
    private static let expiryNotice: Int64 = 14 * 86_400

    init(context: OpaquePointer, now: Int64, refusesDates: Bool) {
        unsafe self.context = context
        self.now = now
        self.refusesDates = refusesDates
    }

    mutating func build(_ profiles: [TLSProfile], _ listeners: [[Int]]) {
        var leaves: [[Leaf]] = []
        for profile in profiles {
            leaves.append(profile.certificates.compactMap { inspect($0) })
            add(profile)
        }
        if !problems.isEmpty { return }
        for numbers in listeners {
            if let wrong = numbers.first(where: { $0 < 0 || $0 >= profiles.count }) {
                problems.append("a listener uses TLS profile \(wrong), but there are only \(profiles.count)")
            } else {
                addListener(numbers, profiles, leaves)
            }
        }
    }

    /// Reads the leaf and says what is wrong with it.
    private mutating func inspect(_ certificate: TLSCertificate) -> Leaf? {
        do throws(CryptoError) {
            let leaf = try Certificate(pem: certificate.chain.span)
            checkDates(leaf, certificate.file)
            var names: [String] = []
            for name in leaf.dnsNames {
                if TLSContextBuilder.isServable(name) {
                    names.append(name)
                } else {
                    notices.append("\(certificate.file): the name \"\(name)\" cannot be served and is left out")
                }
            }
            if names.isEmpty {
                notices.append(
                    "\(certificate.file): the certificate has no DNS names; it can only serve as a default")
            }
            let family: Family =
                switch leaf.keyKind {
                case .rsa: .rsa
                case .p256, .p384: .ec
                case .ed25519: .ed25519
                }
            return Leaf(names: names, family: family)
        } catch {
            problems.append(
                "\(certificate.file): \(error); give a certificate chain in PEM, the server's certificate first")
            return nil
        }
    }

    private mutating func checkDates(_ leaf: borrowing Certificate, _ file: String) {
        if leaf.notAfter < now {
            let days = (now - leaf.notAfter) / 86_400
            noteInvalid("\(file): the certificate expired \(days) days ago; renew it")
        } else if leaf.notBefore > now {
            noteInvalid("\(file): the certificate is not valid yet; wait until it is, or check the host's clock")
        } else if leaf.notAfter - now < TLSContextBuilder.expiryNotice {
            let days = (leaf.notAfter - now) / 86_400
            notices.append("\(file): the certificate expires in \(days) days; renew it")
        }
    }

    private mutating func noteInvalid(_ text: String) {
        if refusesDates { problems.append(text) } else { notices.append(text) }
    }

    /// A host name, or `*.` and one: what a client's server_name can be looked up in.
    private static func isServable(_ name: String) -> Bool {
        let text = name.hasPrefix("*.") ? name.dropFirst(2) : name[...]
        if text.isEmpty || text.utf8.count > 251 || text.hasPrefix(".") { return false }
        return text.utf8.allSatisfy { byte in
            byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2d || byte == 0x2e || byte == 0x5f
        }
    }

    private mutating func add(_ profile: TLSProfile) {
        if profile.certificates.isEmpty {
            problems.append("tls \(profile.name): it has no certificate; name one with its key")
        }
        if profile.minimum > profile.maximum {
            problems.append("tls \(profile.name): the minimum version is above the maximum; swap them")
        }
        var protocols: [UInt8] = []
        for name in profile.applicationProtocols {
            if name.utf8.isEmpty || name.utf8.count > 255 {
                problems.append(
                    "tls \(profile.name): an application protocol must have 1 to 255 bytes, \"\(name)\" has not")
                continue
            }
            protocols.append(UInt8(name.utf8.count))
            protocols.append(contentsOf: name.utf8)
        }
        let number = unsafe masugata_tls_context_add_profile(
            context, profile.name, Int32(profile.minimum.rawValue), Int32(profile.maximum.rawValue), profile.tickets,
            profile.ticketLifetime, protocols, protocols.count)
        if number < 0 { problems.append("tls \(profile.name): out of memory") }
    }

    private mutating func addListener(_ numbers: [Int], _ profiles: [TLSProfile], _ leaves: [[Leaf]]) {
        guard let first = numbers.first else {
            _ = unsafe masugata_tls_context_add_listener(context, -1, false)
            return
        }
        var names: [String: IdentityKey] = [:]
        for profile in numbers {
            for (name, certificates) in certificatesByName(leaves[profile]) where names[name] == nil {
                names[name] = IdentityKey(profile: profile, certificates: certificates)
            }
        }
        // The first certificate, with those that stand beside it under its first name.
        let beside = leaves[first][0].names.first.flatMap { names[$0]?.certificates }
        let usual = IdentityKey(profile: first, certificates: beside ?? [0])
        guard let identity = number(of: usual, profiles) else { return }
        let refuses = profiles[first].unknownName == .refuse
        _ = unsafe masugata_tls_context_add_listener(context, identity, refuses)
        for name in names.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            guard let key = names[name], let identity = number(of: key, profiles) else { return }
            if unsafe !masugata_tls_context_add_name(context, name, identity) {
                problems.append("the name \(name) cannot be added; out of memory")
            }
        }
    }

    /// For each name the certificates that have it: the first of each family.
    private func certificatesByName(_ leaves: [Leaf]) -> [String: [Int]] {
        var found: [String: [Int]] = [:]
        for (index, leaf) in leaves.enumerated() {
            for name in leaf.names {
                let others = found[name, default: []]
                if others.contains(where: { leaves[$0].family == leaf.family }) { continue }
                found[name] = others + [index]
            }
        }
        return found
    }

    private mutating func number(of key: IdentityKey, _ profiles: [TLSProfile]) -> Int32? {
        if let known = identities[key] { return known }
        let number = unsafe masugata_tls_context_add_identity(context, Int32(key.profile))
        if number < 0 {
            problems.append(
                "tls \(profiles[key.profile].name): OpenSSL refuses the settings: \(TLSContext.libraryReason())")
            return nil
        }
        for index in key.certificates {
            let certificate = profiles[key.profile].certificates[index]
            let added = unsafe masugata_tls_context_add_certificate(
                context, number, certificate.chain, certificate.chain.count, certificate.key)
            if !added {
                problems.append(
                    "\(certificate.file): OpenSSL refuses the chain: \(TLSContext.libraryReason()); "
                        + "it must be PEM, the server's certificate first, then its issuers")
                return nil
            }
        }
        identities[key] = number
        return number
    }
}
