"""A web process in place of the real one: /healthz is 200 while database and queue answer."""

import os
import socket
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from config.env import load
from config.runtime.services import both_answer


class Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if both_answer(load()) else 503)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        pass


class Inherited(HTTPServer):
    def server_bind(self) -> None:
        self.socket.close()
        self.socket = socket.socket(fileno=int(sys.argv[1]))

    def server_activate(self) -> None:
        pass


if os.environ.get("STANDIN_WEB") == "broken":
    sys.exit("ImportError: no such page")
Inherited(("127.0.0.1", 0), Health).serve_forever()
