"""An internal server for tests: records every byte that it receives and answers byte for byte as it is told.

usage: origin.py FOLDER [PORTS]

Listens on so many ports, one otherwise, and prints them. What to answer at a path stands in FOLDER/scripts/HEX.json, HEX being the path in hexadecimal:
    {"early": bool, "steps": [...]}
`early` begins the steps before the request's body is read. The steps:
    {"send": TEXT}    sends the text, one byte a character
    {"fill": COUNT}   sends so many bytes
    {"wait": NAME}    waits until FOLDER/gates/NAME is there
    {"body": true}    reads the request's body now
    {"accept": true}  agrees to WebSocket, by the key of the request
    {"echo": true}    sends back what comes, until the end
    {"close": true}   closes the connection
    {"reset": true}   resets it
What happens is written to FOLDER/events, one JSON object a line, before the answer to it is sent.
"""

import base64
import hashlib
import itertools
import json
import os
import socket
import struct
import sys
import threading
import time

FOLDER = sys.argv[1]
PATIENCE = 30
# Bodies up to here are recorded whole; of longer ones only the size and the digest.
RECORDED_BODY = 1 << 17

events = open(os.path.join(FOLDER, "events"), "a", buffering=1)
lock = threading.Lock()


def record(**event):
    with lock:
        events.write(json.dumps(event) + "\n")


class Ended(Exception):
    pass


class Connection:
    def __init__(self, client, number):
        self.client = client
        self.number = number
        self.received = b""
        self.requests = 0

    def serve(self):
        record(connection=self.number, event="open")
        try:
            while True:
                self.serve_request()
        except (Ended, OSError):
            pass
        left = self.received.decode("latin-1")
        record(connection=self.number, event="closed", left=left)
        self.client.close()

    def receive(self):
        part = self.client.recv(1 << 16)
        if not part:
            raise Ended
        self.received += part

    def take_until(self, mark):
        while mark not in self.received:
            self.receive()
        end = self.received.index(mark) + len(mark)
        taken, self.received = self.received[:end], self.received[end:]
        return taken

    def take(self, count):
        while len(self.received) < count:
            self.receive()
        taken, self.received = self.received[:count], self.received[count:]
        return taken

    def serve_request(self):
        head = self.take_until(b"\r\n\r\n")
        self.requests += 1
        lines = head.decode("latin-1").split("\r\n")
        target = lines[0].split(" ")[1]
        path = target.split("?")[0]
        fields = {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip() for line in lines[1:-2]}
        script = self.script(path)
        record(
            connection=self.number, event="head", request=self.requests, path=path, target=target,
            head=head.decode("latin-1"))
        self.body_is_due = True
        if not script["early"]:
            self.read_body(path, fields)
        for step in script["steps"]:
            self.run(step, path, fields)
        self.read_body(path, fields)

    def script(self, path):
        name = os.path.join(FOLDER, "scripts", path.encode("latin-1").hex()[:200] + ".json")
        if os.path.exists(name):
            with open(name) as file:
                return json.load(file)
        body = "hello\n"
        text = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        return {"early": False, "steps": [{"send": text}]}

    def read_body(self, path, fields):
        if not self.body_is_due:
            return
        self.body_is_due = False
        digest, size, raw = hashlib.sha256(), 0, b""

        def add(part, framing=b""):
            nonlocal size, raw
            digest.update(part)
            size += len(part)
            if size <= RECORDED_BODY:
                raw += framing + part

        if fields.get("transfer-encoding") == "chunked":
            while True:
                line = self.take_until(b"\r\n")
                count = int(line, 16)
                if count == 0:
                    break
                add(self.take(count), line)
                raw += self.take(2)
            raw += line
            while True:
                line = self.take_until(b"\r\n")
                raw += line
                if line == b"\r\n":
                    break
        elif "content-length" in fields:
            left = int(fields["content-length"])
            while left > 0:
                if not self.received:
                    self.receive()
                part = self.take(min(left, len(self.received)))
                left -= len(part)
                add(part)
        record(
            connection=self.number, event="body", request=self.requests, path=path, size=size,
            digest=digest.hexdigest(), raw=raw.decode("latin-1"))

    def run(self, step, path, fields):
        if "send" in step:
            self.client.sendall(step["send"].encode("latin-1"))
        elif "fill" in step:
            block = b"x" * 65536
            left = step["fill"]
            while left > 0:
                self.client.sendall(block[: min(left, len(block))])
                left -= len(block)
        elif "wait" in step:
            end = time.monotonic() + PATIENCE
            while not os.path.exists(os.path.join(FOLDER, "gates", step["wait"])) and time.monotonic() < end:
                time.sleep(0.005)
        elif "body" in step:
            self.read_body(path, fields)
        elif "accept" in step:
            key = fields["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            answer = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
            self.client.sendall(
                ("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                 f"Sec-WebSocket-Accept: {answer}\r\n\r\n").encode())
        elif "echo" in step:
            self.echo(path)
        elif "close" in step:
            raise Ended
        elif "reset" in step:
            self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.client.close()
            raise Ended

    def echo(self, path):
        size = 0
        try:
            while True:
                if not self.received:
                    self.receive()
                part, self.received = self.received, b""
                size += len(part)
                self.client.sendall(part)
        except Ended:
            record(connection=self.number, event="echoed", path=path, size=size)
            self.client.shutdown(socket.SHUT_WR)
            raise


numbers = itertools.count(1)


def listen():
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(512)
    print(listener.getsockname()[1], flush=True)
    return listener


def accept(listener):
    while True:
        client, _ = listener.accept()
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=Connection(client, next(numbers)).serve, daemon=True).start()


listeners = [listen() for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1)]
for listener in listeners[1:]:
    threading.Thread(target=accept, args=(listener,), daemon=True).start()
accept(listeners[0])
