import Sys

/// The process of the tests.
enum Own {
    static var pid: Int32 { ChildProcess.own }
}
