/// A place in the policy's text, so that an answer can name the line that decided it.
public struct SourcePosition: BitwiseCopyable, Equatable, Sendable {
    /// The line, from 1; 0 where there is none.
    public var line: UInt32

    /// The character in the line, from 1; 0 where there is none.
    public var column: UInt32

    /// The number of the file in ``Plan/sources``.
    public var file: UInt32

    /// The place at `line` and `column` of a file.
    public init(line: UInt32 = 0, column: UInt32 = 0, file: UInt32 = 0) {
        self.line = line
        self.column = column
        self.file = file
    }
}
