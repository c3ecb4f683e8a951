/// Why a field block cannot be decoded. After any of these the two ends no longer agree on the dynamic table, so the
/// connection is over (RFC 9113 section 4.3: COMPRESSION_ERROR).
public enum HPACKFault: Error, Equatable {
    /// The block ends inside a representation.
    case truncated
    /// An integer is larger than any length or index can be (RFC 7541 section 5.1).
    case integer
    /// An index is 0 or beyond both tables (RFC 7541 sections 2.3.3 and 6.1).
    case index
    /// A Huffman-coded string holds EOS, or its padding is longer than 7 bits or not all ones (RFC 7541 section 5.2).
    case huffman
    /// A dynamic table size update is above what was allowed (RFC 7541 section 6.3).
    case tableSize
    /// A dynamic table size update stands behind a field, or is the third of its block (RFC 7541 section 4.2).
    case tableSizePlace
    /// The table had to be made smaller, and the block does not begin with the update that says so
    /// (RFC 7541 section 4.2).
    case tableSizeMissing
}
