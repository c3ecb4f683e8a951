"""The field: the origin and the proxies, their configurations, started and ended."""

import json
import os
import pathlib
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import policies

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
PROXY_CORE = 0
CLIENT_CORE = 1
# Plain requests are also measured with a proxy that does nothing else: what its user time is, nobody can do without.
BARE = "bare"
# Listeners of each proxy, each with one port.
LISTENERS = ["plain", "tls", "handshake_rsa", "handshake_p256"]
# Seconds.
START = 20
END = 15
IDLE_TIMEOUT = 300
OPEN_FILES = 32_768
# Of nginx and HAProxy, which take two descriptors for each.
MOST_CONNECTIONS = 8_000


class Failed(Exception):
    """Why nothing can be measured."""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Field:
    def __init__(self, names, binaries):
        unknown = set(names) - {"masugata", "nginx", "haproxy"}
        if unknown:
            raise SystemExit(f"bench: unknown peer {', '.join(sorted(unknown))}; there are masugata, nginx, haproxy")
        self.names = names
        self.binaries = pathlib.Path(binaries or REPOSITORY / ".build" / "release").resolve()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="masugata-bench-"))
        self.cores = sorted(os.sched_getaffinity(0))
        self.processes = {}
        # What else stands in Masugata's policy: outside of all blocks, and in the site.
        self.blocks, self.site = policies.plain()
        ports = free_ports(2 + len(names) * len(LISTENERS))
        self.origin = ports.pop()
        self.ports = {name: {listener: ports.pop() for listener in LISTENERS} for name in names}
        self.ports[BARE] = {"plain": ports.pop()}
        signal.signal(signal.SIGTERM, self.interrupt)

    @staticmethod
    def interrupt(*_):
        raise KeyboardInterrupt

    # Starting and ending

    def start(self):
        self.prepare()
        for name in self.names:
            self.restart(name)

    def prepare(self):
        """All but the proxies."""
        for program in ["nginx", "wrk", "openssl"] + [name for name in self.names if name == "haproxy"]:
            if not self.program(program):
                raise Failed(f"{program} is not installed; run 'make bench' or scripts/require bench")
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        self.open_files = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (self.open_files, hard))
        # nginx starts as root and serves as another user.
        self.folder.chmod(0o755)
        self.make_certificates()
        self.make_origin()

    def use(self, blocks, site):
        """Has Masugata serve another policy from now on."""
        if (blocks, site) == (self.blocks, self.site):
            return
        self.blocks, self.site = blocks, site
        if "masugata" in self.processes:
            self.restart("masugata")

    @staticmethod
    def program(name):
        return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")

    def restart(self, name):
        self.stop(name)
        getattr(self, f"start_{name}")()
        for port in self.ports[name].values():
            self.wait_for_port(port, name)

    def spawn(self, name, command, core):
        log = open(self.folder / f"{name}.out", "ab")
        self.processes[name] = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
            preexec_fn=lambda: os.sched_setaffinity(0, {self.cores[core]}))
        log.close()

    def wait_for_port(self, port, name):
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if self.processes[name].poll() is not None:
                raise Failed(f"{name} ended at its start:\n{(self.folder / f'{name}.out').read_text(errors='replace')}")
            time.sleep(0.05)
        raise Failed(f"{name} does not listen on port {port}")

    def stop(self, name):
        process = self.processes.pop(name, None)
        if process is None:
            return
        process.terminate()
        try:
            process.wait(END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def end(self):
        for name in list(self.processes):
            self.stop(name)
        shutil.rmtree(self.folder, ignore_errors=True)

    def last_words(self, name):
        file = self.folder / f"{name}.out"
        return "\n".join(file.read_text(errors="replace").splitlines()[-10:]) if file.exists() else ""

    # Processes whose time and memory count, by name

    def pids(self, name):
        """The processes of a peer by what they are."""
        leader = self.processes[name].pid
        if name in ["haproxy", BARE]:
            return {"worker": [leader]}
        if name == "nginx":
            return {"worker": children(leader)}
        answer = subprocess.run(
            [self.binaries / "masugata", "--state", self.folder / "state", "processes", "--json"], capture_output=True,
            text=True, timeout=20)
        if answer.returncode != 0:
            raise Failed(f"masugata processes: {answer.stderr.strip()}\n{self.last_words(name)}")
        pids = {}
        for entry in json.loads(answer.stdout):
            pids.setdefault(entry["role"], []).append(entry["pid"])
        pids["worker"] = pids.pop("proxy")
        return pids

    # Configurations

    def make_certificates(self):
        for name, kind in [("rsa", ["rsa:2048"]), ("p256", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"])]:
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", *kind, "-nodes", "-days", "30", "-subj", "/CN=localhost",
                 "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{name}.key", "-out", f"{name}.pem"],
                cwd=self.folder, check=True, capture_output=True, timeout=60)
            (self.folder / f"{name}.key").chmod(0o600)
            both = (self.folder / f"{name}.pem").read_text() + (self.folder / f"{name}.key").read_text()
            (self.folder / f"{name}.both").write_text(both)

    def nginx_frame(self, name, body):
        user = "user root;" if os.geteuid() == 0 else ""
        folder = self.folder
        file = folder / f"{name}.conf"
        file.write_text(f"""
{user}
daemon off;
worker_processes 1;
worker_rlimit_nofile {self.open_files};
pid {folder}/{name}.pid;
error_log {folder}/{name}.error;
events {{ worker_connections {2 * MOST_CONNECTIONS}; }}
http {{
    client_body_temp_path {folder}/{name}-body; proxy_temp_path {folder}/{name}-proxy;
    fastcgi_temp_path {folder}/{name}-f; uwsgi_temp_path {folder}/{name}-u; scgi_temp_path {folder}/{name}-s;
    keepalive_requests 1000000000;
    keepalive_timeout {IDLE_TIMEOUT}s;
    tcp_nodelay on;
{body}
}}
""")
        return [self.program("nginx"), "-p", folder, "-c", file]

    def make_origin(self):
        (self.folder / "16384").write_bytes(b"x" * 16_384)
        body = f"""
    access_log off;
    sendfile on;
    server {{
        listen 127.0.0.1:{self.origin} backlog=4096;
        root {self.folder};
        location = /128 {{ default_type text/plain; return 200 "{'x' * 128}"; }}
    }}"""
        self.spawn("origin", self.nginx_frame("origin", body), CLIENT_CORE)
        self.wait_for_port(self.origin, "origin")

    def start_bare(self):
        program = self.folder / "bare_loop"
        compiler = self.program("cc") or self.program("clang")
        if not compiler:
            raise Failed("there is no C compiler for bench/bare_loop.c: neither cc nor clang is on the path")
        source = pathlib.Path(__file__).parent / "bare_loop.c"
        subprocess.run([compiler, "-O2", "-o", program, source], check=True, capture_output=True, timeout=60)
        self.spawn(BARE, [program, self.ports[BARE]["plain"], self.origin], PROXY_CORE)

    def start_nginx(self):
        ports = self.ports["nginx"]
        location = """
        location / {
            proxy_pass http://origin;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header Via "1.1 bench";
        }"""
        servers = f"server {{ listen 127.0.0.1:{ports['plain']} backlog=4096; {location} }}\n"
        for listener, key, resumes in [("tls", "p256", "on"), ("handshake_rsa", "rsa", "off"), ("handshake_p256", "p256", "off")]:
            servers += f"""
    server {{
        listen 127.0.0.1:{ports[listener]} ssl backlog=4096;
        ssl_certificate {self.folder}/{key}.pem; ssl_certificate_key {self.folder}/{key}.key;
        ssl_protocols TLSv1.2 TLSv1.3; ssl_session_tickets {resumes}; ssl_session_cache off;
        {location}
    }}"""
        body = f"""
    access_log {self.folder}/nginx-access.log combined buffer=64k flush=1s;
    proxy_buffer_size 32k; proxy_buffers 8 32k; proxy_busy_buffers_size 64k;
    upstream origin {{ server 127.0.0.1:{self.origin}; keepalive 512; keepalive_requests 1000000000; }}
    {servers}"""
        self.spawn("nginx", self.nginx_frame("nginx", body), PROXY_CORE)

    def start_haproxy(self):
        ports = self.ports["haproxy"]
        binds = f"  bind 127.0.0.1:{ports['plain']} backlog 4096\n"
        for listener, key, resumes in [
            ("tls", "p256", ""), ("handshake_rsa", "rsa", "no-tls-tickets"), ("handshake_p256", "p256", "no-tls-tickets")
        ]:
            binds += f"  bind 127.0.0.1:{ports[listener]} backlog 4096 ssl crt {self.folder}/{key}.both {resumes}\n"
        file = self.folder / "haproxy.cfg"
        file.write_text(f"""
global
  nbthread 1
  maxconn {MOST_CONNECTIONS}
  tune.bufsize 32768
  tune.ssl.cachesize 0
  ssl-default-bind-options ssl-min-ver TLSv1.2
  log stdout format raw local0
defaults
  mode http
  log global
  option httplog
  option forwardfor
  timeout connect 5s
  timeout client {IDLE_TIMEOUT}s
  timeout http-keep-alive {IDLE_TIMEOUT}s
  timeout server 60s
frontend bench
{binds}
  http-request set-header Via "1.1 bench"
  http-request set-header X-Forwarded-Proto http
  default_backend origin
backend origin
  http-reuse always
  server origin 127.0.0.1:{self.origin} pool-max-conn 512
""")
        self.spawn("haproxy", [self.program("haproxy"), "-f", file, "-db"], PROXY_CORE)

    def start_masugata(self):
        for name in ["masugatad", "masugata"]:
            if not (self.binaries / name).exists():
                raise Failed(f"{self.binaries / name} is missing; build with 'make'")
        ports = self.ports["masugata"]
        policy = self.folder / "bench.policy"
        policy.write_text(f"""
listen plain          {{ http  = ["127.0.0.1:{ports['plain']}"] }}
listen tls            {{ https = ["127.0.0.1:{ports['tls']}"]  tls = p256 }}
listen handshake_rsa  {{ https = ["127.0.0.1:{ports['handshake_rsa']}"]  tls = full_rsa }}
listen handshake_p256 {{ https = ["127.0.0.1:{ports['handshake_p256']}"]  tls = full_p256 }}
tls p256      {{ certificate = "p256.pem"  key = "p256.key" }}
tls full_rsa  {{ certificate = "rsa.pem"   key = "rsa.key"   session_tickets = off }}
tls full_p256 {{ certificate = "p256.pem"  key = "p256.key"  session_tickets = off }}
pool origin {{ server "127.0.0.1:{self.origin}" }}
site "*" {{
  on = [plain, tls, handshake_rsa, handshake_p256]
  {self.site}
}}
{self.blocks}
limits {{ idle = {IDLE_TIMEOUT}s  requests = 1000000000 }}
""")
        policy.chmod(0o644)
        self.spawn(
            "masugata",
            [self.binaries / "masugatad", "--policy", policy, "--state", self.folder / "state", "--workers", "1"],
            PROXY_CORE)


def children(pid):
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.append(int(entry.name))
    return found
