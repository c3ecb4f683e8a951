import Glibc

/// The published cases of transformations, which are no part of this project: one folder of JSON files below the folder
/// that `MASUGATA_SHARED` names.
enum SharedCases {
    static var folder: String? {
        guard let shared = getenv("MASUGATA_SHARED") else { return nil }
        let path = String(cString: shared) + "/seclang-cases/transformations"
        return access(path, R_OK) == 0 ? path : nil
    }

    static func file(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[0..<count] }
        return bytes
    }

    static func names(_ folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".json") { names.append(name) }
        }
        return names.sorted()
    }

    /// The cases write bytes as `\xHH` and `\uHHHH` inside their strings; the low byte of the latter is meant.
    static func bytes(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        func value(_ start: Int, _ count: Int) -> UInt8? {
            guard start + count <= text.count else { return nil }
            return Int(String(decoding: text[start..<start + count], as: UTF8.self), radix: 16)
                .map { UInt8(truncatingIfNeeded: $0) }
        }
        while index < text.count {
            if text[index] == 0x5c, index + 1 < text.count {
                if text[index + 1] == 0x78, let byte = value(index + 2, 2) {
                    result.append(byte)
                    index += 4
                    continue
                }
                if text[index + 1] == 0x75, let byte = value(index + 2, 4) {
                    result.append(byte)
                    index += 6
                    continue
                }
            }
            result.append(text[index])
            index += 1
        }
        return result
    }
}
