"""``prepare``: the link first, what the form asks beside one's own answers, and what is missing; nothing is ever sent."""

from __future__ import annotations

import io
import json

import pytest

from alerts.acts.answers import is_sensitive
from alerts.cli.demo.site import Asked, Given, Site
from tests.cli import board
from tests.cli.test_applications import CONFIG, whole
from tests.sources.test_forms import GREENHOUSE

PROFILE = """# my facts
name = "Ada Example"
email = "ada@example.org"
city = "Berlin"
gender = "female"   # a letter may say so; a form is never told

[answers]
"are you entitled to work in canada?" = true
"""


@pytest.fixture
def call(tmp_path, capsys):
    """Run a command over a board that publishes its form: (exit status, standard output, standard error)."""
    path = tmp_path / "config.toml"
    run = board.caller(path, capsys)

    def answer(asked: Asked) -> Given:
        run.asked.append((asked.method, asked.path))
        if "/jobs/1" in asked.path:
            return run.form
        return Given(json.dumps({"jobs": [board.job(1, "Data Engineer")]}).encode())

    run.asked, run.form, run.folder = [], Given(json.dumps(GREENHOUSE).encode()), tmp_path
    with Site(answer) as site:
        config = CONFIG.replace("SITE", site.url).replace('database = "a.db"', 'database = "a.db"\nprofile = "profile.toml"')
        path.write_text(config)
        (tmp_path / "profile.toml").write_text(PROFILE)
        assert run("poll")[0] == 0
        yield run


@pytest.fixture
def job(call) -> str:
    return json.loads(call("jobs", "--json")[1].splitlines()[0])["job"]


def asked(call, job: str, *words: str) -> dict[str, dict]:
    return {row["label"]: row for row in json.loads(call("prepare", job, "--json", *words)[1])["questions"]}


def test_the_link_comes_first_then_the_questions_with_ones_own_answers(call, job):
    status, said, _ = call("prepare", job)
    assert (status, said.splitlines()[0]) == (0, "Apply at  https://job-boards.greenhouse.io/acme/jobs/1")
    rows = asked(call, job)
    assert {label: row["answer"] for label, row in rows.items()} == {
        "First Name": "Ada",
        "Resume/CV": None,
        "Are you entitled to work in Canada?": "Yes",
        "Describe a platform that you built.": None,
        "Location (City)": "Berlin",
        "Gender": None,
        "How do you identify?": None,
    }
    assert whole(call, job)["state"] == "preparing"


def test_what_is_missing_is_a_list(call, job):
    missing = json.loads(call("prepare", job, "--json")[1])["missing"]
    assert missing == [
        f"the letter: job-alerts letter {job} --edit",
        'Resume/CV: yours to attach (cv = "cv.pdf" in the profile names it)',
    ]
    (call.folder / "profile.toml").write_text('cv = "cv.pdf"\n' + PROFILE.replace("true", '"Perhaps"'))
    missing = json.loads(call("prepare", job, "--json")[1])["missing"]
    work = "3: Are you entitled to work in Canada? (your answer 'Perhaps' is none of its choices)"
    assert missing[1:] == ["Resume/CV: cv.pdf is not there", work]
    (call.folder / "cv.pdf").write_bytes(b"%PDF")
    assert "Resume/CV" not in str(json.loads(call("prepare", job, "--json")[1])["missing"])


def test_nothing_is_ever_sent_to_the_board(call, job):
    call("prepare", job)
    call("applied", job)
    assert {method for method, _ in call.asked} == {"GET"}


def test_what_is_sensitive_is_never_answered_from_facts_only_by_an_answer_for_those_very_words(call, job):
    assert asked(call, job)["Gender"] | {"options": []} == {
        "label": "Gender", "required": False, "kind": "choice", "options": [], "name": "gender", "voluntary": True,
        "answer": None, "by": None, "why": "yours to answer, or to leave", "sensitive": True,
    }  # fmt: skip
    (call.folder / "profile.toml").write_text(PROFILE + '"Gender" = "Female"\n')
    assert asked(call, job)["Gender"]["answer"] == "Female"


@pytest.mark.parametrize(
    ("label", "sensitive"),
    [
        ("What is your race or ethnicity?", True),
        ("Do you have a disability?", True),
        ("Are you a protected veteran?", True),
        ("Are you over 18 years of age?", True),
        ("Date of birth", True),
        ("Haben Sie eine Behinderung?", True),
        ("Describe a stage that you managed in an agency", False),
        ("Have you worked with traces and embraces?", False),
        ("Are you entitled to work in Canada?", False),
    ],
)
def test_sensitive_questions_are_known_by_their_words(label, sensitive):
    assert is_sensitive(label) is sensitive


def test_what_has_no_answer_is_asked_once_and_kept_with_the_comments(call, job, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("A feature store.\n"))
    _, said, _ = call("prepare", job, "--ask")
    assert said.startswith("\nDescribe a platform that you built.\n> "), "what is sensitive, a file or answered is not asked"
    assert (call.folder / "profile.toml").read_text().startswith("# my facts")
    assert asked(call, job)["Describe a platform that you built."]["answer"] == "A feature store."
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert call("prepare", job, "--ask")[0] == 0, "nothing is left to ask"


def test_the_answers_of_the_day_are_kept_with_the_application(call, job):
    call("prepare", job)
    _, said, _ = call("applied", job)
    assert "3 of your answers are kept" in said
    (call.folder / "profile.toml").write_text('name = "Another"\n')
    found = {one["question"]: one["answer"] for one in whole(call, job)["answers"]}
    assert found == {"First Name": "Ada", "Are you entitled to work in Canada?": "Yes", "Location (City)": "Berlin"}


def test_the_form_is_known_though_the_board_is_gone_later(call, job):
    call("prepare", job)
    call.form = Given(b"gone", 404, "text/plain")
    found = json.loads(call("prepare", job, "--json")[1])
    assert len(found["questions"]) == 7
    assert "404" in found["form_unknown"]
    assert json.loads(call("prepare", job, "--json", "--offline")[1])["form_unknown"] is None


def test_undo_takes_back_what_the_person_said_not_the_form(call, job):
    call("prepare", job)
    call("application", job, "--note", "x")
    assert "taken back: note x" in call("application", job, "--undo")[1]
    assert "taken back: state preparing" in call("application", job, "--undo")[1]


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("answers = 3", "answers must be a table; write [answers]"),
        ('[answers]\n"Start" = { day = 1 }', "the answer to 'Start' is of a wrong type (a table); it must be text, a number"),
        ('[answers]\n"Start" = [1, 2]', "the answer to 'Start' is of a wrong type (a list of other things)"),
        ("name = ", "profile.toml cannot be read"),
    ],
)
def test_an_answer_bank_with_a_wrong_type_is_one_line_and_applying_goes_on(call, job, profile, said):
    call("prepare", job)
    (call.folder / "profile.toml").write_text(profile + "\n")
    status, out, error = call("prepare", job)
    assert (status, out, len(error.splitlines())) == (2, "", 1)
    assert said in error
    status, out, _ = call("applied", job)
    assert (status, "your answers were not kept" in out) == (0, True)
    assert whole(call, job)["state"] == "applied"
