internal import Bytes
internal import HTTPModel

/// The body of an error page. What `writeBody` writes, `bodyCount` counts, part by part.
extension ErrorPage {
    var bodyCount: Int {
        let phrase = StatusText.phrase(of: status).utf8CodeUnitCount
        let code = reason.code.utf8CodeUnitCount
        let text = reason.text.utf8CodeUnitCount
        let digits = 3
        if isJSON { return JSON.count + digits + code + text + reference.count }
        return HTML.count + 2 * (digits + 1 + phrase) + text + code + reference.count
    }

    @_lifetime(writer: copy writer)
    func writeBody(to writer: inout ByteWriter) {
        if isJSON { writeJSON(to: &writer) } else { writeHTML(to: &writer) }
    }

    private enum JSON {
        static var status: StaticString { "{\"status\":" }
        static var reason: StaticString { ",\"reason\":\"" }
        static var message: StaticString { "\",\"message\":\"" }
        static var reference: StaticString { "\",\"reference\":\"" }
        static var end: StaticString { "\"}\n" }

        static var count: Int {
            status.utf8CodeUnitCount + reason.utf8CodeUnitCount + message.utf8CodeUnitCount
                + reference.utf8CodeUnitCount + end.utf8CodeUnitCount
        }
    }

    @_lifetime(writer: copy writer)
    private func writeJSON(to writer: inout ByteWriter) {
        // None of the parts holds a character that JSON wants escaped; a test holds the catalogue of reasons to it.
        writer.append(JSON.status)
        writer.append(decimal: UInt64(status))
        writer.append(JSON.reason)
        writer.append(reason.code)
        writer.append(JSON.message)
        writer.append(reason.text)
        writer.append(JSON.reference)
        writer.append(reference)
        writer.append(JSON.end)
    }

    private enum HTML {
        static var title: StaticString { "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>" }
        static var heading: StaticString { "</title>\n<h1>" }
        static var text: StaticString { "</h1>\n<p>" }
        static var code: StaticString { "</p>\n<p>Reason: <code>" }
        static var reference: StaticString { "</code><br>Reference: <code>" }
        static var end: StaticString { "</code></p>\n</html>\n" }

        static var count: Int {
            title.utf8CodeUnitCount + heading.utf8CodeUnitCount + text.utf8CodeUnitCount
                + code.utf8CodeUnitCount + reference.utf8CodeUnitCount + end.utf8CodeUnitCount
        }
    }

    @_lifetime(writer: copy writer)
    private func writeHTML(to writer: inout ByteWriter) {
        writer.append(HTML.title)
        writeStatus(to: &writer)
        writer.append(HTML.heading)
        writeStatus(to: &writer)
        writer.append(HTML.text)
        writer.append(reason.text)
        writer.append(HTML.code)
        writer.append(reason.code)
        writer.append(HTML.reference)
        writer.append(reference)
        writer.append(HTML.end)
    }

    /// `404 Not Found`
    @_lifetime(writer: copy writer)
    private func writeStatus(to writer: inout ByteWriter) {
        writer.append(decimal: UInt64(status))
        writer.append(0x20)
        writer.append(StatusText.phrase(of: status))
    }
}
