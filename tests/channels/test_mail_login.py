"""Mail with tokens: XOAUTH2 over real SMTP and IMAP, programs that print tokens, and what a refused login is told to do."""

from __future__ import annotations

import base64
import imaplib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from alerts.channels import email
from alerts.cli.main import main
from alerts.fetch.client import Client
from alerts.oauth import keep
from alerts.oauth.tokens import Tokens
from alerts.oauth.xoauth2 import Xoauth2
from alerts.render import email as form
from alerts.render import samples
from tests.channels.providers import Provider

MESSAGE = form.render(samples.batch(samples.platform_manager()))
TOKEN = "ya29.a-token-that-nobody-may-see-1234567890"
FEATURES = ["STARTTLS", "AUTH LOGIN PLAIN XOAUTH2"]


def options(server: Any, authority: Any, **more: Any) -> email.Options:
    given = {
        "server": f"smtp://me%40example.org@localhost:{server.port}",
        "from": "me@example.org",
        "to": ["me@example.org"],
        "deadline": 5,
        "ca_file": str(authority.pem),
    }
    return email.Options.model_validate(given | more)


def printing(folder: Path, script: str) -> list[str]:
    path = folder / "token-program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return [str(path)]


def said(server: Any) -> str:
    return "\n".join(line for _, line in server.journal)


@pytest.fixture
def microsoft() -> Iterator[Provider]:
    one = Provider("microsoft")
    yield one
    one.close()


def test_a_token_logs_in_as_the_protocol_wants_it(smtp: Callable[..., Any], authority: Any, tmp_path: Path) -> None:
    server = smtp(features=FEATURES, token=TOKEN)
    run = printing(tmp_path, f"echo {TOKEN}")
    outcome = email.send(MESSAGE, options(server, authority, token_command=run), None)
    assert (outcome.state, outcome.why.count(TOKEN)) == ("sent", 0)
    blob = base64.b64encode(f"user=me@example.org\x01auth=Bearer {TOKEN}\x01\x01".encode()).decode()
    assert f"AUTH XOAUTH2 {blob}" in said(server)
    assert "AUTH" not in "".join(line for secure, line in server.journal if not secure)


def test_the_challenge_with_the_error_gets_an_empty_answer_and_then_the_refusal_is_read(
    smtp: Callable[..., Any], authority: Any, tmp_path: Path
) -> None:
    server = smtp(features=FEATURES, token="another", auth="535 5.7.8 Username and Password not accepted. gsmtp")
    outcome = email.send(MESSAGE, options(server, authority, token_command=printing(tmp_path, f"echo {TOKEN}")), None)
    assert (outcome.state, outcome.destination) == ("refused", True)
    assert "answer=\n" in said(server) + "\n"
    assert "the token was refused (400)" in outcome.why
    assert "scope" in outcome.why
    assert TOKEN not in outcome.why


def test_a_server_that_repeats_the_token_does_not_make_us_say_it(
    smtp: Callable[..., Any], authority: Any, tmp_path: Path
) -> None:
    server = smtp(features=FEATURES, token="another", auth=f"535 no: {TOKEN}")
    outcome = email.send(MESSAGE, options(server, authority, token_command=printing(tmp_path, f"echo {TOKEN}")), None)
    assert TOKEN not in outcome.why


def test_a_login_sends_mail_and_a_withdrawn_token_is_renewed_once(
    smtp: Callable[..., Any], authority: Any, tmp_path: Path, microsoft: Provider, client: Client
) -> None:
    server = smtp(features=FEATURES, token="access-token-number-1", auth="535 5.7.3 Authentication unsuccessful")
    given = options(server, authority, oauth=microsoft.options(kept_in=str(tmp_path)))
    assert given.oauth is not None
    keep.store(keep.place(given.oauth, "me@example.org"), Tokens("withdrawn-by-the-user", 4e9, "r"))
    assert email.send(MESSAGE, given, client).state == "sent"
    assert len(microsoft.asked) == 1
    server.script.token = "never"
    outcome = email.send(MESSAGE, given, client)
    assert (outcome.state, outcome.destination, len(microsoft.asked)) == ("refused", True, 2)
    assert "access-token" not in outcome.why


