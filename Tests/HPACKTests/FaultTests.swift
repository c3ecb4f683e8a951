import HPACK
import Testing

@Suite("RFC 7541: what a decoder must refuse")
struct FaultTests {
    private func fault(_ block: String) -> HPACKFault? {
        var decoding = Decoding()
        return decoding.fault(hexadecimal(block))
    }

    @Test(
        "RFC 7541 2.3.3 and 6.1: an index of 0 or beyond both tables is an error", arguments: ["80", "be", "ff80 01"])
    func indexes(block: String) {
        #expect(fault(block) == .index)
    }

    @Test(
        "RFC 7541 2.3.3: the index of a literal's name may not be beyond both tables", arguments: ["7e00", "0f2f 00"])
    func nameIndexes(block: String) {
        #expect(fault(block) == .index)
    }

    @Test(
        "RFC 7541 5.1: integers that are too large or too long are errors",
        arguments: ["ffff ffff ff0f", "ff80 8080 8080 01", "7fff ffff ff7f", "007f ffff ffff ff01", "ff80 8080 8000"])
    func integers(block: String) {
        #expect(fault(block) == .integer)
    }

    @Test("RFC 7541 5.1: an integer may have zeros behind it")
    func paddedInteger() {
        #expect(fault("3f80 8000") == nil)
    }

    @Test(
        "RFC 7541 5.2 and 6.2: a block that ends inside a representation is an error",
        arguments: ["40", "4001", "400161", "40016105", "0f", "ff", "3f", "4001 6182 ff"])
    func truncated(block: String) {
        #expect(fault(block) == .truncated)
    }

    @Test("RFC 7541 5.2: padding of a whole byte or more is an error")
    func longPadding() {
        // `a` is 00011; the rest is ones.
        #expect(fault("0081 1f00") == nil)
        #expect(fault("0082 1fff00") == .huffman)
        #expect(fault("0081 ff00") == .huffman)
    }

    @Test("RFC 7541 5.2: padding that is not the beginning of EOS is an error", arguments: ["0081 1800", "0081 1e00"])
    func wrongPadding(block: String) {
        #expect(fault(block) == .huffman)
    }

    @Test("RFC 7541 5.2: EOS in a string is an error")
    func endOfString() {
        #expect(fault("0084 ffff ffff 00") == .huffman)
        #expect(fault("0085 1fff ffff ff 00") == .huffman)
    }

    @Test("RFC 7541 4.2: a size update behind a field, or a third one, is an error")
    func updateInWrongPlace() {
        #expect(fault("8220") == .tableSizePlace)
        #expect(fault("2020 82") == nil)
        #expect(fault("2020 2082") == .tableSizePlace)
    }

    @Test("RFC 7541 6.3: a size update above what was agreed upon is an error")
    func updateTooLarge() {
        #expect(fault("3fe1 1f") == nil)
        #expect(fault("3fe2 1f") == .tableSize)
        var decoding = Decoding(tableCapacity: 8_192)
        #expect(decoding.fault(hexadecimal("3fe2 1f")) == .tableSize)
        var larger = Decoding(tableCapacity: 8_192)
        larger.decoder.limitTable(to: 8_192)
        #expect(larger.fault(hexadecimal("3fe1 3f")) == nil)
    }

    @Test("RFC 7541 4.2: after the table was made smaller, the next block begins with an update")
    func missingUpdate() throws {
        var decoding = Decoding()
        decoding.decoder.limitTable(to: 256)
        #expect(decoding.fault([0x82]) == .tableSizeMissing)
        var obedient = Decoding()
        obedient.decoder.limitTable(to: 256)
        #expect(try obedient.decode(hexadecimal("3fe1 0182")) == [":method: GET"])
        #expect(try obedient.decode([0x82]) == [":method: GET"])
    }
}
