import Plan

extension PlanBuilder {
    /// Adds a `tls` block.
    mutating func addTLS(_ block: CheckedBlock) {
        var settings = TLSSettings(name: block.name?.text ?? "tls", certificates: certificates(block))
        settings.minimum = version(block, "minimum") ?? settings.minimum
        settings.maximum = version(block, "maximum") ?? settings.maximum
        if settings.minimum > settings.maximum,
            let attribute = block.attributes["minimum"] ?? block.attributes["maximum"]
        {
            log.error(
                attribute.value.span, "the minimum \(settings.minimum) is above the maximum \(settings.maximum)",
                hint: "the standard is minimum = 1.2 and maximum = 1.3")
        }
        if block.word("unknown_name") == "refuse" { settings.unknownName = .refuse }
        if block.word("session_tickets") == "off" { settings.sessionTickets = false }
        settings.ticketEpoch = block.number("ticket_epoch") ?? settings.ticketEpoch
        settings.names = hosts(block.value("names")?.elements ?? [])
        for value in block.value("names")?.elements ?? [] where value.text == "*" {
            log.error(
                value.span, "a certificate is not for '*'", hint: "use *.example.org, or the first tls of the listen")
        }
        check(settings.names.count, PlanBounds.names, "names", block)
        plan.tls.append(settings)
    }

    private func certificates(_ block: CheckedBlock) -> [CertificateFiles] {
        guard let certificates = block.value("certificate"), let keys = block.value("key") else { return [] }
        let names = fileNames(certificates)
        let keyNames = fileNames(keys)
        if certificates.elements.count != keys.elements.count {
            log.error(
                block.attributes["key"]?.name.span ?? block.span,
                "there are \(certificates.elements.count) certificates and \(keys.elements.count) keys",
                hint: "each certificate has its key, in the same order")
        }
        check(names.count, PlanBounds.certificates, "certificates", block)
        return zip(names, keyNames).map { CertificateFiles(certificate: $0, key: $1) }
    }

    private func fileNames(_ value: Value) -> [String] {
        value.elements.compactMap { element in
            guard let text = element.text else { return nil }
            checkFileName(text, element.span)
            return text
        }
    }

    /// Reports a text that is no file name.
    func checkFileName(_ text: String, _ span: SourceSpan) {
        if !PlanText.isFileName(text) {
            log.error(
                span, text.isEmpty ? "the file name is empty" : "this is not a file name",
                hint: "a file name has 1 to \(PlanBounds.fileName) bytes and no control characters")
        }
    }

    private func version(_ block: CheckedBlock, _ word: String) -> TLSVersion? {
        guard case .decimal(1, let minor) = block.value(word)?.kind else { return nil }
        return minor == 2 ? .v1_2 : .v1_3
    }
}
