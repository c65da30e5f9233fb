"""What went wrong in an SMTP conversation, in words that say what helps."""

from __future__ import annotations

import ssl
from ipaddress import ip_address

from alerts.fetch import certificates

_READ_ENOUGH = 300


def certificate_refused(error: ssl.SSLCertVerificationError, host: str, *, by_itself: bool) -> str:
    """Why a certificate was refused and what helps; a line within this machine on which nothing secret is said needs none."""
    helps = [certificates.advice(error, "ca_file of the channel (or of [network])")]
    if by_itself and _is_this_machine(host):
        helps.append('or set tls = "never": a line within this machine needs no certificate')
    return "; ".join([f"the server's certificate was refused ({error.verify_message})", *filter(None, helps)])


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") in {"localhost", "ip6-localhost"} or host.lower().endswith(".localhost")


def text(words: bytes | str) -> str:
    """What a server said, on one line."""
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join(said.split())[:_READ_ENOUGH]


def words_of(error: Exception) -> str:
    """What broke a line, in plain words."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there (connection refused)"
    if isinstance(error, ssl.SSLError):
        return f"no secure connection could be made ({error.reason or 'TLS failed'})"
    return str(getattr(error, "strerror", None) or type(error).__name__).lower()
