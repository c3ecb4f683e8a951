internal import Bytes
internal import HTTP2

/// What a client's slot is besides where it stands for no connection but for one stream of one (RFC 9113 section 5).
///
/// A stream has the exchange, the input and the output that a connection of HTTP/1 has, and the stages of the
/// pipeline do not tell them apart. Its output is what a client of HTTP/1 would get, but for the framing of bodies,
/// which is taken off where it is put into frames.
struct ClientStream: BitwiseCopyable {
    /// The slot of its connection.
    var connection: Int32
    /// Its name there.
    var reference: StreamReference

    /// The head of the response that is not an interim one has been sent.
    var headSent = false
    /// END_STREAM has been sent.
    var endSent = false
    /// The response cannot be sent: the stream is to be broken off.
    var isBroken = false

    /// Received behind what is in the input, whose buffer is full: `0..<moreEnd`. What the client may send before it
    /// is consumed fits into the two.
    var more = Buffer.none
    var moreEnd: Int32 = 0
    /// The end of the request's body as HTTP/1.1 has it, where there are trailer fields: `0..<trailersEnd`.
    var trailers = Buffer.none
    var trailersEnd: Int32 = 0
    /// Bytes at the end of the output that are the end of a chunked body with trailer fields.
    var outputTrailers: Int32 = 0
}
