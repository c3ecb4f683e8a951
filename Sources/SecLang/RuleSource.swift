/// Where rules come from. Several sources are read one after the other, as if they stood in one file.
public enum RuleSource: Sendable {
    /// The file of this name, or those that match it when its last part has an asterisk. The files are handed out by the
    /// caller.
    case file(String)

    /// A text that is in no file; `name` is what diagnostics call it, and its folder is the one that names in it count
    /// from.
    case text(name: String, [UInt8])
}
