"""The steps of the tour. Each shows one thing and fails when it is not so."""

import base64
import hashlib
import json
import os
import socket
import ssl
import time

from appliance import HOST, Failed

UPLOAD_SIZE = 50_000_000
# Seconds.
RECORD = 10


def expect(holds, text):
    if not holds:
        raise Failed(text)


def tls_connection(appliance):
    context = ssl.create_default_context(cafile=str(appliance.authority))
    plain = socket.create_connection(("127.0.0.1", appliance.https), timeout=10)
    return context.wrap_socket(plain, server_hostname=HOST)


def receive_all(connection):
    received = b""
    try:
        while piece := connection.recv(65_536):
            received += piece
    except (ssl.SSLError, ConnectionError):
        pass
    return received


def page(appliance):
    text = appliance.curl("/hello?to=you", "-i")
    print("\nTLS ended at the appliance; the server behind it got a request head that was written afresh.")
    expect("200" in text.splitlines()[0], "the page was not answered with 200")
    expect("X-Forwarded-Proto: https" in text or "x-forwarded-proto: https" in text.lower(), "the server was not told of https")
    names = {appliance.curl("/", show=False).splitlines()[0].split()[2] for _ in range(8)}
    print(f"Eight more requests were answered by: {', '.join(sorted(name.rstrip('.') for name in names))} (round robin).")
    expect(len(names) == 2, "round robin did not reach both servers")


def versions(appliance):
    for version, key in [("1.2", "ECDHE-RSA-AES128-GCM-SHA256"), ("1.2", "ECDHE-ECDSA-AES128-GCM-SHA256"), ("1.3", None)]:
        options = ["-o", "/dev/null", f"--tlsv{version}", "--tls-max", version, "-w", "%{http_code} over HTTP/%{http_version}\\n"]
        if key:
            options += ["--ciphers", key]
        expect(appliance.curl("/", *options).startswith("200"), f"TLS {version} {key or ''} failed")
    print("\nThe private keys are in masugata-keyholder; the process that you talked to has never seen them.")


def redirect(appliance):
    text = appliance.curl("/hello", "-i", scheme="http")
    expect(text.split()[1] in ("301", "308"), "plain HTTP was not redirected")
    expect(f"https://{HOST}:{appliance.https}/hello" in text or f"https://{HOST}/hello" in text, "the redirect leads elsewhere")


def websocket(appliance):
    key = base64.b64encode(os.urandom(16)).decode()
    with tls_connection(appliance) as connection:
        connection.sendall(
            f"GET /echo HTTP/1.1\r\nHost: {HOST}:{appliance.https}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
        stream = connection.makefile("rb")
        status = stream.readline().decode().strip()
        print("  " + status)
        fields = {}
        while line := stream.readline().decode().strip():
            name, _, value = line.partition(":")
            fields[name.lower()] = value.strip()
        wanted = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
        expect(status.split()[1] == "101" and fields.get("sec-websocket-accept") == wanted, "the upgrade was not accepted")
        for message in [b"kan kan", "枡形".encode()]:
            mask = os.urandom(4)
            masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(message))
            connection.sendall(bytes([0x81, 0x80 | len(message)]) + mask + masked)
            head = stream.read(2)
            answer = stream.read(head[1])
            print(f"  sent {message.decode()}, received {answer.decode()}")
            expect(answer == message, "the echo differs")


def resident_memory(appliance):
    table = json.loads(appliance.tool("processes", "--json", show=False))
    return sum(entry["resident_memory"] for entry in table if entry["role"] == "proxy")


