// NAME
//     masugata-fuzz - tries inputs on a property
//
// SYNOPSIS
//     FUZZ_TARGET=NAME masugata-fuzz [OPTION | FOLDER | FILE]...
//
// DESCRIPTION
//     Runs libFuzzer, whose options these are, on the target with that name. Built with the sanitizers by fuzz/run.
//
// SECURITY
//     Talks to nobody, and writes where its options say. It is no part of the appliance.

import CLibFuzzer
import FuzzTargets
import Glibc

/// The value of a variable of the environment.
func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
}

nonisolated(unsafe) var chosen: FuzzTarget? = nil

func run() -> Int32 {
    let name = environment("FUZZ_TARGET") ?? ""
    guard let target = FuzzTarget.named(name) else {
        let names = FuzzTarget.all.map(\.name)
        if name != "list" { print("FUZZ_TARGET=\(name) names no target; the targets are:") }
        print(names.joined(separator: "\n"))
        return name == "list" ? 0 : 2
    }
    unsafe chosen = target
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = unsafe CommandLine.unsafeArgv
    return unsafe LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        let bytes = unsafe Span<UInt8>(_unsafeStart: data!, count: size)
        do throws(Contradiction) {
            try unsafe chosen!.examine(bytes)
        } catch {
            fatalError(error.description)
        }
        return 0
    }
}

exit(run())
