internal import Bytes

// Comments, CDATA sections and the document type declaration.
extension XMLParser {
    private var sectionKeyword: StaticString { "[CDATA[" }
    private var doctypeKeyword: StaticString { "DOCTYPE" }

    /// Takes a byte behind `<!`.
    mutating func takeBang(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        switch state {
        case .bang: try takeBangStart(byte)
        case .commentStart:
            if byte != UInt8(ascii: "-") { throw .malformed(.xmlMarkup) }
            state = .comment
        case .comment: if byte == UInt8(ascii: "-") { state = .commentHyphen }
        case .commentHyphen: state = byte == UInt8(ascii: "-") ? .commentEnd : .comment
        case .commentEnd:
            if byte != UInt8(ascii: ">") { throw .malformed(.xmlComment) }
            state = .content
        case .sectionStart:
            try matchKeyword(byte, sectionKeyword)
            if matched == sectionKeyword.utf8CodeUnitCount {
                state = .section
                brackets = 0
                behindCR = false
            }
        default: try takeSection(byte, limits, &store)
        }
    }

    private mutating func takeBangStart(_ byte: UInt8) throws(BodyStop) {
        matched = 1
        switch byte {
        case UInt8(ascii: "-"): state = .commentStart
        case UInt8(ascii: "["):
            if elements.depth == 0 { throw .malformed(.xmlOutsideRoot) }
            state = .sectionStart
        case UInt8(ascii: "D"):
            if hasRoot || hasDoctype { throw .malformed(.xmlDoctype) }
            state = .doctypeStart
        default: throw .malformed(.xmlMarkup)
        }
    }

    private mutating func matchKeyword(_ byte: UInt8, _ keyword: StaticString) throws(BodyStop) {
        if byte != keyword.bytes[matched] { throw .malformed(.xmlMarkup) }
        matched &+= 1
    }

    /// Takes a byte of a CDATA section. Brackets are held back while they may belong to its end.
    private mutating func takeSection(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        let bracket = UInt8(ascii: "]")
        if byte == bracket && brackets < 2 {
            brackets &+= 1
        } else if byte == UInt8(ascii: ">") && brackets == 2 {
            brackets = 0
            behindCR = false
            state = .content
        } else {
            let held = byte == bracket ? 1 : brackets
            for _ in 0..<held { try appendText(bracket, limits, &store) }
            if byte == bracket { return }
            brackets = 0
            try appendText(byte, limits, &store)
        }
    }

    /// Takes a byte of a document type declaration.
    mutating func takeDoctype(
        _ byte: UInt8, _ limits: BodyLimits, _ report: inout BodyReport
    ) throws(BodyStop) {
        if state == .doctypeStart {
            try matchKeyword(byte, doctypeKeyword)
            if matched == doctypeKeyword.utf8CodeUnitCount {
                state = .doctype
                hasDoctype = true
                doctype = DoctypeSkipper()
                report.flags.insert(.doctype)
            }
            return
        }
        if doctype.count == 0 && !XMLCharacter.isSpace(byte) { throw .malformed(.xmlMarkup) }
        if doctype.count >= limits.doctype { throw .limited(.doctype) }
        let isOver = doctype.take(byte)
        if doctype.hasSubset { report.flags.insert(.internalSubset) }
        if isOver { state = .content }
    }
}

// Processing instructions and the XML declaration.
extension XMLParser {
    /// Takes a byte behind `<?`.
    mutating func takeInstruction(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        switch state {
        case .instructionStart:
            if !XMLCharacter.beginsName(byte) { throw .malformed(.xmlInstruction) }
            state = .target
            targetLength = 0
            matched = 0
            takeTarget(byte)
        case .target:
            if XMLCharacter.isName(byte) { return takeTarget(byte) }
            try endTarget()
            if byte == UInt8(ascii: "?") {
                state = .instructionEnd
            } else if XMLCharacter.isSpace(byte) {
                state = .instruction
            } else {
                throw .malformed(.xmlInstruction)
            }
        case .instruction:
            if byte == UInt8(ascii: "?") {
                state = .instructionEnd
            } else if isDeclaration {
                try takeDeclaration(byte, limits, &store)
            }
        default: try takeInstructionEnd(byte, &store, &report)
        }
    }

    private mutating func takeInstructionEnd(
        _ byte: UInt8, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        if byte == UInt8(ascii: ">") {
            state = .content
            if isDeclaration { try endDeclaration(&store, &report) }
        } else if isDeclaration {
            throw .malformed(.xmlDeclaration)
        } else if byte != UInt8(ascii: "?") {
            state = .instruction
        }
    }

    private mutating func takeTarget(_ byte: UInt8) {
        let name = ("xml" as StaticString).bytes
        if targetLength < name.count && matched == targetLength && ASCII.lowercased(byte) == name[targetLength] {
            matched &+= 1
        }
        if targetLength <= name.count { targetLength &+= 1 }
    }

    /// `xml` is no target of a processing instruction; at the beginning of the document it is the XML declaration.
    private mutating func endTarget() throws(BodyStop) {
        let name: StaticString = "xml"
        if matched != name.utf8CodeUnitCount || targetLength != name.utf8CodeUnitCount { return }
        let opening: StaticString = "<?xml"
        if position &- opening.utf8CodeUnitCount != declarationPlace { throw .malformed(.xmlInstruction) }
        isDeclaration = true
    }

    /// Keeps a byte of the XML declaration at the store's front until it is complete.
    private mutating func takeDeclaration(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        if store.front - textStart >= limits.nameLength { throw .limited(.nameLength) }
        try store.append(byte)
    }

    private mutating func endDeclaration(
        _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        isDeclaration = false
        let end = store.front
        store.front = textStart
        let declaration = try XMLDeclaration(store.bytes.span(textStart, end))
        if declaration.isUTF8 { return }
        if declaration.isWide { throw .malformed(.xmlEncoding) }
        checksUTF8 = false
        report.flags.insert(.otherEncoding)
    }
}
