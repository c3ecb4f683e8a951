import Plan

extension PlanBuilder {
    /// The changes of a `headers` block.
    func headerProfile(_ block: CheckedBlock) -> HeaderProfile {
        var profile = HeaderProfile(name: block.name?.text, position: position(block.span))
        if let request = block.blocks("request").first { profile.request = edits(request, isRequest: true) }
        if let response = block.blocks("response").first {
            profile.response = edits(response, isRequest: false)
            profile.hide = hidden(response)
        }
        if let secure = block.blocks("secure_headers").first { profile.secure = secureHeaders(secure) }
        return profile
    }

    private func edits(_ block: CheckedBlock, isRequest: Bool) -> [HeaderEdit] {
        var edits: [HeaderEdit] = []
        var final: [String: SourceSpan] = [:]
        for editBlock in block.blocks {
            guard let edit = edit(editBlock, isRequest: isRequest) else { continue }
            let name = edit.name.lowercased()
            if let other = final[name] {
                log.error(
                    editBlock.span, "the field '\(edit.name)' is changed twice",
                    hint: "first in line \(log.source.line(of: other.start)); only add can follow")
            }
            if edit.operation != .add { final[name] = editBlock.span }
            edits.append(edit)
        }
        check(edits.count, PlanBounds.edits, "changes", block)
        return edits
    }

    private func edit(_ block: CheckedBlock, isRequest: Bool) -> HeaderEdit? {
        guard let label = block.labels.first, let name = label.text else { return nil }
        let isSound = isChangeable(name, label.span, isRequest: isRequest)
        if block.form.word == "remove" {
            if isSound && name.lowercased() == "host" {
                log.error(label.span, "every request has a Host", hint: "write set \"Host\" = \"name\"")
                return nil
            }
            return isSound ? HeaderEdit(.remove, name) : nil
        }
        guard let value = block.assigned, let text = value.text else { return nil }
        if name.lowercased() == "host" && isSound {
            if block.form.word == "add" {
                log.error(label.span, "a request has one Host", hint: "write set \"Host\" = \"\(text)\"")
                return nil
            }
            guard PlanText.isAuthority(text) else {
                log.error(
                    value.span, "'\(text)' is not a host that a request can name",
                    hint: "write a name in lower case, or an address, with a port if it is not the standard one")
                return nil
            }
        }
        if !PlanText.isFieldValue(Array(text.utf8)) {
            log.error(
                value.span, "this can not be the value of a field",
                hint: "it has up to \(PlanBounds.fieldValue) bytes, no control characters, and no blanks at its ends")
            return nil
        }
        return isSound ? HeaderEdit(block.form.word == "set" ? .set : .add, name, Array(text.utf8)) : nil
    }

    /// Whether a policy may change the field `name`; reports it when not.
    private func isChangeable(_ name: String, _ span: SourceSpan, isRequest: Bool) -> Bool {
        if PlanText.isChangeableField(name, isRequest: isRequest) { return true }
        if !PlanText.isToken(name) {
            log.error(
                span, "'\(name)' is not the name of a field",
                hint: "a name has up to \(PlanBounds.name) letters, digits and '-'")
        } else if name.lowercased() == "host" {
            log.error(span, "a response has no Host", hint: "put it into request { ... }")
        } else {
            log.error(
                span, "the field '\(name)' belongs to the connection, and is the appliance's own", hint: "remove this")
        }
        return false
    }

    private func hidden(_ block: CheckedBlock) -> [String] {
        var names: [String] = []
        for value in block.value("hide")?.elements ?? [] {
            guard let name = value.text, isChangeable(name, value.span, isRequest: false) else { continue }
            if names.contains(where: { $0.lowercased() == name.lowercased() }) {
                log.warning(value.span, "'\(name)' stands twice in the list")
            } else {
                names.append(name)
            }
        }
        check(names.count, PlanBounds.edits, "hidden fields", block)
        return names
    }

    // MARK: Security

    private func secureHeaders(_ block: CheckedBlock) -> SecureHeaders? {
        var fields: [SecureHeaders.Field] = []
        if block.word("hsts") != "off" {
            let seconds = (block.number("hsts") ?? 365 * 86_400_000) / 1_000
            let value = "max-age=\(seconds)\(block.word("hsts_subdomains") == "on" ? "; includeSubDomains" : "")"
            fields.append(SecureHeaders.Field("Strict-Transport-Security", Array(value.utf8), needsTLS: true))
        } else if let subdomains = block.attributes["hsts_subdomains"] {
            log.error(subdomains.name.span, "'hsts_subdomains' needs hsts, which is off", hint: "remove one of the two")
        }
        fields.append(SecureHeaders.Field("X-Content-Type-Options", Array("nosniff".utf8)))
        switch block.word("frame") {
        case "off": break
        case "deny": fields.append(SecureHeaders.Field("X-Frame-Options", Array("DENY".utf8)))
        default: fields.append(SecureHeaders.Field("X-Frame-Options", Array("SAMEORIGIN".utf8)))
        }
        if block.word("referrer") != "off" {
            let policy = block.text("referrer") ?? "strict-origin-when-cross-origin"
            fields += field("Referrer-Policy", policy, block.value("referrer"))
        }
        if let policy = block.text("content_security") {
            fields += field("Content-Security-Policy", policy, block.value("content_security"))
        }
        if let policy = block.text("permissions") {
            fields += field("Permissions-Policy", policy, block.value("permissions"))
        }
        return SecureHeaders(fields: fields, overwrites: block.word("overwrite") == "on")
    }

    private func field(_ name: String, _ text: String, _ value: Value?) -> [SecureHeaders.Field] {
        if !text.isEmpty && PlanText.isFieldValue(Array(text.utf8)) {
            return [SecureHeaders.Field(name, Array(text.utf8))]
        }
        if let value {
            log.error(
                value.span, "this can not be the value of a field",
                hint: "it has 1 to \(PlanBounds.fieldValue) bytes, no control characters, and no blanks at its ends")
        }
        return []
    }
}
