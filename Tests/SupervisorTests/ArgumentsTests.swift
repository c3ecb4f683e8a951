import Testing

@testable import masugatad

@Suite("The command line of masugatad")
struct ArgumentsTests {
    @Test("all arguments are read, with a blank or with an equals sign")
    func all() throws {
        let blank = try Arguments(["--policy", "a.policy", "--state", "/s", "--workers", "3"])
        #expect(blank == Arguments(policy: "a.policy", state: "/s", workers: 3))
        #expect(try Arguments(["--workers=256", "--policy=a=b"]) == Arguments(policy: "a=b", workers: 256))
    }

    @Test(
        "a wrong command line says what is wrong",
        arguments: [
            ([], "no policy: say --policy FILE"),
            (["--policy"], "'--policy' needs a value"),
            (["--policy="], "'--policy' needs a value"),
            (["--police", "x"], "unknown argument '--police'"),
            (["x"], "unknown argument 'x'"),
            (["--policy", "x", "--workers", "0"], "'--workers 0' is not a number from 1 to 256"),
            (["--policy", "x", "--workers", "many"], "'--workers many' is not a number from 1 to 256"),
        ] as [([String], String)])
    func mistakes(words: [String], text: String) {
        #expect(throws: Arguments.Mistake(text: text)) { try Arguments(words) }
    }
}
