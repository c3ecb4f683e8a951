"""Requests and handshakes: what a proxy's processes cost for each."""

import dataclasses
import os
import pathlib
import re
import subprocess
import time

from peers import BARE, CLIENT_CORE, Failed

TICK = 1 / os.sysconf("SC_CLK_TCK")
# Seconds of load before anything is counted.
WARM_UP = 1

# Part: listener, path, connections, fields.
CELLS = {
    "plain": [
        ("128 B, 32 connections", "plain", "/128", 32, []),
        ("128 B, 256 connections", "plain", "/128", 256, []),
        ("16 KiB, 32 connections", "plain", "/16384", 32, []),
        ("16 KiB, 256 connections", "plain", "/16384", 256, []),
    ],
    # Masugata's policy has rules, the peers' have none.
    "rules": [
        ("128 B, 32 connections", "plain", "/128", 32, []),
        ("128 B, 256 connections", "plain", "/128", 256, []),
    ],
    "tls": [
        ("128 B, 64 connections", "tls", "/128", 64, []),
        ("16 KiB, 64 connections", "tls", "/16384", 64, []),
    ],
    "handshakes": [
        ("RSA-2048", "handshake_rsa", "/128", 32, ["Connection: close"]),
        ("P-256", "handshake_p256", "/128", 32, ["Connection: close"]),
    ],
}


# Parts without TLS.
PLAIN = ["plain", "rules"]


@dataclasses.dataclass
class Sample:
    """One measurement. Times are microseconds of processor time for each request."""

    judged: float
    worker: float
    whole: float
    user: float
    rate: float


def processor_times(pids):
    """Seconds in user mode and in all, of each process."""
    times = {}
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        user, system = int(fields[11]) * TICK, int(fields[12]) * TICK
        times[pid] = (user, user + system)
    return times


def wrk(field, peer, listener, path, connections, fields, seconds):
    """Loads a proxy; answers how many requests were answered, and how many a second."""
    scheme = "http" if listener == "plain" else "https"
    command = [
        "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
        # By name, so that server name and authority agree.
        f"{scheme}://localhost:{field.ports[peer][listener]}{path}",
    ]
    for line in fields:
        command += ["-H", line]
    result = subprocess.run(
        command, capture_output=True, text=True, timeout=seconds + 30,
        preexec_fn=lambda: os.sched_setaffinity(0, {field.cores[CLIENT_CORE]}))
    text = result.stdout + result.stderr
    count = re.search(r"(\d+) requests in", text)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    if not count or not rate or int(count[1]) == 0:
        raise Failed(f"{peer}: wrk got no answer on {listener}:\n{text}\n{field.last_words(peer)}")
    if "Non-2xx" in text:
        raise Failed(f"{peer}: not every answer was 200 on {listener}:\n{text}\n{field.last_words(peer)}")
    return int(count[1]), float(rate[1])


def sample(field, peer, part, cell, seconds):
    _, listener, path, connections, fields = cell
    wrk(field, peer, listener, path, connections, fields, WARM_UP)
    roles = field.pids(peer)
    everyone = [pid for pids in roles.values() for pid in pids]
    before = processor_times(everyone)
    count, rate = wrk(field, peer, listener, path, connections, fields, seconds)
    # The log writer is at most a moment behind.
    time.sleep(0.1)
    after = processor_times(everyone)

    def spent(names, place):
        pids = [pid for name in names for pid in roles.get(name, [])]
        return sum(after[pid][place] - before[pid][place] for pid in pids) * 1e6 / count

    judged = ["worker", "logd"] + ([] if part in PLAIN else ["keyholder"])
    return Sample(
        judged=spent(judged, 1), worker=spent(["worker"], 1), whole=spent(roles, 1), user=spent(["worker"], 0), rate=rate)


def measure(field, part, rounds, seconds):
    """Samples by cell and peer; the peers take turns in every round."""
    samples = {}
    peers = field.names + ([BARE] if part in PLAIN else [])
    for peer in peers:
        if peer not in field.processes:
            field.restart(peer)
    for number in range(rounds):
        for cell in CELLS[part]:
            # Another one begins each round.
            turn = number % len(peers)
            for peer in peers[turn:] + peers[:turn]:
                samples.setdefault((cell[0], peer), []).append(sample(field, peer, part, cell, seconds))
    return samples
