import Foundation

/// What `/proc` shows of the descriptors of a process.
enum ProcessFiles {
    /// The targets of its descriptors.
    static func targets(of pid: Int32) -> [String] {
        let folder = "/proc/\(pid)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") }
    }

    /// How many descriptors it has open.
    static func count(of pid: Int32) -> Int { targets(of: pid).count }

    /// The ports of clients whose connections to `port` the process holds.
    static func clients(of pid: Int32, at ports: [UInt16]) -> Set<UInt16> {
        Set(connections(of: pid).filter { ports.contains($0.own) }.map(\.peer))
    }

    /// The own ports of connections that the process holds to servers at `ports`.
    static func servers(of pid: Int32, at ports: [UInt16]) -> Set<UInt16> {
        Set(connections(of: pid).filter { ports.contains($0.peer) }.map(\.own))
    }

    /// A child of a process, by its name.
    static func child(of parent: Int32, named name: String) -> Int32? {
        children(of: parent).first { text("/proc/\($0)/comm") == "\(name)\n" }
    }

    /// A process and all below it.
    static func tree(of pid: Int32) -> [Int32] { [pid] + children(of: pid).flatMap(tree) }

    private static func children(of parent: Int32) -> [Int32] {
        text("/proc/\(parent)/task/\(parent)/children").split(separator: " ").compactMap { Int32($0) }
    }

    private static func connections(of pid: Int32) -> [(own: UInt16, peer: UInt16)] {
        let sockets = Set(targets(of: pid).filter { $0.hasPrefix("socket:[") }.map { String($0.dropFirst(8).dropLast()) })
        let table = text("/proc/net/tcp")
        var found: [(own: UInt16, peer: UInt16)] = []
        for line in table.split(separator: "\n").dropFirst() {
            let words = line.split(separator: " ")
            guard words.count > 9, sockets.contains(String(words[9])), let own = port(words[1]),
                let peer = port(words[2]), peer != 0
            else { continue }
            found.append((own, peer))
        }
        return found
    }

    /// A file of `/proc` to its end: it says no size, and comes in pieces.
    private static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    private static func port(_ word: Substring) -> UInt16? { word.split(separator: ":").last.flatMap { UInt16($0, radix: 16) } }
}
