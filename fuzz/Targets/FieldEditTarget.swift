import Bytes
import HTTP1
import HTTPModel

/// Changes of fields. The input is pairs of bytes: what is done to which field; the upper half of the first says
/// whether it is a change or a field that was there before.
///
/// A serialised head has what comes out when the changes are made one after the other on a list of lines.
enum FieldEditTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        var received: [Line] = []
        var edits: [FieldEdit] = []
        var index = 0
        while index + 1 < input.count && received.count + edits.count < 60 {
            let name = Array(names[Int(input[index + 1]) % names.count].utf8)
            let value = Array("v\(index)".utf8)
            switch input[index] & 7 {
            case 0: edits.append(FieldEdit(.set, name, value))
            case 1: edits.append(FieldEdit(.add, name, value))
            case 2: edits.append(FieldEdit(.remove, name))
            case 3: edits.append(FieldEdit(.provide, name, value))
            default: received.append(Line(name: name, value: input[index] & 0x80 == 0 ? value : []))
            }
            index += 2
        }
        let head = head(received)
        let sent = try serialised(head, edits)
        // Lines that are added where there is none stand behind those that are added in any case.
        let isOrdered = !edits.contains { $0.operation == .provide }
        try require(
            sorted(sent, isOrdered) == sorted(applied(edits, to: received), isOrdered),
            "\(edits.count) changes of \(shown(head)) come to \(sent.map { shown($0.name + [0x3a] + $0.value) })")
    }

    /// Names in several spellings, of which some are recognised and some are not.
    private static let names = [
        "X-A", "x-a", "X-B", "Server", "SERVER", "Set-Cookie", "Cache-Control", "Vary", "X-Forwarded-Other",
        "X-Forwarded-More", "x-forwarded-for", "Location", "Content-Type", "ETag", "Strict-Transport-Security",
    ]

    private struct Line: Equatable {
        let name: [UInt8]
        let value: [UInt8]
    }

    private static func head(_ lines: [Line]) -> [UInt8] {
        var head = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n".utf8)
        // Some lines are not as they would be written.
        for (index, line) in lines.enumerated() {
            head += line.name + Array((index % 3 == 2 ? ":" : ": ").utf8) + line.value + Array("\r\n".utf8)
        }
        return head + Array("\r\n".utf8)
    }

    /// The lines that a client gets, without Content-Length.
    private static func serialised(_ head: [UInt8], _ edits: [FieldEdit]) throws(Contradiction) -> [Line] {
        var response = ResponseHead(limits: HeadLimits())
        let outcome = ResponseParser.parse(
            head.span, requestMethod: .get, limits: HeadLimits(), into: &response)
        // What may stand once may have come twice.
        guard outcome == .complete else { return applied(edits, to: lines(of: head)) }
        let table = FieldEdits([edits])
        var output = [UInt8](repeating: 0, count: 2 * HeadLimits().head)
        var writer = ByteWriter(output.mutableSpan)
        let pseudonym: [UInt8] = []
        ResponseSerializer.write(
            response, framing: response.framing, connection: .keepAlive, clientMinorVersion: 1,
            pseudonym: pseudonym.span, changing: table, table.list(0), to: &writer)
        try require(!writer.overflowed, "the head does not fit")
        let count = writer.count
        return lines(of: Array(output[..<count]))
    }

    private static func lines(of head: [UInt8]) -> [Line] {
        LenientReader(head, foldsUnderscores: false).fields.filter { $0.name != Array("content-length".utf8) }
            .map { Line(name: $0.name, value: $0.value) }
    }

    private static func applied(_ edits: [FieldEdit], to received: [Line]) -> [Line] {
        var lines = received.map { Line(name: lowercased($0.name), value: $0.value) }
        for edit in edits {
            let name = lowercased(edit.name)
            switch edit.operation {
            case .set:
                lines.removeAll { $0.name == name }
                lines.append(Line(name: name, value: edit.value))
            case .add: lines.append(Line(name: name, value: edit.value))
            case .remove: lines.removeAll { $0.name == name }
            case .provide:
                if !lines.contains(where: { $0.name == name }) { lines.append(Line(name: name, value: edit.value)) }
            }
        }
        return lines
    }

    /// By name; lines of one name stay in their order where that matters.
    private static func sorted(_ lines: [Line], _ isOrdered: Bool) -> [Line] {
        lines.enumerated().sorted { one, other in
            if one.element.name != other.element.name {
                return one.element.name.lexicographicallyPrecedes(other.element.name)
            }
            return isOrdered
                ? one.offset < other.offset : one.element.value.lexicographicallyPrecedes(other.element.value)
        }.map(\.element)
    }
}
