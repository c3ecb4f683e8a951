import Pattern

/// Asks whether a regular expression can be answered in linear time.
enum PatternCheck {
    /// Why it can not, and what to write instead; nil when it can.
    static func problem(with text: String) -> (message: String, hint: String)? {
        do throws(PatternError) {
            _ = try Pattern(text)
            return nil
        } catch {
            return ("character \(error.offset + 1): \(error.message)", error.remedy)
        }
    }
}
