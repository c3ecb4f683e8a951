import Policy
import PolicyFolder
import Sys

/// What the compiler asks of the files that a policy names; by the same rules as masugatad opens them.
extension NamedFiles: PolicyFiles {
    func contents(of name: String, limit: Int) throws(PolicyFileProblem) -> [UInt8] {
        let file: Descriptor
        do throws(FileRefusal) {
            file = try PolicyFolder(policy: policy).open(name, limit: limit)
        } catch {
            throw PolicyFileProblem(error.message, hint: error.hint)
        }
        do throws(Errno) {
            return try File.contents(file.raw, limit: limit)
        } catch {
            throw PolicyFileProblem("can not be read: \(error)", hint: "check the file and its disk")
        }
    }

    func names(matching pattern: String) throws(PolicyFileProblem) -> [String] {
        do throws(FileRefusal) {
            return try PolicyFolder(policy: policy).names(matching: pattern)
        } catch {
            throw PolicyFileProblem(error.message, hint: error.hint)
        }
    }
}
