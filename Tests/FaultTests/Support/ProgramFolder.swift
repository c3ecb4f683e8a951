import Foundation

/// A folder with the executables, one of them replaced.
final class ProgramFolder {
    let path: String

    /// A script in the place of `name`.
    init(_ site: Site, replacing name: String, by script: String) throws {
        path = site.scratch.file("programs")
        try copyPrograms(except: name)
        try site.scratch.write("programs/\(name)", script)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(path)/\(name)")
    }

    /// The program at `other` in the place of `name`.
    init(_ site: Site, replacing name: String, with other: String) throws {
        path = site.scratch.file("programs")
        try copyPrograms(except: name)
        try FileManager.default.copyItem(atPath: other, toPath: "\(path)/\(name)")
    }

    /// All as they are.
    init(_ site: Site) throws {
        path = site.scratch.file("programs")
        try copyPrograms(except: "")
    }

    /// A program finds the others beside its own file, not beside a link to it: hard links where they can be made.
    private func copyPrograms(except name: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for program in Binaries.names where program != name {
            let source = "\(Binaries.folder)/\(program)"
            let file = (try? FileManager.default.destinationOfSymbolicLink(atPath: source)) ?? source
            if link(file, "\(path)/\(program)") == 0 { continue }
            try FileManager.default.copyItem(atPath: source, toPath: "\(path)/\(program)")
        }
    }
}