def test_without_a_login_the_channel_rests_and_says_what_to_do(
    smtp: Callable[..., Any], authority: Any, tmp_path: Path, microsoft: Provider, client: Client
) -> None:
    server = smtp(features=FEATURES)
    given = options(server, authority, oauth=microsoft.options(kept_in=str(tmp_path)))
    outcome = email.send(MESSAGE, given, client)
    assert (outcome.state, outcome.destination) == ("refused", True)
    assert "job-alerts login" in outcome.why
    assert "job-alerts login" in email.probe(given, client).said
    assert server.journal == [] or "AUTH" not in said(server)


def test_a_provider_that_is_not_reached_is_tried_later(
    smtp: Callable[..., Any], authority: Any, tmp_path: Path, client: Client
) -> None:
    gone = Provider("google")
    given = options(smtp(features=FEATURES), authority, oauth=gone.options(kept_in=str(tmp_path)))
    gone.close()
    assert given.oauth is not None
    keep.store(keep.place(given.oauth, "me@example.org"), Tokens("old", 0.0, "r"))
    assert email.send(MESSAGE, given, client).state == "later"


#: What the program does → state, destination, words of the reason
PROGRAMS = [
    (f"echo {TOKEN}; echo '{TOKEN} is wrong' >&2; exit 1", "later", False, "status 1"),
    ("echo 'gpg: no secret key' >&2; exit 78", "refused", True, "no secret key"),
    ("exit 75", "later", False, "status 75"),
    ("sleep 30", "later", False, "did not end within"),
    ("sleep 30 & echo", "refused", True, "must print the access token"),
    ("echo one; echo two", "refused", True, "must print the access token"),
    ('echo \'{"access_token": "x"}\'', "refused", True, "must print the access token"),
]


@pytest.mark.parametrize(("script", "state", "destination", "why"), PROGRAMS, ids=[row[3] + row[0][-9:] for row in PROGRAMS])
def test_a_program_that_fails_is_told_in_a_line_without_the_token(
    smtp: Callable[..., Any], authority: Any, tmp_path: Path, script: str, state: str, destination: bool, why: str
) -> None:
    given = options(smtp(features=FEATURES), authority, token_command=printing(tmp_path, script), deadline=1)
    outcome = email.send(MESSAGE, given, None)
    assert (outcome.state, outcome.destination) == (state, destination)
    assert why in outcome.why
    assert TOKEN not in outcome.why
    assert "\n" not in outcome.why


def test_a_program_that_is_not_there(smtp: Callable[..., Any], authority: Any) -> None:
    outcome = email.send(MESSAGE, options(smtp(), authority, token_command=["/nowhere/token"]), None)
    assert (outcome.state, outcome.destination) == ("refused", True)
    assert "cannot be started" in outcome.why


#: What the server says, whose it is → what is advised
REFUSALS = [
    ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "Outlook"),
    ("550 5.7.30 Basic authentication is not supported for Client Submission.", "Outlook"),
    ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", "administrator"),
    ("534 5.7.9 Application-specific password required. For more information, go to https://support.google.com", "app password"),
    ("534 5.7.14 Please log in via your web browser and then try again.", "browser"),
]


@pytest.mark.parametrize(("answer", "advice"), REFUSALS, ids=[row[0][:16] + row[1] for row in REFUSALS])
def test_a_provider_that_refuses_passwords_is_answered_with_what_to_do_instead(
    smtp: Callable[..., Any], authority: Any, answer: str, advice: str
) -> None:
    server = smtp(features=["STARTTLS", "AUTH LOGIN PLAIN"], auth=answer)
    outcome = email.send(MESSAGE, options(server, authority, password="hush-hush"), None)
    assert (outcome.state, outcome.destination) == ("refused", True)
    assert advice in outcome.why
    assert answer[:9] in outcome.why
    assert "\n" not in outcome.why


