"""A mistake in the file is never silent: it is reported with its line and key, together with all others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from alerts.config.find import SYSTEM, find, state_folder
from alerts.config.load import load
from alerts.model.errors import ConfigError
from alerts.model.event import EventKind
from alerts.model.plan import Network

GOOD = """
[[sources]]
url = "https://boards.greenhouse.io/affirm"

[[searches]]
name  = "managers"
title = ["engineering manager"]

[channels.console]
kind = "console"
"""


def plan_of(folder: Path, text: str, env: dict[str, str] | None = None):
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, env or {})


def mistakes(folder: Path, text: str, env: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        plan_of(folder, text, env)
    return [line.removeprefix(f"{folder}/") for line in caught.value.problems]


def test_a_good_file_becomes_a_plan(tmp_path):
    plan = plan_of(tmp_path, GOOD)
    assert [(s.key, s.kind, s.every) for s in plan.sources] == [("greenhouse:affirm", "greenhouse", timedelta(minutes=30))]
    assert plan.searches[0].channels == ("console",), "a search without channels tells all of them"
    assert plan.searches[0].events == {EventKind.NEW}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[settings]\nevry = '5m'", 'config.toml:2: settings.evry: unknown key; did you mean "every"?'),
        ("[settings]\nevery = 'soon'", "config.toml:2: settings.every: 'soon' is not a span of time; write for example \"90s\""),
        ("[settings]\nevery = '0s'", "config.toml:2: settings.every: must be between one second and ten years"),
        ("[settings]\ntimezone = 'Berlin'", "config.toml:2: settings.timezone: unknown time zone 'Berlin'"),
        ("[settings]\nnotify = 'mial'", "config.toml:2: settings.notify: there is no channel 'mial'"),
        ("[settings]\nhome = 'Xqzwv'", "config.toml:2: settings.home: no place is known as 'Xqzwv'"),
        ("[setings]\n", 'config.toml:1: setings: unknown key; did you mean "settings"?'),
        ("[[sources]]\nname = 'x'", "config.toml:1: sources[1]: needs url = "),
        ("[[sources]]\nkind = 'grenhouse'\nboard = 'x'", "config.toml:2: sources[1].kind: unknown kind of source 'grenhouse'"),
        (
            "[[sources]]\nkind = 'lever'\nsite = 'x'\nsiet = 'y'",
            'config.toml:4: sources[1].siet: unknown key; did you mean "site"?',
        ),
        ("[[sources]]\nkind = 'lever'", "config.toml:1: sources[1].site: is missing and must be given"),
        ("[[sources]]\nurl = 'https://example.org/x'", "config.toml:2: sources[1].url: no kind of source is certain"),
        (
            "[[sources]]\nurl='https://jobs.lever.co/a'\n[[sources]]\nurl='https://jobs.lever.co/a/'",
            "config.toml:3: sources[2]: the same source stands here twice",
        ),
        ("[[searches]]\ntitle = ['x']", "config.toml:1: searches[1].name: is missing and must be given"),
        ("[[searches]]\nname = 'x'", "config.toml:1: searches[1]: asks for nothing, so it would match every job"),
        (
            "[[searches]]\nname='x'\ntitle='a'\n[[searches]]\nname='x'\ntitle='b'",
            "config.toml:5: searches[2].name: two searches are named 'x'",
        ),
        ("[[searches]]\nname='x'\ntitle='a'\nsalary='lots'", "config.toml:4: searches[1].salary: "),
        ("[[searches]]\nname='x'\nlevel='sinior'", "config.toml:3: searches[1].level"),
        ("[[searches]]\nname='x'\ntitle='a'\nwork='remot'", "config.toml:4: searches[1].work"),
        ("[[searches]]\nname='x'\nquery='title:(a OR'", "config.toml:3: searches[1].query: "),
        ("[[searches]]\nname='x'\ntitle='a'\nwhen='often'", "config.toml:4: searches[1].when: 'often' is not a schedule; write"),
        ("[[searches]]\nname='x'\ntitle='a'\nevents=['newish']", "config.toml:4: searches[1].events[1]: must be 'new'"),
        (
            "[[searches]]\nname='x'\ntitle='a'\nchannels=['nowhere']",
            "config.toml:4: searches[1].channels[1]: there is no channel 'nowhere'",
        ),
        (
            "[[searches]]\nname='x'\nsalary={min='1k EUR', unknown='maybe'}",
            'config.toml:3: searches[1].salary: unknown must be "keep" or "drop"',
        ),
        ("[channels.m]\nkind='slak'\n", "config.toml:2: channels.m.kind: unknown kind of channel 'slak'. Did you mean 'slack'?"),
        (
            "[channels.m]\nkind='slack'\nurl={env='NOPE'}",
            "config.toml:3: channels.m.url: the environment variable NOPE is not set",
        ),
        ("[channels.m]\nkind='slack'\nurl={file='none'}", "config.toml:3: channels.m.url: the secret file "),
        ("[channels.m]\nkind='console'\nquiet='10pm'", "config.toml:3: channels.m.quiet: '10pm' are not quiet hours"),
        ("[network]\nallow_private=['10.0.0.0/99']", "config.toml:2: network.allow_private[1]: '10.0.0.0/99' is not an address"),
        ("sources = 3", "config.toml:1: sources: must be a list of tables; write each under [[sources]]"),
        ("a = [", "config.toml:1: not valid TOML"),
    ],
)
def test_every_mistake_is_said_with_file_line_and_key(tmp_path, text, expected):
    found = mistakes(tmp_path, text)
    assert any(line.startswith(expected) for line in found), found


def test_all_mistakes_are_reported_at_once(tmp_path):
    text = "[settings]\nevry='5m'\n[[sources]]\nkind='nope'\n[[searches]]\nname='x'\ntitel='a'\n[channels.c]\nkind='consol'\n"
    lines = [int(line.split(":")[1]) for line in mistakes(tmp_path, text)]
    assert sorted(lines) == [2, 4, 7, 9]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xfe", ":1: not UTF-8"),
        (b"a = 1\na = 2", ":2: not valid TOML"),
        (b"x = " + b"[" * 3000, ": not"),
        (b"x = " + b"9" * 5000, ": not usable as TOML"),
    ],
)
def test_a_file_that_is_no_toml_is_one_clear_line(tmp_path, content, expected):
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert expected in str(caught.value)
    assert len(caught.value.problems) == 1


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load(path, {}).searches


def test_a_missing_file_says_how_to_write_one(tmp_path):
    with pytest.raises(ConfigError, match="job-alerts init"):
        load(tmp_path / "none.toml", {})


def test_searches_d_holds_further_searches_and_nothing_else(tmp_path):
    extra = tmp_path / "searches.d"
    extra.mkdir()
    (extra / "b.toml").write_text("[[searches]]\nname='second'\ntitle='nurse'\n")
    assert [s.name for s in plan_of(tmp_path, GOOD).searches] == ["managers", "second"]
    (extra / "c.toml").write_text("[settings]\nevery='5m'\n")
    assert any("searches.d/c.toml:1: settings: unknown key" in line for line in mistakes(tmp_path, GOOD))


def test_unknown_can_be_decided_for_one_condition(tmp_path):
    plan = plan_of(tmp_path, GOOD.replace("title =", "salary = { min = '100k EUR', unknown = 'drop' }\ntitle ="))
    assert plan.searches[0].search.salary == "100k EUR"
    assert plan.searches[0].search.unknown_for == {"salary": "drop"}


def test_a_secret_is_resolved_and_never_shows(tmp_path):
    (tmp_path / "hook").write_text("https://hooks.slack.com/services/T0/B0/sEcReT\n")
    text = GOOD + "[channels.s]\nkind='slack'\nurl={file='hook'}\n"
    plan = plan_of(tmp_path, text)
    assert "sEcReT" not in repr(plan)
    assert plan.channels["s"].options.url.get_secret_value().endswith("sEcReT"), "without its line end"
    assert any("chmod 600" in remark for remark in plan.remarks)


def test_a_credential_comes_from_systemd(tmp_path):
    (tmp_path / "hook").write_text("https://hooks.slack.com/services/T0/B0/x")
    text = GOOD + "[channels.s]\nkind='slack'\nurl={credential='hook'}\n"
    assert plan_of(tmp_path, text, {"CREDENTIALS_DIRECTORY": str(tmp_path)}).channels["s"]
    assert "systemd sets it" in mistakes(tmp_path, text)[0]


def test_a_plain_secret_in_a_mistaken_table_is_not_printed(tmp_path):
    text = "[channels.m]\nkind='email'\nserver='smtp://h'\npassword='hunter2'\nfrom='a@example.org'\nto=[]\nnope=1\n"
    assert "hunter2" not in "".join(mistakes(tmp_path, text))


def test_a_source_keeps_its_key_when_it_is_renamed_and_gets_a_new_one_when_it_is_another(tmp_path):
    keys = [
        plan_of(tmp_path, f"[[sources]]\nkind='lever'\n{rest}").sources[0].key
        for rest in ("site='a'", "site='a'\nname='A'\nevery='5m'", "site='b'", "site='a'\nbase_url='https://mirror.example.org'")
    ]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_the_configuration_is_found_in_the_stated_order(tmp_path):
    user = tmp_path / "job-alerts" / "config.toml"
    user.parent.mkdir()
    user.write_text("")
    env = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert find("given.toml", env) == Path("given.toml")
    assert find(None, env | {"JOB_ALERTS_CONFIG": "/e.toml"}) == Path("/e.toml")
    assert find(None, env) == user


def test_systemd_says_where_the_database_belongs(tmp_path):
    assert state_folder(tmp_path / "config.toml", {"STATE_DIRECTORY": str(tmp_path)}) == tmp_path


def test_a_person_beside_the_service_asks_the_same_database(tmp_path):
    """The place follows from the configuration, not from who asks."""
    assert state_folder(SYSTEM, {}) == Path("/var/lib/job-alerts")
    assert state_folder(tmp_path / "config.toml", {}) != Path("/var/lib/job-alerts")


def test_what_needs_no_secret_loads_without_it(tmp_path):
    """Commands from a shell beside a service see all that it serves; who would need the secret says why it is missing."""
    text = GOOD + "[channels.s]\nkind='slack'\nurl={credential='hook'}\n"
    path = tmp_path / "config.toml"
    path.write_text(text)
    channel = load(path, {}, secrets="where there").channels["s"]
    assert "systemd sets it" in channel.missing
    assert "systemd" in load(path, {}, secrets="checked").remarks[0]
    path.write_text(text.replace("credential='hook'", "env='HOOK'"))
    assert load(path, {}, secrets="where there").channels["s"].missing == "url: the environment variable HOOK is not set"
    with pytest.raises(ConfigError, match="HOOK is not set"):
        load(path, {}, secrets="checked")


def test_another_mistake_is_no_smaller_for_a_missing_secret(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(GOOD + "[channels.s]\nkind='slack'\nurl={env='HOOK'}\nnope=1\n")
    with pytest.raises(ConfigError, match="unknown key"):
        load(path, {}, secrets="where there")


def test_the_example_loads_as_it_stands():
    plan = load(Path(__file__).parents[2] / "config.example.toml", {})
    assert (len(plan.sources), len(plan.searches), len(plan.channels)) == (3, 1, 1)


def test_one_mistake_does_not_hide_the_others_of_its_table(tmp_path):
    found = mistakes(
        tmp_path,
        "[settings]\nevry = '5m'\nnotify = 'mial'\n"
        "[[searches]]\nname = 'x'\ntitel = ['a']\nsalary = 'lots'\nchannels = ['mial']\n",
    )
    keys = [line.split(": ")[1] for line in found]
    assert keys == ["settings.evry", "settings.notify", "searches[1].titel", "searches[1].salary", "searches[1].channels[1]"]


def test_a_search_whose_only_condition_is_mistaken_is_not_said_to_ask_for_nothing(tmp_path):
    (only,) = mistakes(tmp_path, "[[searches]]\nname = 'x'\ntitel = ['a']\n")
    assert 'did you mean "title"' in only


def test_mistakes_stand_in_the_order_of_the_file(tmp_path):
    found = mistakes(
        tmp_path, "[channels.a]\nkind = 'x'\n[[searches]]\ntitle = ['a']\n[[sources]]\nkind = 'y'\n[settings]\nevry = 1\n"
    )
    assert [int(line.split(":")[1]) for line in found] == [2, 3, 6, 8]


def test_a_channel_with_a_mistake_is_still_there_for_those_that_name_it(tmp_path):
    (only,) = mistakes(tmp_path, "[settings]\nnotify = 'mail'\n[channels.mail]\nkind = 'emial'\n")
    assert "unknown kind of channel" in only


def test_an_address_that_is_no_text_is_one_mistake(tmp_path):
    assert mistakes(tmp_path, "[[sources]]\nkind = 'rss'\nurl = 3\n") == ["config.toml:3: sources[1].url: must be text in quotes"]


@pytest.mark.parametrize(
    ("kind", "key", "more"),
    [("file", "path", ""), ("feed", "folder", ""), ("command", "folder", "run = ['/bin/true']\n")],
)
def test_a_file_that_a_channel_names_stands_beside_the_configuration(tmp_path, kind, key, more):
    def named(path: str) -> str:
        plan = plan_of(tmp_path, f"[channels.x]\nkind = '{kind}'\n{key} = '{path}'\n{more}")
        return getattr(plan.channels["x"].options, key)

    assert named("out") == str(tmp_path / "out")
    assert named("/var/out") == "/var/out"
    assert named("~/out") == str(Path.home() / "out")
    assert named("~no-such-user-here/out") == str(tmp_path / "~no-such-user-here/out")


# --- [network]: the way out --------------------------------------------------------------------------------------------


def network(folder: Path, lines: str, **env: str) -> Network:
    file = folder / "config.toml"
    file.write_text(f"[network]\n{lines}\n")
    return load(file, env).network


def shown(given: Network) -> dict[str, str]:
    return {scheme: secret.get_secret_value() for scheme, secret in given.proxies.items()}


def test_proxies_of_the_environment_and_of_the_file(tmp_path: Path) -> None:
    """Lower case goes before, the file before both; a password may come from where every other secret comes from."""
    env = {"HTTP_PROXY": "http://upper:1", "http_proxy": "http://lower:1", "HTTPS_PROXY": "upper:2", "NO_PROXY": "a.example,.b"}
    found = network(tmp_path, "", **env)
    assert shown(found) == {"http": "http://lower:1", "https": "upper:2"}
    assert found.no_proxy == ("a.example", ".b")
    said = network(tmp_path, 'proxy = { env = "PROXY" }\nno_proxy = "c.example"', PROXY="http://me:SECRET@p:3128", **env)
    assert shown(said) == dict.fromkeys(("http", "https"), "http://me:SECRET@p:3128")
    assert said.no_proxy == ("c.example", "a.example", ".b")
    assert "SECRET" not in repr(said)
    assert shown(network(tmp_path, 'proxy = "none"', **env)) == {}
    assert shown(network(tmp_path, "")) == {}


@pytest.mark.parametrize(
    ("lines", "env", "words"),
    [
        ('proxy = "socks5://SECRET@h:1"', {}, r"network\.proxy: must be an HTTP proxy"),
        ("", {"HTTPS_PROXY": "http://u:SECRET@"}, r"the environment variable HTTPS_PROXY must be"),
        ('proxy = { env = "NOWHERE" }', {}, r"network\.proxy: the environment variable NOWHERE is not set"),
        ('ca_file = "nowhere.pem"', {}, r"network\.ca_file: there is no file"),
        ('ca_file = "config.toml"', {}, r"network\.ca_file: .*no certificate"),
    ],
)
def test_a_way_out_that_cannot_be_used(tmp_path: Path, lines: str, env: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words) as raised:
        network(tmp_path, lines, **env)
    assert "SECRET" not in str(raised.value)


def test_headers_of_a_source_may_be_secrets(tmp_path: Path) -> None:
    """… and neither they nor the login tell one source from another: a key that is renewed is no new source."""
    text = """[[sources]]
kind = "rss"
url = "https://jobs.example.org/feed"
user = "me"
password = { env = "PASSWORD" }
user_agent = "me/1.0"
headers = { X-Key = { env = "KEY" }, Accept = "text/xml" }
[[searches]]
name = "all"
title = ["cook"]
[channels.console]
kind = "console"
"""
    one, two = (plan_of(tmp_path, text, {"KEY": key, "PASSWORD": key}).sources[0] for key in ("SECRET-1", "SECRET-2"))
    assert one.key == two.key
    assert "SECRET" not in repr(one) + repr(one.options) + one.key + one.name
    assert one.options.headers["X-Key"].get_secret_value() == "SECRET-1"
    (said,) = mistakes(tmp_path, text, {"PASSWORD": "x"})
    assert "headers.X-Key: the environment variable KEY is not set" in said
