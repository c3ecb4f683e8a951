internal import CLinux
internal import Glibc
internal import Sys

/// A file system with one empty, read-only folder, in place of the host's.
enum EmptyRoot {
    /// Folders of the host of which one surely exists; only a place to mount upon, nothing in it is touched.
    private static let mountPoints = ["/tmp", "/run", "/var"]

    /// Room for the root folder itself and nothing else.
    private static let options = "nr_inodes=2,size=4k,mode=555"

    /// Leaves the host's file system. The process must be in a mount namespace of its own.
    static func enter() throws(SandboxError) {
        try SandboxError.step(
            "empty root", remedy: "allow the service to mount (CAP_SYS_ADMIN, system call filter of its unit)"
        ) { () throws(Errno) in
            let flags = UInt(MS_NOSUID | MS_NODEV | MS_NOEXEC)
            try mount(nil, "/", nil, UInt(MS_REC | MS_PRIVATE), nil)
            let place = try mountEmptyFolder(flags)
            if unsafe chdir(place) < 0 { throw Errno.last("chdir") }
            // The old root lands on top of the new one and is then taken off as a whole.
            try Errno.check(unsafe masugata_pivot_root(".", "."), "pivot_root")
            if unsafe umount2(".", Int32(MNT_DETACH)) < 0 { throw Errno.last("umount2") }
            if unsafe chdir("/") < 0 { throw Errno.last("chdir") }
            try mount(nil, "/", nil, flags | UInt(MS_REMOUNT | MS_RDONLY), options)
        }
    }

    private static func mountEmptyFolder(_ flags: UInt) throws(Errno) -> String {
        var last = Errno(ENOENT, "mount")
        for place in mountPoints {
            do throws(Errno) {
                try mount("masugata", place, "tmpfs", flags, options)
                return place
            } catch {
                last = error
            }
        }
        throw last
    }

    private static func mount(
        _ source: String?, _ target: String, _ type: String?, _ flags: UInt, _ options: String?
    ) throws(Errno) {
        if unsafe Glibc.mount(source, target, type, flags, options) < 0 { throw Errno.last("mount") }
    }
}