@pytest.mark.parametrize(
    ("host", "advice"),
    [
        ("smtp.gmail.com", "app password"),
        ("smtp-mail.outlook.com", "oauth"),
        ("smtp.office365.com", "oauth"),
        ("smtp.fastmail.com", "app"),
    ],
)
def test_what_a_provider_always_wants_is_known_by_its_name(host: str, advice: str) -> None:
    from alerts.channels import _mail_login, _smtp

    assert advice in _mail_login.advice("5.7.8 no", _smtp.Server(host, 587, password="x"))
    assert _mail_login.advice("5.7.8 no", _smtp.Server(f"{host}.example.org", 587, password="x")) == ""


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("smtp://me@smtp.office365.com:587", True),
        ("smtp://me@smtp-mail.outlook.com", True),
        ("smtp://me@smtp.gmail.com", False),
        ("smtp://me@outlook.com.example.org", False),
    ],
)
def test_a_password_that_no_provider_will_take_is_said_when_the_file_is_checked(
    tmp_path: Path, server: str, said: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "config.toml"
    rest = 'from = "me@example.org"\nto = "me@example.org"\npassword = "hush-hush"\n'
    path.write_text(f'[channels.mail]\nkind = "email"\nserver = "{server}"\n{rest}')
    main(["check", "--json", "--config", str(path)])
    remarks = json.loads(capsys.readouterr().out)["remarks"]
    assert any("channels.mail: Microsoft takes no passwords" in remark for remark in remarks) is said


def test_a_server_that_takes_only_tokens_says_so(smtp: Callable[..., Any], authority: Any) -> None:
    """It was "smtpexception", and tried again for days."""
    server = smtp(features=["STARTTLS", "AUTH XOAUTH2"])
    outcome = email.send(MESSAGE, options(server, authority, password="hush-hush"), None)
    assert (outcome.state, outcome.destination) == ("refused", True)
    assert "takes no passwords; it offers XOAUTH2" in outcome.why
    assert "token_command" in outcome.why


@pytest.mark.parametrize("offer", ["AUTH PLAIN LOGIN", "SIZE 1000000"])
def test_a_server_that_takes_no_tokens_says_so(smtp: Callable[..., Any], authority: Any, tmp_path: Path, offer: str) -> None:
    server = smtp(features=["STARTTLS", offer])
    outcome = email.send(MESSAGE, options(server, authority, token_command=printing(tmp_path, f"echo {TOKEN}")), None)
    assert (outcome.state, outcome.destination) == ("refused", True)
    assert "takes no token" in outcome.why


def test_without_tls_no_token_is_said(smtp: Callable[..., Any], authority: Any, tmp_path: Path) -> None:
    server = smtp(features=["AUTH XOAUTH2"])
    outcome = email.send(MESSAGE, options(server, authority, token_command=printing(tmp_path, f"echo {TOKEN}")), None)
    assert outcome.state == "refused"
    assert [line for _, line in server.journal if line.upper().startswith("AUTH")] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "x", "token_command": ["t"]},
        {"token_command": ["t"], "oauth": {"provider": "google", "client_id": "x"}},
        {"token_command": ["t"], "tls": "never"},
        {"token_command": ["t"], "tls": "offered"},
        {"token_command": ["t"], "server": "smtp://smtp.example.org"},
        {"token_command": []},
    ],
    ids=str,
)
def test_ways_to_log_in_that_exclude_each_other_or_say_a_token_in_the_clear(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        email.Options.model_validate(
            {"server": "smtp://me@smtp.example.org", "from": "a@example.org", "to": "b@example.org"} | wrong
        )


def configuration(folder: Path, server: Any, authority: Any, oauth: dict[str, object]) -> Path:
    path = folder / "config.toml"
    inner = ", ".join(f"{key} = {json.dumps(value)}" for key, value in oauth.items())
    path.write_text(
        f'[settings]\ndatabase = "a.db"\n[network]\nallow_private = ["127.0.0.1"]\n[channels.mail]\nkind = "email"\n'
        f'server = "smtp://me%40example.org@localhost:{server.port}"\nca_file = {json.dumps(str(authority.pem))}\n'
        f'from = "me@example.org"\nto = ["me@example.org"]\noauth = {{ {inner} }}\n'
    )
    return path


def test_the_whole_way_login_test_and_nothing_secret_anywhere(
    smtp: Callable[..., Any], authority: Any, tmp_path: Path, microsoft: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    """``job-alerts login mail``, then ``job-alerts test mail``; the tokens are in the kept file only."""
    server = smtp(features=FEATURES, token="access-token-number-1")
    path = configuration(tmp_path, server, authority, microsoft.options())
    call = ["--config", str(path)]
    assert main(["test", "mail", *call]) == 1
    assert "job-alerts login" in capsys.readouterr().out
    microsoft.script = ["authorization_pending"]
    assert main(["login", "mail", "--json", *call]) == 0
    shown = capsys.readouterr()
    assert "GTHK-QPVN" in shown.err
    kept = json.loads(shown.out)
    assert (kept["provider"], kept["user"]) == ("microsoft", "me@example.org")
    assert main(["test", "mail", *call]) == 0
    assert main(["check", *call]) == 0
    assert len(server.mails) == 1
    everything = shown.out + shown.err + "".join(capsys.readouterr())
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and file.parent.name != "logins"]
    for secret in ("access-token-number-1", "refresh-token-number-1", "device-code-which-is-secret"):
        assert secret not in everything
        assert not any(secret.encode() in content for content in files)
    assert oct(Path(kept["kept_in"]).stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize(("name", "said"), [("nobody", "there are: mail, plain"), ("plain", "oauth =")])
def test_a_login_for_a_channel_that_has_none(tmp_path: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        '[channels.mail]\nkind = "email"\nserver = "smtp://me@h.example"\nfrom = "a@b.example"\nto = "a@b.example"\n'
        'oauth = { provider = "google", client_id = "x" }\n[channels.plain]\nkind = "console"\n'
    )
    assert main(["login", name, "--config", str(path)]) == 2
    assert said in capsys.readouterr().err


class Imap:
    """As much of an IMAP server as a login takes; lets one token in, and complains of others as Google and Microsoft do."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.heard: list[str] = []
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        with self.listener:
            line, _ = self.listener.accept()
        with line, line.makefile("rwb") as stream:

            def say(text: str) -> None:
                stream.write(text.encode() + b"\r\n")
                stream.flush()

            say("* OK ready")
            while raw := stream.readline():
                tag, _, rest = raw.decode().strip().partition(" ")
                if rest.startswith("AUTHENTICATE XOAUTH2"):
                    say("+ ")
                    blob = base64.b64decode(stream.readline().strip()).decode()
                    if blob == f"user=me@example.org\x01auth=Bearer {TOKEN}\x01\x01":
                        say(f"{tag} OK welcome")
                        continue
                    say(
                        "+ "
                        + base64.b64encode(b'{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}').decode()
                    )
                    self.heard.append(stream.readline().decode())
                    say(f"{tag} NO [AUTHENTICATIONFAILED] Invalid credentials")
                else:
                    say(f"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n{tag} OK done")


def test_the_same_words_log_in_to_imap() -> None:
    """What a mailbox will be read with: AUTHENTICATE XOAUTH2, and the empty answer to a complaint."""
    server = Imap()
    with imaplib.IMAP4("127.0.0.1", server.port) as imap:
        assert imap.authenticate("XOAUTH2", Xoauth2("me@example.org", TOKEN))[0] == "OK"  # type: ignore[arg-type]
    server = Imap()
    answers = Xoauth2("me@example.org", "another")
    with imaplib.IMAP4("127.0.0.1", server.port) as imap, pytest.raises(imaplib.IMAP4.error, match="Invalid credentials"):
        imap.authenticate("XOAUTH2", answers)  # type: ignore[arg-type]
    assert (server.heard, answers.complaint) == (["\r\n"], "the token was refused (401)")
