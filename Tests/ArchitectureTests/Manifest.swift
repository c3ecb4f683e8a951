import Foundation

/// The targets of Package.swift with what they depend on.
struct Manifest {
    /// A target by its name, with the targets and products that it names.
    let dependencies: [String: Set<String>]
    let tests: Set<String>

    /// `swift package dump-package` only evaluates the manifest. It gets a folder of its own, because the test run holds the
    /// lock of the usual one.
    static func read() throws -> Manifest {
        let folder = NSTemporaryDirectory() + "masugata-manifest-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let text = try Repository.output(["swift", "package", "--scratch-path", folder, "dump-package"])
        // Notes of the tool may stand before the object.
        let start = text.firstIndex(of: "{") ?? text.startIndex
        let object = try JSONSerialization.jsonObject(with: Data(text[start...].utf8)) as? [String: Any]
        var dependencies: [String: Set<String>] = [:]
        var tests: Set<String> = []
        for target in object?["targets"] as? [[String: Any]] ?? [] {
            guard let name = target["name"] as? String else { continue }
            let path = target["path"] as? String
            if target["type"] as? String == "test" || path?.hasPrefix("Tests/") == true { tests.insert(name) }
            dependencies[name] = Set((target["dependencies"] as? [[String: Any]] ?? []).compactMap(Manifest.name))
        }
        return Manifest(dependencies: dependencies, tests: tests)
    }

    /// `{"byName": ["X", null]}` or `{"product": ["X", "package", …]}`.
    private static func name(_ dependency: [String: Any]) -> String? {
        (dependency.values.first as? [Any])?.first as? String
    }

    /// A target with everything that is linked into it.
    func closure(of target: String) -> Set<String> {
        var found: Set<String> = []
        var open = [target]
        while let next = open.popLast() {
            if found.insert(next).inserted { open += dependencies[next] ?? [] }
        }
        return found
    }
}
