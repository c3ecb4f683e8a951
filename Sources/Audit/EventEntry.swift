public import Bytes

/// Something in the audit log that no request caused: a process that ended, a policy that was loaded.
public struct EventEntry: Equatable, Sendable {
    /// When it happened.
    public var time: Timestamp

    /// What happened, as words with dots between them: `process.ended`.
    public var event: String

    /// The same for people.
    public var text: String

    /// How many, where it is about a number of things.
    public var count: UInt64?

    /// An event of these parts.
    public init(time: Timestamp, event: String, text: String, count: UInt64? = nil) {
        self.time = time
        self.event = event
        self.text = text
        self.count = count
    }

    /// Writes the event as a line of the audit log, with the number that logd gives it.
    public func writeRecord(to writer: inout ByteWriter, sequence: UInt64) {
        writer.beginRecord(sequence: sequence, time: time)
        writer.append(.event, text: Array(event.utf8).span)
        if let count { writer.append(.count, number: count) }
        if !text.isEmpty { writer.append(.text, text: Array(text.utf8).span) }
        writer.endRecord()
    }

    /// The most bytes that the line takes.
    public var lineLimit: Int {
        ByteWriter.jsonTextLimit(event.utf8.count) + ByteWriter.jsonTextLimit(text.utf8.count) + 256
    }
}
