"""A login server of our own that speaks as Microsoft's and Google's do: device codes, browsers, refresh tokens, their errors."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

#: How each says that nobody has typed the code in yet, and so on: status and body as their documentation gives them.
SAYS = {
    "microsoft": {
        "authorization_pending": (400, "AADSTS70016: OAuth 2.0 device flow error. Authorization is pending. Continue polling."),
        "slow_down": (400, "AADSTS70018: polled too often"),
        "expired_token": (400, "AADSTS70020: The provided value for the input parameter 'device_code' is not valid."),
        "access_denied": (400, "AADSTS65004: User declined to consent to access the app."),
        "authorization_declined": (400, "AADSTS70017: The end user denied the authorization request."),
        "invalid_grant": (400, "AADSTS700082: The refresh token has expired due to inactivity."),
        "invalid_client": (401, "AADSTS7000218: The request body must contain the following parameter: 'client_secret'."),
    },
    "google": {
        "authorization_pending": (428, "Precondition Required"),
        "slow_down": (403, "Forbidden"),
        "expired_token": (400, "Bad Request"),
        "access_denied": (403, "Forbidden"),
        "invalid_scope": (400, "Invalid device flow scope: https://mail.google.com/"),
        "invalid_grant": (400, "Token has been expired or revoked."),
        "invalid_client": (401, "Unauthorized"),
    },
}


@dataclass
class Provider:
    """``manner`` is microsoft or google; ``script`` holds the errors that are answered before the tokens."""

    manner: str
    script: list[str] = field(default_factory=list)
    #: What was asked: path and form.
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    #: A raw answer to every request instead: status, body.
    broken: tuple[int, bytes] | None = None
    expires_in: object = 3599
    number: int = 0
    #: What the browser was given: code → challenge.
    codes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                provider.asked.append((self.path, form))
                status, answer = provider.answer(self.path, form)
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def options(self, **more: object) -> dict[str, object]:
        """What stands in the configuration."""
        urls = {"device_url": f"{self.base}/device", "authorize_url": f"{self.base}/authorize", "token_url": f"{self.base}/token"}
        secret = {"client_secret": "hush-hush-client"} if self.manner == "google" else {}
        return {"provider": self.manner, "client_id": "my-own-app", **secret, **urls, **more}

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, bytes]:
        """One answer, as the real ones give it."""
        if self.broken is not None:
            return self.broken
        if self.script and (path == "/token" or self.script[0] in {"invalid_scope", "invalid_client"}):
            return self.error(self.script.pop(0))
        if path == "/device":
            return self.device()
        if self.manner == "google" and form.get("client_secret") != "hush-hush-client":
            return self.error("invalid_client")
        if form["grant_type"] == "authorization_code":
            challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
            if self.codes.get(form["code"]) != challenge:
                return self.error("invalid_grant")
        return self.tokens(form["grant_type"] == "refresh_token")

    def error(self, code: str) -> tuple[int, bytes]:
        status, said = SAYS[self.manner].get(code, (400, "Something new"))
        return status, json.dumps({"error": code, "error_description": said, "trace_id": "0b"}).encode()

    def device(self) -> tuple[int, bytes]:
        where = "https://microsoft.com/devicelogin" if self.manner == "microsoft" else "https://www.google.com/device"
        name = "verification_uri" if self.manner == "microsoft" else "verification_url"
        code = {
            "user_code": "GTHK-QPVN",
            "device_code": "device-code-which-is-secret",
            name: where,
            "expires_in": 900,
            "interval": 1,
        }
        return 200, json.dumps(code).encode()

    def tokens(self, again: bool) -> tuple[int, bytes]:
        self.number += 1
        fields = {"token_type": "Bearer", "expires_in": self.expires_in, "access_token": f"access-token-number-{self.number}"}
        if self.manner == "microsoft" or not again:  # Google gives a refresh token once only
            fields["refresh_token"] = f"refresh-token-number-{self.number}"
        return 200, json.dumps(fields).encode()
