import Foundation
import Testing

@Suite("The levels of the targets, as ARCHITECTURE.md has them")
struct LevelTests {
    @Test("every target of the package stands in the table, and the table names no other")
    func complete() throws {
        let manifest = try Manifest.read()
        let declared = Set(manifest.dependencies.keys).subtracting(manifest.tests)
        #expect(Set(try Document.targets().map(\.target)) == declared)
    }

    @Test("no target depends on one of its own level or above, unless the table says so")
    func levels() throws {
        let manifest = try Manifest.read()
        let rows = try Document.targets()
        let levels = Dictionary(rows.map { ($0.target, $0.level) }) { one, _ in one }
        for row in rows {
            for dependency in manifest.dependencies[row.target] ?? [] {
                guard let level = levels[dependency] else { continue }
                #expect(
                    level < row.level || (level == row.level && row.mayImport.contains(dependency)),
                    "\(row.target) (\(row.level)) depends on \(dependency) (\(level))")
            }
        }
    }

    @Test("no target depends on one that its row does not list")
    func listed() throws {
        let manifest = try Manifest.read()
        for row in try Document.targets() {
            let unlisted = (manifest.dependencies[row.target] ?? []).subtracting(row.mayImport)
            #expect(
                unlisted.isEmpty, "\(row.target) depends on \(unlisted.sorted()), which ARCHITECTURE.md does not list")
        }
    }

    @Test("sources import what their target declares, and nothing of ours besides")
    func imports() throws {
        let manifest = try Manifest.read()
        let ours = Set(manifest.dependencies.keys)
        for folder in try Repository.targetFolders() {
            let target = folder.lastPathComponent
            for file in Repository.files(below: folder, ["swift"]) {
                let undeclared = Source.imports(try String(contentsOf: file, encoding: .utf8)).intersection(ours)
                    .subtracting(manifest.dependencies[target] ?? []).subtracting([target])
                #expect(undeclared.isEmpty, "\(Repository.name(file)) imports \(undeclared.sorted())")
            }
        }
    }

    @Test("the processes and what is linked into them import neither Foundation nor Dispatch nor concurrency")
    func forbiddenImports() throws {
        let manifest = try Manifest.read()
        let processes = manifest.dependencies.keys.filter { $0.hasPrefix("masugata") && !Source.tools.contains($0) }
        let linked = processes.reduce(into: Set<String>()) { $0.formUnion(manifest.closure(of: $1)) }
        let forbidden: Set = [
            "Foundation", "FoundationEssentials", "Dispatch", "_Concurrency", "Synchronization", "ArgumentParser",
        ]
        #expect(processes.count >= 7)
        for target in linked {
            for file in Repository.files(below: Repository.sources.appendingPathComponent(target), ["swift"]) {
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(Source.imports(text).isDisjoint(with: forbidden), "\(Repository.name(file))")
            }
        }
    }

    @Test("the key-holder is not linked with HTTP, the policy, or what serves them")
    func keyHolder() throws {
        let linked = try Manifest.read().closure(of: "masugata-keyholder")
        #expect(linked.isDisjoint(with: Source.foreignToKeyHolder), "\(linked.sorted())")
        #expect(linked.contains("Crypto"))
    }
}
