"""An OpenAI-compatible server on loopback for tests: says what it is told to, or fails as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FakeLLM:
    """`reply` is streamed in pieces of four characters; `mode` is `ok`, a status code, or a way to fail:

    `hang` (no answer before `release` is set), `break` (the connection ends in the middle), `cut` (the stream ends
    without its last piece), `junk` (pieces that are no JSON), `shape` (JSON of another kind), `page` (a web page).
    """

    def __init__(self) -> None:
        self.reply = "好[1]。"
        self.mode: str | int = "ok"
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.release = threading.Event()
        self.base_url = ""

    def pieces(self) -> Sequence[str]:
        return [self.reply[i : i + 4] for i in range(0, len(self.reply), 4)]


@contextmanager
def serving() -> Iterator[FakeLLM]:
    """Serve a FakeLLM on a free port until the block ends."""
    fake = FakeLLM()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fake.requests.append(json.loads(body))
            fake.keys.append(self.headers.get("Authorization", ""))
            self.close_connection = True
            if isinstance(fake.mode, int):
                key = self.headers.get("Authorization", "").removeprefix("Bearer ")
                self._whole(fake.mode, "application/json", json.dumps({"error": {"message": f"bad key {key}"}}))
            elif fake.mode == "hang":
                fake.release.wait(30)
            elif fake.mode == "page":
                self._whole(200, "text/html", "<html><body>登录</body></html>")
            else:
                self._stream(fake.mode)

        def _whole(self, status: int, kind: str, text: str) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)

        def _stream(self, mode: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.send_header("Connection", "close")
            self.end_headers()
            pieces = fake.pieces()
            for number, piece in enumerate(pieces):
                if mode == "junk" and number == 1:
                    self._chunk("data: {not json\n\n")
                if mode == "shape":
                    self._chunk('data: {"choices": 7}\n\n')
                if mode == "break" and number == len(pieces) // 2:
                    return  # without the last chunk: the connection is cut
                self._event({"content": piece}, None)
            if mode != "cut":
                self._event({}, "stop")
            self._chunk("data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")

        def _event(self, delta: dict[str, str], reason: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": reason}
            event = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
            self._chunk(f"data: {json.dumps(event, ensure_ascii=False)}\n\n")

        def _chunk(self, text: str) -> None:
            data = text.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that left, as it should where the stream is broken, is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield fake
    finally:
        fake.release.set()
        server.shutdown()
        server.server_close()
        thread.join()
