import Sys

/// A descriptor with several owners: closed when the last of them is gone.
final class Handle {
    private let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// A descriptor of its own for the same open file.
    func duplicate() throws(Errno) -> Descriptor { try descriptor.duplicate() }

    /// The number, for as long as the handle lives.
    var raw: Int32 { descriptor.raw }
}
