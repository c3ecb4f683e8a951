public import Bytes
import HTTP1
public import HTTPModel

/// Answers that are given here.
extension ActionTable {
    /// The status of the redirect with this number.
    public func status(ofRedirect number: Int) -> UInt16 { redirects.status(number) }

    /// Whether the redirect names the host of the request, without which it cannot be answered.
    public func needsHost(forRedirect number: Int) -> Bool { redirects.needsHost(number) }

    /// The status of the fixed answer with this number.
    public func status(ofResponse number: Int) -> UInt16 { responseStatuses[number] }

    /// Writes where the redirect with this number sends a request.
    @_lifetime(writer: copy writer)
    public func writeLocation(ofRedirect number: Int, for head: borrowing RequestHead, to writer: inout ByteWriter) {
        redirects.write(number, for: head, to: &writer)
    }

    /// Writes the redirect with this number; `writer` has overflowed afterwards when it did not fit.
    @_lifetime(writer: copy writer)
    public func writeRedirect(
        _ number: Int, for head: borrowing RequestHead, _ context: borrowing AnswerContext,
        using memory: inout ActionMemory, to writer: inout ByteWriter
    ) {
        var location = ByteWriter(memory.text.room)
        redirects.write(number, for: head, to: &location)
        let count = location.count
        memory.text.count = count
        let nothing = context.date.extracting(0..<0)
        let answer = Answer(
            status: redirects.status(number), type: nothing, body: nothing, location: memory.text.bytes,
            date: context.date, allow: nothing)
        let list = responseEdits(context.scope, scheme: context.scheme)
        ActionTable.write(answer, context, edits, list, to: &writer)
    }

    /// Writes the fixed answer with this number; `writer` has overflowed afterwards when it did not fit.
    @_lifetime(writer: copy writer)
    public func writeResponse(_ number: Int, _ context: borrowing AnswerContext, to writer: inout ByteWriter) {
        let list = responseEdits(context.scope, scheme: context.scheme)
        ActionTable.write(responses, number, status: responseStatuses[number], context, edits, list, to: &writer)
    }

    // Those below take the table's parts one by one: what is borrowed from a part of a reference does not live longer
    // than the expression.

    @_lifetime(writer: copy writer)
    private static func write(
        _ contents: borrowing Contents, _ number: Int, status: UInt16, _ context: borrowing AnswerContext,
        _ edits: borrowing FieldEdits, _ list: FieldEditList, to writer: inout ByteWriter
    ) {
        let nothing = context.date.extracting(0..<0)
        let answer = Answer(
            status: status, type: contents.type(number), body: contents.body(number), location: nothing,
            date: context.date, allow: nothing)
        write(answer, context, edits, list, to: &writer)
    }

    /// Writes the plan's page with this number for a refusal; `writer` has overflowed afterwards when it did not fit.
    /// - Parameters:
    ///   - reference: what stands in the page for the client to quote.
    ///   - allow: methods for `Allow`.
    ///   - retryAfter: seconds for `Retry-After`; 0 sends none.
    @_lifetime(writer: copy writer)
    public func writePage(
        _ number: Int, status: UInt16, reference: Span<UInt8>, allow: Span<UInt8>, retryAfter: UInt64,
        _ context: borrowing AnswerContext, using memory: inout ActionMemory, to writer: inout ByteWriter
    ) {
        var body = ByteWriter(memory.text.room)
        pages.write(number, reference: reference, to: &body)
        let count = body.count
        memory.text.count = count
        let list = responseEdits(context.scope, scheme: context.scheme)
        ActionTable.write(
            pages, number, memory.text.bytes, status, allow, retryAfter, context, edits, list, to: &writer)
    }

    @_lifetime(writer: copy writer)
    private static func write(
        _ pages: borrowing Contents, _ number: Int, _ body: Span<UInt8>, _ status: UInt16, _ allow: Span<UInt8>,
        _ retryAfter: UInt64, _ context: borrowing AnswerContext, _ edits: borrowing FieldEdits,
        _ list: FieldEditList, to writer: inout ByteWriter
    ) {
        var answer = Answer(
            status: status, type: pages.type(number), body: body, location: context.date.extracting(0..<0),
            date: context.date, allow: allow)
        answer.forbidsStoring = true
        answer.retryAfter = retryAfter
        write(answer, context, edits, list, to: &writer)
    }

    @_lifetime(writer: copy writer)
    private static func write(
        _ answer: consuming Answer, _ context: borrowing AnswerContext, _ edits: borrowing FieldEdits,
        _ list: FieldEditList, to writer: inout ByteWriter
    ) {
        answer.omitsBody = context.omitsBody
        answer.connection = context.connection
        answer.clientMinorVersion = context.clientMinorVersion
        answer.write(changing: edits, list, to: &writer)
    }
}
