"""Joins a TLS connection to its standard input and output, one byte for one byte.

usage: tls_pipe.py PORT NAME HOST [SOURCE [VERSION [PROTOCOL]]]

SOURCE is the address that it connects from, any when it is empty; VERSION is the highest version of TLS, such as 1.2;
PROTOCOL is the one application protocol that has to be agreed on.

Exits 0 when the server ended TLS as it should, 3 when the connection was cut off or broken, 4 when the handshake failed, 5
when it did not agree on PROTOCOL.
"""

import os
import select
import socket
import ssl
import sys

context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
if len(sys.argv) > 6:
    context.set_alpn_protocols([sys.argv[6]])
# Python takes a connection that was cut off for one that was closed, unless told otherwise.
context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
if len(sys.argv) > 5:
    context.maximum_version = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}[sys.argv[5]]
source = (sys.argv[4], 0) if len(sys.argv) > 4 and sys.argv[4] else None
plain = socket.create_connection((sys.argv[3], int(sys.argv[1])), timeout=20, source_address=source)
plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
try:
    server = context.wrap_socket(plain, server_hostname=sys.argv[2] or None, suppress_ragged_eofs=False)
except (ssl.SSLError, OSError):
    sys.exit(4)
if len(sys.argv) > 6 and server.selected_alpn_protocol() != sys.argv[6]:
    sys.exit(5)
# A readable socket may hold a session ticket and nothing for us.
server.setblocking(False)
inputs = [server, 0]


def receive():
    """What came; None when it was nothing, empty at the end."""
    try:
        return server.recv(65536)
    except ssl.SSLWantReadError:
        return None


def send(part):
    while part:
        try:
            part = part[server.send(part):]
        except ssl.SSLWantWriteError:
            select.select([], [server], [])
        except ssl.SSLWantReadError:
            select.select([server], [], [])


try:
    while True:
        ready = [server] if server.pending() else select.select(inputs, [], [])[0]
        if server in ready:
            part = receive()
            if part is not None and not part:
                sys.exit(0)
            while part:
                part = part[os.write(1, part):]
        if 0 in ready:
            part = os.read(0, 65536)
            if part:
                send(part)
            else:
                inputs.remove(0)
                plain.shutdown(socket.SHUT_WR)
except (ssl.SSLError, OSError):
    sys.exit(3)