def upload(appliance):
    file = appliance.folder / "upload.bin"
    content = os.urandom(1 << 20) * (UPLOAD_SIZE // (1 << 20) + 1)
    file.write_bytes(content[:UPLOAD_SIZE])
    before = resident_memory(appliance)
    answer = json.loads(appliance.curl("/upload/file", "-T", str(file)).strip())
    after = resident_memory(appliance)
    expect(answer["received"] == UPLOAD_SIZE, f"{answer['received']} bytes arrived")
    expect(answer["sha256"] == hashlib.sha256(content[:UPLOAD_SIZE]).hexdigest(), "what arrived differs from what was sent")
    grown = (after - before) / (1 << 20)
    print(f"\n50 MB went through while they came; the memory of the proxies changed by {grown:+.1f} MiB.")
    expect(grown < 25, "the upload was held in memory")


def send_raw(appliance, request, what):
    print(f"  {what}:")
    for line in request.replace("\r\n", "\n").rstrip("\n").split("\n"):
        print(f"    > {line}")
    with tls_connection(appliance) as connection:
        connection.sendall(request.encode("latin-1"))
        answer = receive_all(connection).decode("latin-1")
    print("    < " + "\n    < ".join(answer.replace("\r\n", "\n").rstrip("\n").split("\n")))
    return answer


def refused(appliance):
    host = f"{HOST}:{appliance.https}"
    malformed = send_raw(
        appliance, f"GET /malformed HTTP/1.1\r\nHost: {host}\r\nX Space: in a field name\r\n\r\n", "a malformed request")
    expect(" 400 " in malformed.split("\r\n")[0], "the malformed request was not answered with 400")
    smuggling = send_raw(
        appliance,
        f"POST /front HTTP/1.1\r\nHost: {host}\r\nContent-Length: 48\r\nTransfer-Encoding: chunked\r\n\r\n"
        f"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n", "an attempt to smuggle a second request")
    expect(" 400 " in smuggling.split("\r\n")[0], "the smuggling attempt was not answered with 400")
    expect(smuggling.count("HTTP/1.1 ") == 1, "the smuggled request was answered too")
    text = appliance.curl("/admin/", "-i")
    expect(" 403" in text.splitlines()[0], "the address was let in")
    reached = [line for line in appliance.backend_requests() if any(word in line for word in ("malformed", "front", "smuggled", "admin"))]
    expect(not reached, f"a refused request reached a server: {reached}")
    print("\nNone of them reached a server.")


def reload(appliance):
    good = appliance.policy.read_text()
    appliance.policy.write_text(good.replace("pool.files", "pool.fles"))
    appliance.tool("check", appliance.policy, codes=(1,))
    appliance.tool("reload", codes=(1,))
    print("\nThe old policy serves on:")
    appliance.curl("/", "-o", "/dev/null", "-w", "%{http_code}\\n")
    appliance.policy.write_text(good)
    appliance.tool("reload")


def processes(appliance):
    appliance.tool("processes")


def attest(appliance):
    # 3: nothing differs, but not all is visible without root.
    appliance.tool("attest", codes=(0,) if os.geteuid() == 0 else (0, 3))


def self_test(appliance):
    appliance.tool("selftest", limit=16)


def records(appliance):
    folder = appliance.state / "audit"
    deadline = time.monotonic() + RECORD
    while time.monotonic() < deadline:
        found = appliance.audit("search", folder, "--status", "400", "--json", show=False, codes=(0, 1))
        if len([line for line in found.splitlines() if line.startswith("{")]) >= 2:
            break
        time.sleep(0.2)
    text = appliance.audit("search", folder, "--status", "400", "--json")
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    expect(len(lines) >= 2, "the refused requests are not in the audit log")
    expect(all(line["action"] == "deny" and line["reason"] for line in lines), "a refusal has no reason")
    appliance.audit("tail", folder)


TOUR = [
    ("A page through TLS", page),
    ("TLS 1.2 and 1.3, with RSA and ECDSA keys", versions),
    ("Plain HTTP is redirected", redirect),
    ("A WebSocket echo", websocket),
    ("An upload of 50 MB, streamed", upload),
    ("Refused requests", refused),
    ("A wrong policy is refused, the old one serves on", reload),
    ("The processes", processes),
    ("What is promised, against what the kernel says", attest),
    ("Attempts to get out of the sandbox", self_test),
    ("The audit records of what just happened", records),
]
