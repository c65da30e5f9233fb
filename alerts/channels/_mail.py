"""One message as the bytes of a mail: headers that nothing foreign can break, text before HTML, attachments."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from email.errors import FirstHeaderLineIsContinuationDefect, MisplacedEnvelopeHeaderDefect, MissingHeaderBodySeparatorDefect
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, EmailPolicy, compat32
from email.utils import format_datetime
from typing import TYPE_CHECKING

from alerts.model.message import Message

if TYPE_CHECKING:
    _Base = EmailPolicy[EmailMessage]
else:
    _Base = EmailPolicy


class _Folding(_Base):
    """Subjects are encoded whole: EmailPolicy drops the blank between an encoded word and a plain one."""

    def fold(self, name: str, value: str) -> str:
        if name.lower() != "subject" or str(value).isascii():
            return str(super().fold(name, value))
        encoded = Header(str(value), "utf-8", 76, name).encode(linesep=self.linesep)
        return f"{name}: {encoded}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() != "subject" or str(value).isascii():
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


#: 7-bit bodies pass every server, whatever it says of 8BITMIME; long lines are never left to the server.
_PLAIN = _Folding(linesep=SMTP.linesep, cte_type="7bit")

#: Categories of characters that no header shows: controls, line ends, format, surrogates, private, unassigned.
_NO_HEADER = {"Cc", "Zl", "Zp", "Cf", "Cs", "Co", "Cn"}


#: What a parser says of headers that end too early. (Up to Python 3.11.4 it also misses the parts that it was told not to read.)
_BROKEN_HEAD = (FirstHeaderLineIsContinuationDefect, MisplacedEnvelopeHeaderDefect, MissingHeaderBodySeparatorDefect)


class BadAddress(ValueError):
    """Not a mail address; ``str()`` says why."""


class Forged(ValueError):
    """The made mail has headers that we did not write."""


def address(said: str) -> Address:
    """``Name <me@example.org>`` or a bare address; a domain of other scripts in its ASCII form. Raises BadAddress."""
    match = re.fullmatch(r'\s*(?:"?(?P<name>[^"<>]*?)"?\s*<(?P<in>[^<>]+)>|(?P<bare>[^<>]+))\s*', said)
    spec = (match["in"] or match["bare"] or "").strip() if match else ""
    local, at, domain = spec.rpartition("@")
    if not at or not re.fullmatch(r"[^\s@\"(),:;<>\[\]\\]{1,64}", local) or ".." in f".{local}.":
        raise BadAddress(f"{neutral(said, 80)!r} is not a mail address; write me@example.org or Name <me@example.org>")
    if not all(sign.isprintable() for sign in spec):
        raise BadAddress("a mail address holds a character that cannot be seen")
    return Address(neutral((match["name"] or "") if match else ""), local, _domain(domain))


def _domain(domain: str) -> str:
    import idna

    try:
        ascii_form = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        ascii_form = ""
    if not re.fullmatch(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*", ascii_form) or len(ascii_form) > 253:
        raise BadAddress(f"{neutral(domain, 80)!r} is not the name of a mail domain")
    return ascii_form.lower()


def neutral(value: str, limit: int = 400) -> str:
    """``value`` for a header: one line, no control or turning marks, and no encoded word that would be decoded into more.

    Interpreters of this kind decode ``=?utf-8?q?a=0D=0ABcc:…?=`` in a value and write the line break out.
    """
    kept = "".join(" " if unicodedata.category(sign) in _NO_HEADER else sign for sign in value[: 4 * limit])
    text = " ".join(kept.split()).replace("=?", "= ?").replace("?=", "? =")
    return text if len(text) <= limit else text[: limit - 1] + "…"


def build(
    message: Message, *, sender: Address, to: Sequence[Address], reply_to: Address | None = None, unsubscribe: str | None = None
) -> EmailMessage:
    """The whole mail. The same message gives the same ``Message-ID`` at every attempt."""
    mail = EmailMessage(policy=_policy([sender, *to, *([reply_to] if reply_to else [])]))
    mail["From"] = sender
    mail["To"] = tuple(to)
    if reply_to:
        mail["Reply-To"] = reply_to
    mail["Subject"] = neutral(message.subject) or "Job alerts"
    mail["Date"] = format_datetime((message.at or datetime.now(UTC)).astimezone(UTC))
    mail["Message-ID"] = f"<{_token(message.id)}@{sender.domain}>"
    if message.thread:
        root = f"<thread-{_digest(message.thread)}@{sender.domain}>"
        mail["In-Reply-To"] = root
        mail["References"] = root
    mail["List-Id"] = f"<{_slug(message.thread or '')}.job-alerts.{sender.domain}>"
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<mailto:{address(unsubscribe).addr_spec}?subject=unsubscribe>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_sendable(message.text))
    if message.html:
        mail.add_alternative(_sendable(message.html), subtype="html")
    for name, media, content in message.attachments:
        _attach(mail, name, media, content)
    return mail


def as_bytes(mail: EmailMessage) -> bytes:
    """The mail as sent; raises Forged when it reads back with another set of headers than were written."""
    raw = mail.as_bytes()
    # Not the parser that made it: the older one shows what any reader would see.
    found = BytesParser(policy=compat32).parsebytes(raw, headersonly=True)
    if sorted(found.keys()) != sorted(mail.keys()) or any(isinstance(defect, _BROKEN_HEAD) for defect in found.defects):
        raise Forged("the mail would carry headers that are not ours; it is not sent")
    return raw


def needs_utf8(*addresses: Address) -> bool:
    """Must the server know SMTPUTF8 for these?"""
    return any(not one.username.isascii() for one in addresses)


def _policy(addresses: Sequence[Address]) -> EmailPolicy[EmailMessage]:
    return _PLAIN.clone(utf8=True) if needs_utf8(*addresses) else _PLAIN


def _attach(mail: EmailMessage, name: str, media: str, content: bytes) -> None:
    kind = re.fullmatch(r"([a-z]+)/([a-z0-9.+-]+)", media)
    main, sub = (kind[1], kind[2]) if kind else ("application", "octet-stream")
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[:100] or "attachment"
    if main == "text":
        mail.add_attachment(_sendable(content.decode("utf-8", "replace")), subtype=sub, filename=safe)
    else:
        mail.add_attachment(content, maintype=main, subtype=sub, filename=safe)


def _sendable(text: str) -> str:
    """What UTF-8 can carry; a NUL ends a line for some servers."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _token(name: str) -> str:
    """An id as the left side of a Message-ID; ids that lose signs on the way stay apart."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name)[:64].strip("-")
    return plain if plain and plain == name else f"{plain or 'delivery'}-{_digest(name)}"


def _slug(name: str) -> str:
    ascii_form = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_form)[:60].strip("-") or (f"s-{_digest(name)}" if name else "all")


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
