import Testing
import Transformations

@Suite("The published cases of transformations")
struct SharedCaseTests {
    /// Cases that are not followed, with the reason. The flag `ret` of a case is not compared: the engines set it by what
    /// they do, and we say "unchanged" by what comes out.
    static let reviewed = [
        "cssDecode.json 3":
            "of two spaces after an escaped null byte the case expects one; a space belongs to an escape of digits alone"
    ]

    @Test(
        "every output is as published", .enabled(if: SharedCases.folder != nil, "MASUGATA_SHARED names no folder with cases"))
    func published() throws {
        let folder = try #require(SharedCases.folder)
        var compared = 0
        for name in SharedCases.names(folder) {
            let transformation = try #require(Self.transformation(String(name.dropLast(5))), "\(name)")
            let cases = try JSON.parse(try #require(SharedCases.file(folder + "/" + name))).items
            for (index, one) in cases.enumerated() {
                let input = SharedCases.bytes(try #require(one["input"]?.text))
                let expected = SharedCases.bytes(try #require(one["output"]?.text))
                let result = transformed(input, by: transformation)
                if Self.reviewed["\(name) \(index)"] != nil {
                    #expect(result.output != expected, "\(name) \(index) passes: take it off the list")
                    continue
                }
                #expect(result.output == expected, "\(name) \(index): \(String(decoding: input, as: UTF8.self))")
                #expect((result.outcome == .unchanged) == (input == expected), "\(name) \(index)")
                compared += 1
            }
        }
        #expect(compared > 200)
    }

    static func transformation(_ name: String) -> Transformation? {
        Transformation(name: Array(name.utf8).span)
    }
}
