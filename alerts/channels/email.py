"""Mail, through any SMTP server.

``server`` is ``smtp://user@host:587`` (TLS by STARTTLS: required as soon as a password is set, otherwise used when the server
offers it) or ``smtps://user@host:465`` (TLS from the first byte). Certificates are always checked. Every recipient is judged by
the server's own answer; a connection that breaks after the final dot is ambiguous and tried again under the same Message-ID.
Instead of a password there may be a token (XOAUTH2): ``token_command`` prints one, or ``oauth`` renews that of a login.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from email.headerregistry import Address
from typing import TYPE_CHECKING, Literal

from alerts.channels import _answers, _mail, _mail_login, _smtp
from alerts.channels._mail_options import Options
from alerts.channels._probe import Probe
from alerts.fetch import certificates
from alerts.model.errors import FetchError
from alerts.model.message import Limits, Message, Outcome
from alerts.oauth.problem import NoToken

if TYPE_CHECKING:
    from alerts.fetch.client import Client

FORM = "email"
#: Gmail shows no more than 102 KB of a mail's HTML. Mail servers give a mail five days.
LIMITS = Limits(items=40, rows=150, size=95_000, lifetime=timedelta(days=5))


def send(message: Message, options: Options, client: Client | None = None) -> Outcome:
    """One attempt for the recipients of ``message`` (empty: all of the channel); never raises."""
    to = [_mail.address(one) for one in options.to]
    wanted = {one.lower() for one in message.recipients}
    now = [one for one in to if not wanted or one.addr_spec.lower() in wanted]
    if not now:
        return Outcome("sent", "its recipients are no longer in the configuration")
    try:
        where = _mail_login.where(options, client)
        try:
            outcome = _attempt(where, message, options, now)
        except _smtp.Failed as failed:
            where, outcome = _once_more(failed, where, message, options, now, client)
    except NoToken as problem:
        return _mail_login.without(problem)
    except OSError as error:
        return Outcome("refused", f"ca_file: {certificates.unreadable(error)}", destination=True)
    except FetchError as error:
        return Outcome("refused", str(error), destination=True)
    except (ValueError, LookupError) as error:
        return Outcome("refused", f"no mail can be made of it: {_answers.said_line(str(error))}")
    return replace(outcome, why=_mail_login.hidden(outcome.why, where))


def _once_more(
    failed: _smtp.Failed, where: _smtp.Server, message: Message, options: Options, now: Sequence[Address], client: Client | None
) -> tuple[_smtp.Server, Outcome]:
    """What a failure means; a kept token that is refused before its end has been withdrawn, and is renewed once."""
    if failed.stage == "auth" and failed.code and options.oauth:
        where = _mail_login.where(options, client, not_this=where.token or "")
        try:
            return where, _attempt(where, message, options, now)
        except _smtp.Failed as again:
            failed = again
    return where, _failed(failed, where)


def remark(options: Options) -> str | None:
    """What is known to fail before it is tried."""
    return _mail_login.never_taken(options)


def probe(options: Options, client: Client | None = None) -> Probe:
    """Could it be reached? Nothing is sent."""
    where = _mail_login.without_login(options, client)
    try:
        with _smtp.Conversation(where, min(options.deadline, 15.0)) as talk:
            talk.open()
    except _smtp.Failed as failed:
        return Probe("wrong", _failed(failed, where).why)
    if options.oauth and (missing := _mail_login.no_login(options)):
        return Probe("wrong", missing)
    login = "; the login is not tried" if options.user else ""
    return Probe("good", f"{where.host} port {where.port} greets us{login}")


def _attempt(where: _smtp.Server, message: Message, options: Options, now: Sequence[Address]) -> Outcome:
    with _smtp.Conversation(where, options.deadline) as talk:
        return _told(talk, message, options, now)


def _told(talk: _smtp.Conversation, message: Message, options: Options, now: Sequence[Address]) -> Outcome:
    sender, everyone = _mail.address(options.sender), [_mail.address(one) for one in options.to]
    _built(message, options, sender, everyone)  # what cannot be made into a mail must not cost a connection
    talk.open()
    utf8 = _mail.needs_utf8(sender, *everyone)
    beyond: dict[str, str] = {}
    if utf8 and not talk.offers("smtputf8"):
        why = "the server cannot carry addresses beyond ASCII (no SMTPUTF8)"
        if _mail.needs_utf8(sender):
            return Outcome("refused", f"{why}; use another sender's address", destination=True)
        beyond = {one.addr_spec: why for one in now if _mail.needs_utf8(one)}
        everyone, now = ([one for one in some if not _mail.needs_utf8(one)] for some in (everyone, now))
        if not now:
            return Outcome("refused", why, dead=beyond)
        utf8 = False
    mail = _built(message, options, sender, everyone)
    if talk.size_limit is not None and len(mail) > talk.size_limit:
        return Outcome("refused", f"the mail has {len(mail):,} bytes, the server takes {talk.size_limit:,}")
    return _settled(talk.hand_over(sender.addr_spec, [one.addr_spec for one in now], mail, utf8=utf8), beyond)


def _built(message: Message, options: Options, sender: Address, to: Sequence[Address]) -> bytes:
    reply = _mail.address(options.reply_to) if options.reply_to else None
    return _mail.as_bytes(_mail.build(message, sender=sender, to=to, reply_to=reply, unsubscribe=options.unsubscribe))


def _settled(taken: _smtp.Taken, beyond: Mapping[str, str]) -> Outcome:
    """Per recipient by the first digit; those whose mail was taken are done."""
    ruled = {who: (_answers.smtp("rcpt", code), f"{code} {words}") for who, (code, words) in taken.refused.items()}
    if any(ruling == "destination" for ruling, _ in ruled.values()) and not taken.accepted:
        return _answers.outcome("destination", next(words for ruling, words in ruled.values() if ruling == "destination"))
    dead = {**beyond, **{who: _answers.said_line(words) for who, (ruling, words) in ruled.items() if ruling == "message"}}
    retry = [who for who, (ruling, _) in ruled.items() if ruling != "message"]
    why = "; ".join(f"{who}: {words}" for who, (_, words) in ruled.items())
    sent = False
    if taken.final is not None:
        code, words = taken.final
        ruling = _answers.smtp("data", code)
        sent = ruling == "sent"
        why = "; ".join(part for part in (f"{code} {words}", why) if part)
        if ruling == "later":
            retry = [*taken.accepted, *retry]
        elif not sent:
            dead |= {who: _answers.said_line(f"{code} {words}") for who in taken.accepted}
    state: Literal["sent", "later", "refused"] = "later" if retry else "sent" if sent else "refused"
    return Outcome(state, _answers.said_line(why), retry=tuple(retry), dead=dead)


def _failed(failed: _smtp.Failed, where: _smtp.Server) -> Outcome:
    why = f"{_STAGES[failed.stage]}: {f'{failed.code} ' if failed.code and failed.code > 0 else ''}{failed}"
    if failed.stage == "auth" and (advice := _mail_login.advice(str(failed), where)):
        why = f"{_answers.said_line(why, 200)} ({advice})"
    if failed.permanent:
        return _answers.outcome("destination", why)
    if failed.code is None or failed.code < 0:
        return Outcome("later", _answers.said_line(why), ambiguous=failed.ambiguous)
    return _answers.outcome(_answers.smtp(failed.stage, failed.code), why)


_STAGES = {
    "connect": "connecting to the mail server",
    "hello": "greeting the mail server",
    "starttls": "securing the line to the mail server",
    "auth": "logging in to the mail server",
    "mail": "the sender's address",
    "rcpt": "the recipients' addresses",
    "data": "handing over the mail",
}
