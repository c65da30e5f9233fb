"""What went wrong on the way, in a line that says what to do; never a word of what the other side sent."""

from __future__ import annotations

import os
import ssl

import httpcore

from alerts.fetch import certificates
from alerts.fetch.budget import Budget, HeadTooLong
from alerts.fetch.proxy import Unreached
from alerts.fetch.resolve import Unresolved
from alerts.fetch.stream import NotAllowed

#: All that httpcore raises; its own classes have no common root.
TRANSPORT_FAULTS = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.ConnectionNotAvailable,
    httpcore.ProxyError,
)


def unanswered(error: Exception, budget: Budget) -> bool:
    """Did nobody say anything at all, so that it may be the fault of this machine's network?"""
    return budget.in_head and not isinstance(error, (NotAllowed, HeadTooLong, httpcore.LocalProtocolError))


def explain(error: Exception, budget: Budget) -> str:
    """One transport fault in words for the operator."""
    cause = error.args[0] if error.args else None
    match error:
        case Unreached():
            return f"the proxy cannot be used: {explain(error.args[0], budget)}; see [network] proxy or HTTP_PROXY, HTTPS_PROXY"
        case httpcore.ProxyError():
            return _proxy_said(str(error)[:3])
        case httpcore.RemoteProtocolError() if budget.opening:
            return "the proxy closed the connection without an answer, or its answer was not HTTP"
        case NotAllowed():
            return f"refused: {error}"
        case Unresolved():
            return f"{error}; check the address and this machine's DNS"
        case HeadTooLong():
            return "the answer's headers do not end"
        case httpcore.TimeoutException():
            return f"no complete answer within {budget.seconds:g} s" if budget.connected or budget.wrote else _unreached(budget)
        case httpcore.ConnectError():
            return _connecting(cause)
        case httpcore.LocalProtocolError():
            return "the request could not be sent: one of its headers is not valid"
        case httpcore.RemoteProtocolError() if not budget.in_head:
            return "the answer breaks off before its end"
        case httpcore.RemoteProtocolError():
            return "the connection was closed without an answer, or the answer was not HTTP"
    return f"the connection broke ({_words(cause)})"


def may_have_arrived(error: Exception, budget: Budget) -> bool:
    """Could the request have been taken, although no answer came?"""
    return budget.wrote and not isinstance(error, httpcore.ProxyError)


def _proxy_said(status: str) -> str:
    if status == "407":
        return "the proxy wants a user name and password, or refuses those it got (status 407); say them in [network] proxy"
    if status in ("502", "503", "504"):
        return f"the proxy could not reach it (status {status})"
    return f"the proxy refuses to connect there (status {status if status.isdigit() else 'unknown'})"


def _unreached(budget: Budget) -> str:
    return f"could not be reached within {budget.seconds:g} s"


def _connecting(cause: object) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        helps = certificates.advice(cause, "[network] ca_file")
        return f"its certificate was refused ({cause.verify_message}){f'; {helps}' if helps else ''}"
    if isinstance(cause, ssl.SSLError):
        return f"no secure connection could be made ({cause.reason or 'TLS failed'})"
    return f"could not be reached ({_words(cause)})"


def _words(cause: object) -> str:
    if isinstance(cause, OSError) and cause.errno and cause.errno > 0:
        return os.strerror(cause.errno).lower()
    return "closed by the other side"
