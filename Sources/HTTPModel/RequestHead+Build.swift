internal import Bytes

/// How a codec builds a head: reset, store the bytes, name the parts, add the fields, settle.
extension RequestHead {
    /// Forgets the request.
    public mutating func reset() {
        fields.reset()
        methodRange = StoredRange()
        targetRange = StoredRange()
        queryRange = StoredRange()
        hostCount = 0
        pathCount = 0
        upgradeIndex = -1
        portNumber = 0
        method = .other
        scheme = .http
        form = .origin
        minorVersion = 1
        isOfHTTP2 = false
        framing = .none
        wantsClose = false
        expectsContinue = false
        upgradesToWebSocket = false
        acceptsTrailers = false
        hasQuery = false
        droppedFields = 0
    }

    /// Takes a copy of the received head, to which the ranges below refer; false when it does not fit.
    public mutating func store(_ head: Span<UInt8>, scheme: Scheme) -> Bool {
        self.scheme = scheme
        return fields.store(head)
    }

    /// The method is the token in `start..<end` of the stored bytes.
    public mutating func setMethod(_ start: Int, _ end: Int) {
        methodRange = StoredRange(start, end)
        method = Method(recognising: fields.stored(start, end))
    }

    /// The target is in `start..<end` of the stored bytes; it is looked into by `settle`.
    public mutating func setTarget(_ start: Int, _ end: Int) {
        targetRange = StoredRange(start, end)
    }

    /// The version is HTTP/1.`minor`, 0 or 1.
    public mutating func setVersion(minor: UInt8) {
        minorVersion = minor
    }

    /// The version is HTTP/2.
    public mutating func setVersion2() {
        minorVersion = 1
        isOfHTTP2 = true
    }

    /// Adds the field that `line` describes in the stored bytes, or refuses the request for it.
    public mutating func append(_ line: FieldLine, limits: HeadLimits, rules: RequestRules) throws(Reason) {
        let name = FieldName(recognising: fields.stored(line.start, line.nameEnd))
        if name == .other || name == .xForwardedOther {
            if rules.underscores != .keep && hasUnderscore(line) {
                if rules.underscores == .refuse { throw .requestFieldUnderscore }
                droppedFields &+= 1
                // A dropped field still counts: an endless head of them is no cheaper than one of others.
                if fields.count &+ droppedFields > limits.fields { throw .requestFieldCount }
                return
            }
        } else if fields.contains(name) && FieldNameSet.singletonsOfRequests.contains(name) {
            throw RequestHead.reasonOfDuplicate(name)
        }
        if fields.count &+ droppedFields >= limits.fields || !fields.append(line, name: name) {
            throw .requestFieldCount
        }
    }

    /// Finds out what the request means, once all its fields are there, or why it is refused.
    public mutating func settle(limits: HeadLimits, rules: RequestRules) throws(Reason) {
        if method == .other && !hasPlainMethod { throw .requestMethod }
        if method == .connect { throw .requestMethodConnect }
        if method == .trace && !rules.allowsTrace { throw .requestMethodTrace }
        if contains(.host) { try settleHost() } else if minorVersion > 0 { throw .requestHostMissing }
        try settleTarget(limits: limits, rules: rules.target)
        try settleFraming()
        try settleConnection(limits: limits)
        try settleExpectation()
    }

    /// Whether the method is made of letters, digits, `-`, `_` and `.`, as every method of any registry is. Other
    /// tokens, such as `|GET`, are attempts to be taken for something else behind this server.
    private var hasPlainMethod: Bool {
        let token = methodBytes
        for index in token.indices {
            let byte = token[index]
            let isPlain = ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2d || byte == 0x5f || byte == 0x2e
            if !isPlain { return false }
        }
        return true
    }

    private func hasUnderscore(_ line: FieldLine) -> Bool {
        let name = fields.stored(line.start, line.nameEnd)
        return ByteSearch.first(0x5f, in: name, from: 0) < name.count
    }

    private static func reasonOfDuplicate(_ name: FieldName) -> Reason {
        switch name {
        case .host: .requestHostDuplicate
        case .contentLength: .requestLengthDuplicate
        case .transferEncoding: .requestTransferEncoding
        default: .requestFieldDuplicate
        }
    }
}
