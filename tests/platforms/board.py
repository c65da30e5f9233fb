"""A board and a hook for tests/platforms/systemd.sh: ``python board.py FOLDER``; its port, and what was told, stand in FOLDER.

A file ``FOLDER/publish`` holds how many jobs the board shows. Standard library only.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(sys.argv[1])


def job(number: int) -> dict[str, object]:
    """An invented job."""
    said = {"id": number, "internal_job_id": number + 900_000, "title": f"Engineer {number}", "company_name": "Acme"}
    said |= {"location": {"name": "Berlin, Germany"}, "content": f"<p>Work of its own, number {number}.</p>"}
    return said | {
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{number}",
        "first_published": "2026-11-20T10:00:00Z",
    }


class Handler(BaseHTTPRequestHandler):
    """Jobs to whoever asks; what is posted is written down."""

    def do_GET(self) -> None:
        """The board."""
        most = int((FOLDER / "publish").read_text("ascii"))
        self._give(200, json.dumps({"jobs": [job(1000 + number) for number in range(most)]}).encode())

    def do_POST(self) -> None:
        """The hook."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told = [str(alert["posting"]["source_id"]) for alert in body["data"]["alerts"]]
        with (FOLDER / f"told{self.path.replace('/', '-')}").open("a", encoding="ascii") as file:
            file.write("".join(f"{number}\n" for number in told))
        self._give(204, b"")

    def _give(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nobody reads it."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
(FOLDER / "port").write_text(str(server.server_address[1]), "ascii")
server.serve_forever()
