internal import CLinux
internal import Glibc

/// Lines for whoever started the program, on descriptor 1.
public enum StandardOutput {
    /// Writes `text` and a line end at once.
    public static func write(_ text: String) {
        var line = text
        line.append("\n")
        line.withUTF8 { _ = unsafe Glibc.write(1, $0.baseAddress, $0.count) }
    }
}
