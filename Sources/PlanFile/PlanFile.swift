internal import Bytes
public import Plan
public import Sys

/// A plan on its way between processes: its image in a memory file that nobody can change any more.
public enum PlanFile {
    /// Writes the plan's image to an empty memory file, and seals that.
    public static func write(_ plan: borrowing Plan, to file: Int32) throws(Errno) {
        try File.write(file, plan.encoded().span)
        try MemoryFile.seal(file)
    }

    /// Reads and checks the plan in a memory file.
    /// - Throws: when the file can still be changed, cannot be read, or holds a plan that is not sound.
    public static func read(_ file: Int32) throws(PlanFault) -> Plan {
        if !MemoryFile.isSealed(file) { throw PlanFault("the plan can still be changed") }
        let image: [UInt8]
        do throws(Errno) {
            image = try File.contents(file, limit: PlanBounds.image)
        } catch {
            throw PlanFault("the plan cannot be read: \(error)")
        }
        do throws(PlanError) {
            return try Plan(decoding: image.span)
        } catch {
            throw PlanFault("the plan is not sound: \(error)")
        }
    }

    /// Reads and checks the plan that came with an order.
    public static func read(_ file: consuming Descriptor?) throws(PlanFault) -> Plan {
        guard let file = consume file else { throw PlanFault("no plan came") }
        return try read(file.raw)
    }
}
