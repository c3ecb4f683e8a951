import Sandbox
import Sys
import Wire

/// Which user each process runs as. The package makes an account for each role; where there is none, as on a machine
/// that only tries the appliance out, a number above the range of ordinary users stands for it: 64,800 and the
/// role's number. All proxies are one user.
enum Accounts {
    private static let firstSpare: UInt32 = 64_800

    /// The user and group of `role`.
    static func account(of role: Role) -> Account {
        if !Account.isRoot || role == .supervisor { return Account.own }
        if let account = Account.named(role.account) { return account }
        let spare = firstSpare + UInt32(role.rawValue)
        return Account(user: spare, group: spare)
    }

    /// The first order to a process of `role`.
    static func identity(of role: Role, worker: UInt16, incarnation: UInt64) -> ControlOrder {
        let account = account(of: role)
        return .identity(
            role: role, worker: worker, incarnation: incarnation, userNamespace: !Account.isRoot, uid: account.user,
            gid: account.group)
    }
}
