internal import Sandbox
internal import Sys

/// Whose sandbox is tried.
struct Subject {
    let profile: Profile
    let identity: Identity

    /// An unprivileged user that every host has.
    private static let nobody: UInt32 = 65_534

    /// `profile` as the user who started the test or, when that is root, as nobody.
    init(_ profile: Profile) {
        self.profile = profile
        identity = Identity(userNamespace: !Account.isRoot, user: Subject.nobody, group: Subject.nobody)
    }

    /// Reads `ROLE:USER:GROUP`.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let profile = Profile.allCases.first(where: { $0.name == parts[0] }),
            let user = UInt32(parts[1]), let group = UInt32(parts[2])
        else { return nil }
        self.profile = profile
        identity = Identity(userNamespace: !Account.isRoot, user: user, group: group)
    }
}
