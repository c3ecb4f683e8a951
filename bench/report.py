"""Tables in Markdown, and the bounds."""

import os
import platform
import statistics
import subprocess

import load
from peers import BARE

# Microseconds of user time that the product may spend on a request beyond what a bare loop does: policy, timers, logs.
ADDED_USER = 1.5

# Part, beginning of the cell's name, peer, bound, aim.
RATIOS = [
    ("plain", "128 B", "nginx", 0.95, 0.80),
    ("plain", "128 B", "haproxy", 0.85, 0.70),
    ("plain", "16 KiB", "nginx", 1.0, 0.85),
    ("rules", "128 B", "nginx", 0.95, 0.80),
    ("rules", "128 B", "haproxy", 0.85, 0.70),
    ("tls", "", "nginx", 1.0, 0.9),
    ("handshakes", "", "nginx", 1.0, None),
]

TITLES = {
    "plain": "Plain HTTP, kept connections",
    "rules": "Plain HTTP past 20 rules, kept connections",
    "tls": "TLS 1.3, kept connections (P-256)",
    "handshakes": "Full handshakes, one request each",
}


def line(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(heading, rows):
    return "\n".join([line(heading), line(["---"] * len(heading)), *map(line, rows)]) + "\n"


def version(command):
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=10)
    except OSError:
        return "not installed"
    return (result.stdout + result.stderr).strip().splitlines()[0]


def heading(field, options):
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for entry in file:
            if entry.startswith("model name"):
                model = entry.split(":", 1)[1].strip()
                break
    lines = [
        "# Masugata, nginx and HAProxy", "",
        f"{model}, {len(field.cores)} cores, Linux {platform.release()}, load before the start {os.getloadavg()[0]:.1f}; "
        f"{options.rounds} rounds of {options.seconds} s, medians.",
    ]
    versions = {
        "masugata": [str(field.binaries / "masugata"), "--version"], "nginx": [field.program("nginx") or "nginx", "-v"],
        "haproxy": [field.program("haproxy") or "haproxy", "-v"],
    }
    lines += [f"- {name}: {version(versions[name])}" for name in field.names]
    return "\n".join(lines) + "\n"


def median(samples, attribute):
    return statistics.median(getattr(sample, attribute) for sample in samples)


def load_table(part, samples):
    unit = "µs CPU per handshake and request" if part == "handshakes" else "µs CPU per request"
    rows = []
    for (cell, peer), values in samples.items():
        judged = median(values, "judged")
        ratios = []
        for other in ["nginx", "haproxy"]:
            reference = samples.get((cell, other))
            ratios.append(f"{judged / median(reference, 'judged'):.2f}" if reference else "–")
        rows.append([
            cell, peer, f"{judged:.2f}", f"{median(values, 'worker'):.2f}", f"{median(values, 'user'):.2f}",
            f"{median(values, 'whole'):.2f}", *ratios, f"{median(values, 'rate'):,.0f}",
        ])
    return f"\n## {TITLES[part]}\n\n" + table(
        ["", "", unit, "worker alone", "of it user", "all", "/ nginx", "/ HAProxy", "requests/s"], rows)


def verdict(value, bound, aim):
    if value > bound:
        return "**MISSED**"
    return "holds, aim reached" if aim is not None and value <= aim else "holds"


def load_bounds(part, samples):
    found = []
    cells = list(dict.fromkeys(cell for cell, _ in samples))
    for of_part, beginning, peer, bound, aim in RATIOS:
        for cell in cells:
            ours, theirs = samples.get((cell, "masugata")), samples.get((cell, peer))
            if of_part == part and cell.startswith(beginning) and ours and theirs:
                ratio = median(ours, "judged") / median(theirs, "judged")
                found.append([f"{part}, {cell}: / {peer}", f"{ratio:.2f}", f"≤ {bound:.2f}", aim or "–", verdict(ratio, bound, aim)])
    if part in load.PLAIN:
        for cell in cells:
            ours, bare = samples.get((cell, "masugata")), samples.get((cell, BARE))
            if ours and bare and cell.startswith("128 B"):
                user, bound = median(ours, "user"), median(bare, "user") + ADDED_USER
                found.append([f"{part}, {cell}: user time, µs", f"{user:.2f}", f"≤ {bound:.2f}", "–", verdict(user, bound, None)])
    return found


def idle_table(memory, clients):
    rows = []
    for (secure, peer), value in memory.items():
        reference = memory.get((secure, "nginx"))
        ratio = f"{value / reference:.2f}" if reference else "–"
        rows.append(["TLS" if secure else "plain", peer, f"{value / (1 << 20):.1f}", ratio])
    return f"\n## {clients:,} idle clients, connections kept\n\n" + table(["", "", "worker's resident memory, MiB", "/ nginx"], rows)


def idle_bounds(memory):
    found = []
    for secure in [False, True]:
        ours, theirs = memory.get((secure, "masugata")), memory.get((secure, "nginx"))
        if ours and theirs:
            name = "TLS" if secure else "plain"
            found.append([f"idle, {name}: memory / nginx", f"{ours / theirs:.2f}", "≤ 1.00", "–", verdict(ours / theirs, 1.0, None)])
    return found


def bounds_table(bounds):
    if not bounds:
        return "\nNo bound could be judged: masugata and nginx have to be among the peers.\n"
    return "\n## Bounds\n\n" + table(["", "measured", "bound", "aim", ""], bounds)
