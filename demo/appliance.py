"""The appliance of the demonstration: scratch folder, certificates, backends, masugatad; started and ended."""

import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
POLICY = REPOSITORY / "policies" / "examples" / "demo.policy"
HOST = "www.demo.test"

# Seconds.
START = 30
COMMAND = 60
END = 20


class Failed(Exception):
    """A step that did not do what it should, and why."""


def stop_on_signals():
    """Makes a termination end the demonstration as Ctrl-C does, so that nothing is left behind."""

    def interrupt(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)


def free_ports(count):
    """Ports that nobody listens on; all are held until the last is found, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Appliance:
    def __init__(self, binaries):
        self.binaries = pathlib.Path(binaries or REPOSITORY / ".build" / "release").resolve()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="masugata-demo-"))
        self.state = self.folder / "state"
        self.backend_log = self.folder / "backend.log"
        self.output = self.folder / "masugatad.log"
        self.processes = []
        self.daemon = None

    # Starting

    def start(self):
        print("Masugata on loopback: making certificates, starting two servers and the appliance.", flush=True)
        self.check_binaries()
        self.https, self.http, north, south = free_ports(4)
        self.make_certificates()
        self.policy = self.write_policy({8443: self.https, 8080: self.http, 9001: north, 9002: south})
        for name, port in [("north", north), ("south", south)]:
            self.spawn([REPOSITORY / "demo" / "backend", name, str(port), self.backend_log])
            self.wait_for_port(port, name)
        self.daemon = self.spawn([self.binaries / "masugatad", "--policy", self.policy, "--state", self.state])
        self.wait_until_ready()
        print(f"\nhttps://{HOST}:{self.https}/ is served (127.0.0.1), policy {self.policy}", flush=True)

    def check_binaries(self):
        for name in ["masugatad", "masugata", "masugata-audit"]:
            if not (self.binaries / name).exists():
                raise Failed(f"{self.binaries / name} is missing; build with 'make'")

    def make_certificates(self):
        tls = self.folder / "tls"
        tls.mkdir()
        kinds = {"ecdsa": ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "rsa": ["rsa:2048"]}
        self.openssl(
            ["req", "-x509", "-newkey", *kinds["ecdsa"], "-nodes", "-days", "30", "-subj", "/CN=Masugata demonstration",
             "-keyout", "authority.key", "-out", "authority.pem"])
        (tls / "names").write_text(f"subjectAltName=DNS:{HOST}\n")
        for name, kind in kinds.items():
            self.openssl(
                ["req", "-new", "-newkey", *kind, "-nodes", "-subj", f"/CN={HOST}", "-keyout", f"{name}.key",
                 "-out", f"{name}.request"])
            self.openssl(
                ["x509", "-req", "-in", f"{name}.request", "-CA", "authority.pem", "-CAkey", "authority.key",
                 "-CAcreateserial", "-days", "20", "-extfile", "names", "-out", f"{name}.pem"])
            (tls / f"{name}.key").chmod(0o600)
            (tls / f"{name}.pem").chmod(0o644)
        self.authority = tls / "authority.pem"

    def openssl(self, arguments):
        result = subprocess.run(
            ["openssl", *arguments], cwd=self.folder / "tls", capture_output=True, text=True, timeout=COMMAND)
        if result.returncode != 0:
            raise Failed(f"openssl {' '.join(arguments)}: {result.stderr.strip()}")

    def write_policy(self, ports):
        """The checked-in policy with free ports in place of its own."""
        text = re.sub(r"(127\.0\.0\.1:)(\d+)", lambda match: match[1] + str(ports[int(match[2])]), POLICY.read_text())
        policy = self.folder / "demo.policy"
        policy.write_text(text)
        policy.chmod(0o644)
        return policy

    def spawn(self, command):
        with open(self.output, "ab") as output:
            process = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True)
        self.processes.append(process)
        return process

    def wait_for_port(self, port, name):
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise Failed(f"the demonstration's server {name} did not start on port {port}")

    def wait_until_ready(self):
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            if "ready" in self.output.read_text(errors="replace").splitlines():
                return
            if self.daemon.poll() is not None:
                raise Failed(f"masugatad ended with exit code {self.daemon.returncode} before it was ready")
            time.sleep(0.05)
        raise Failed(f"masugatad was not ready within {START} seconds")

    # The tour's tools

    def run(self, command, codes=(0,), show=True, shown=None, limit=40):
        """Runs a client; prints the command and what it printed. Answers that."""
        command = [str(word) for word in command]
        if show:
            print("$ " + (shown or " ".join(command)), flush=True)
        try:
            result = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=COMMAND)
        except subprocess.TimeoutExpired:
            raise Failed(f"'{' '.join(command)}' took longer than {COMMAND} seconds") from None
        text = (result.stdout + result.stderr).rstrip()
        if show:
            lines = text.splitlines()
            if len(lines) > limit:
                lines = lines[: limit // 2] + [f"… {len(lines) - limit} lines …"] + lines[-limit // 2 :]
            print("\n".join("  " + line for line in lines), flush=True)
        if result.returncode not in codes:
            raise Failed(f"'{shown or ' '.join(command)}' ended with exit code {result.returncode}")
        return text

    def curl(self, path, *options, scheme="https", show=True):
        port = self.https if scheme == "https" else self.http
        options = ["-sS", "--max-time", "30", *options]
        url = f"{scheme}://{HOST}:{port}{path}"
        hidden = ["--cacert", str(self.authority), "--resolve", f"{HOST}:{port}:127.0.0.1"]
        return self.run(["curl", *options, *hidden, url], show=show, shown=" ".join(["curl", *options, url]))

    def tool(self, *arguments, codes=(0,), show=True, limit=60):
        shown = " ".join(["masugata", *[str(word) for word in arguments]])
        command = [self.binaries / "masugata", "--state", self.state, *arguments]
        return self.run(command, codes=codes, show=show, shown=shown, limit=limit)

    def audit(self, *arguments, show=True, codes=(0,)):
        shown = " ".join(["masugata-audit", *[str(word) for word in arguments]])
        return self.run([self.binaries / "masugata-audit", *arguments], codes=codes, show=show, shown=shown)

    def backend_requests(self):
        return self.backend_log.read_text().splitlines() if self.backend_log.exists() else []

    # The end

    def stay(self):
        print(
            f"\nThe appliance stays up until Ctrl-C. In another terminal:\n"
            f"  curl --cacert {self.authority} --resolve {HOST}:{self.https}:127.0.0.1 https://{HOST}:{self.https}/\n"
            f"  {self.binaries / 'masugata'} --state {self.state} status", flush=True)
        try:
            self.daemon.wait()
        except KeyboardInterrupt:
            print("\nEnding the appliance.")
            return
        raise Failed(f"masugatad ended by itself, with exit code {self.daemon.returncode}")

    def last_words(self):
        if not self.output.exists():
            return ""
        return "masugatad said:\n" + "\n".join("  " + line for line in self.output.read_text(errors="replace").splitlines()[-20:])

    def end(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(END)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
