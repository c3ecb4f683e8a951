/// The supervisor's answer to `status`, for people.
enum StatusText {
    static func text(_ status: JSONValue) -> String {
        let reloading = status["reloading"].isTrue ? ", a new policy is on its way" : ""
        var lines = [
            "masugatad \(status["version"].text): \(status["state"].text) generation \(status["generation"].number) of "
                + "\(status["policy"].text)\(reloading)",
            "up \(duration(status["uptime"].number)), \(status["workers"].number) proxy processes", "",
        ]
        var listeners = TextTable(["LISTENER", "KIND", "ADDRESS"])
        for listener in status["listeners"].list {
            listeners.add([listener["name"].text, listener["kind"].text, listener["address"].text])
        }
        lines += [listeners.text, "", processes(status), "", counters(status)]
        return lines.joined(separator: "\n")
    }

    private static func processes(_ status: JSONValue) -> String {
        var table = TextTable(["PROCESS", "PID", "STATE", "RESTARTS", "LAST END"])
        for process in status["processes"].list {
            table.add([
                name(process), process["pid"].number == 0 ? "-" : "\(process["pid"].number)", process["state"].text,
                "\(process["restarts"].number)", process["last_end"].text,
            ])
        }
        return table.text
    }

    /// The counters of each role; those of the workers are added up. Zeros are left out.
    private static func counters(_ status: JSONValue) -> String {
        var roles: [(role: String, sums: [(name: String, value: UInt64)])] = []
        for process in status["processes"].list {
            let role = process["role"].text
            for counter in process["counters"].members {
                if !roles.contains(where: { $0.role == role }) { roles.append((role, [])) }
                let place = roles.firstIndex { $0.role == role } ?? 0
                if let known = roles[place].sums.firstIndex(where: { $0.name == counter.name }) {
                    roles[place].sums[known].value &+= counter.value.number
                } else {
                    roles[place].sums.append((counter.name, counter.value.number))
                }
            }
        }
        var table = TextTable(["COUNTED BY", "WHAT", "COUNT"])
        for role in roles {
            for sum in role.sums where sum.value > 0 { table.add([role.role, sum.name, "\(sum.value)"]) }
        }
        return table.text
    }

    private static func name(_ process: JSONValue) -> String {
        process["role"].text == "proxy" ? "proxy \(process["worker"].number)" : process["role"].text
    }

    /// Seconds in days, hours, minutes and seconds, without leading zeros.
    static func duration(_ seconds: UInt64) -> String {
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
        ]
        let shown = parts.drop { $0.0 == 0 }
        return shown.isEmpty ? "0 s" : shown.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
