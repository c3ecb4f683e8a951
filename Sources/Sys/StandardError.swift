internal import CLinux
internal import Glibc

/// The only way a daemon speaks: one line to descriptor 2, without the standard library's buffers.
public enum StandardError {
    /// Writes `text` and a line end. Never fails loudly: there is nobody left to tell.
    public static func write(_ text: String) {
        var line = text
        line.append("\n")
        line.withUTF8 { _ = unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }
}
