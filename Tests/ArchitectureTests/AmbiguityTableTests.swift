import Foundation
import Testing

@Suite("The table of what could be read in two ways")
struct AmbiguityTableTests {
    @Test("every class names tests, and each of them exists")
    func tests() throws {
        let rows = try Document.ambiguities()
        #expect(rows.count >= 29)
        for row in rows {
            #expect(!row.tests.isEmpty, "\(row.name)")
            for test in row.tests {
                let parts = test.split(separator: ".").map(String.init)
                let text = try? Repository.text("Tests/\(parts[0]).swift")
                let exists = parts.count == 2 && text?.contains("func \(parts[parts.count - 1])(") == true
                #expect(exists, "\(test) of \(row.name)")
            }
        }
    }

    @Test("every class of smuggling and confusion stands in it")
    func classes() throws {
        let names = try Document.ambiguities().map(\.name).joined(separator: "\n").lowercased()
        for name in [
            "cl.te", "te.cl", "te.te", "cl.0", "0.cl", "h2.cl", "h2.te", "injection by http/2", "chunk sizes",
            "chunk extensions", "bare lf", "obs-fold", "absolute form", "several hosts", "h2c", "`connection`",
            "end with their connection", "interim responses", "split", "early hints", "malformed but framed",
        ] { #expect(names.contains(name), "\(name)") }
    }
}
