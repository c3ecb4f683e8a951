public import Bytes

extension RequestEntry {
    /// Writes the entry as a line of the audit log, with the number that logd gives it.
    public func writeRecord(to writer: inout ByteWriter, sequence: UInt64) {
        writer.beginRecord(sequence: sequence, time: time)
        writeRequest(to: &writer)
        writeOutcome(to: &writer)
        writer.append(.version, literal: httpVersion)
        writer.append(.tls, literal: tlsVersion)
        writer.append(.userAgent, text: text(.userAgent))
        writer.append(.referer, text: text(.referer))
        writeRuleNames(to: &writer)
        if !isConfirmed {
            writer.append(RecordField.confirmed.key)
            writer.append("false")
        }
        writer.endRecord()
    }

    private func writeRuleNames(to writer: inout ByteWriter) {
        writer.append(RecordField.ruleNames.key)
        writer.append(UInt8(ascii: "["))
        let names = text(.ruleNames)
        var start = 0
        while start < names.count {
            var end = start
            while end < names.count && names[end] != UInt8(ascii: ",") { end += 1 }
            if start > 0 { writer.append(UInt8(ascii: ",")) }
            writer.append(jsonText: names.extracting(start..<end))
            start = end + 1
        }
        writer.append(UInt8(ascii: "]"))
    }

    private func writeRequest(to writer: inout ByteWriter) {
        writer.append(RecordField.id.key)
        writer.append(UInt8(ascii: "\""))
        for shift in stride(from: 60, through: 0, by: -4) {
            writer.append(ASCII.hexadecimalDigit(UInt8(truncatingIfNeeded: id >> UInt64(shift)) & 15))
        }
        writer.append(UInt8(ascii: "\""))
        writer.append(.site, text: text(.site))
        writer.append(.route, text: text(.route))
        writer.append(RecordField.client.key)
        writer.append(UInt8(ascii: "\""))
        writer.append(address: client)
        writer.append(UInt8(ascii: "\""))
        writer.append(.method, text: text(.method))
        writer.append(.host, text: text(.host))
        writer.append(.path, text: text(.path))
        if !text(.query).isEmpty { writer.append(.query, text: text(.query)) }
    }

    private func writeOutcome(to writer: inout ByteWriter) {
        writer.append(.status, number: UInt64(status))
        writer.append(.bytesIn, number: bytesIn)
        writer.append(.bytesOut, number: bytesOut)
        writer.append(.upstream, text: text(.upstream))
        writer.append(.duration, number: duration)
        writer.append(.action, literal: allowed ? "allow" : "deny")
        writer.append(.reason, text: text(.reason))
        writer.append(RecordField.rules.key)
        writer.append(UInt8(ascii: "["))
        let rules = rules()
        for start in stride(from: 0, to: rules.count - 3, by: 4) {
            if start > 0 { writer.append(UInt8(ascii: ",")) }
            var number: UInt64 = 0
            for index in 0..<4 { number |= UInt64(rules[start + index]) << UInt64(8 * index) }
            writer.append(decimal: number)
        }
        writer.append(UInt8(ascii: "]"))
    }

    /// The HTTP version as it stands in both logs.
    var httpVersion: StaticString {
        switch version {
        case 10: "1.0"
        case 20: "2"
        default: "1.1"
        }
    }

    private var tlsVersion: StaticString {
        switch tls {
        case 12: "1.2"
        case 13: "1.3"
        default: ""
        }
    }
}
