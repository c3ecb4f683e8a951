"""Memory of a worker with many idle clients that keep their connections."""

import pathlib
import re
import socket
import ssl
import time

from peers import Failed

REQUEST = b"GET /128 HTTP/1.1\r\nHost: localhost\r\n\r\n"
# Seconds.
SETTLE = 2


def resident(pids):
    """Resident memory, bytes."""
    total = 0
    for pid in pids:
        match = re.search(r"VmRSS:\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/status").read_text())
        total += int(match[1]) * 1024
    return total


def client(port, context):
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    if context:
        connection = context.wrap_socket(connection, server_hostname="localhost")
    connection.sendall(REQUEST)
    received = b""
    while b"\r\n\r\n" not in received or len(received.split(b"\r\n\r\n", 1)[1]) < 128:
        piece = connection.recv(4096)
        if not piece:
            raise Failed("a client was not answered, or its connection was not kept")
        received += piece
    return connection


def measure(field, peer, secure, count):
    """Resident memory of the peer's workers, bytes, while `count` clients are connected that have made one request."""
    context = None
    if secure:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    port = field.ports[peer]["tls" if secure else "plain"]
    clients = []
    try:
        for _ in range(count):
            clients.append(client(port, context))
        time.sleep(SETTLE)
        return resident(field.pids(peer)["worker"])
    except OSError as error:
        raise Failed(f"{peer}: client {len(clients) + 1} of {count}: {error}\n{field.last_words(peer)}") from None
    finally:
        for connection in clients:
            connection.close()
