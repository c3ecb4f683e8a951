internal import Sandbox
public import Wire

/// The way into the sandbox.
public enum Cell {
    /// How well a process's memory is guarded, apart from the sandbox.
    public struct Memory: Sendable {
        /// All of it stays out of swap.
        public let isLocked: Bool
        /// Its keys are in memory that the kernel does not map.
        public let isSecret: Bool
        /// What could not be done, for the operator.
        public let missing: [String]

        /// Memory that is guarded so.
        public init(isLocked: Bool, isSecret: Bool, missing: [String]) {
            self.isLocked = isLocked
            self.isSecret = isSecret
            self.missing = missing
        }

        /// That of processes without long-lived secrets.
        public static var ordinary: Memory { Memory(isLocked: false, isSecret: false, missing: []) }
    }

    /// Locks the process in and answers with what the supervisor is to be told of it.
    public static func enter(
        as appointment: Appointment, memory: Memory = .ordinary
    ) throws(StartError) -> ControlReport {
        // The supervisor alone has none.
        guard let profile = Profile(rawValue: appointment.role.rawValue) else { throw .notAppointed }
        do throws(SandboxError) {
            let confinement = try Sandbox.enter(profile, as: appointment.identity)
            return .confined(
                landlock: confinement.landlock, filters: confinement.filters, memoryLocked: memory.isLocked,
                secretMemory: memory.isSecret, missing: (confinement.missing + memory.missing).joined(separator: "; "))
        } catch { throw .sandbox(error) }
    }
}
