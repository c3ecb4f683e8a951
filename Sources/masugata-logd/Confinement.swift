internal import Sandbox
internal import Sys
internal import Wire

extension ControlPort {
    /// Waits for the order that says who this process is, locks it into its sandbox, and tells the supervisor.
    mutating func confine() throws(SandboxError) {
    }
}
