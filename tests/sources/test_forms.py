"""What forms ask, as Greenhouse's job board API and Lever's pages publish it; whatever a board says is contained."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime

import pytest

from alerts.model.errors import ReadError
from alerts.model.form import Question
from alerts.model.page import Page, Request
from alerts.model.posting import Posting
from alerts.plugins import load
from alerts.sandbox.reader import Reader

GREENHOUSE = {
    "id": 1,
    "title": "Data Engineer",
    "questions": [
        {"label": "First Name", "required": True, "fields": [{"name": "first_name", "type": "input_text", "values": []}]},
        {"label": "Resume/CV", "required": True,
         "fields": [{"name": "resume", "type": "input_file"}, {"name": "resume_text", "type": "textarea"}]},
        {"label": "Are you entitled to work in Canada?", "required": True,
         "fields": [{"name": "question_7[]", "type": "multi_value_single_select",
                     "values": [{"label": "Yes", "value": 1}, {"label": "No", "value": 0}]}]},
        {"label": "Describe a <b>platform</b> that you built.", "required": False, "description": None,
         "fields": [{"name": "question_8", "type": "textarea"}]},
        {"label": "Internal", "required": False, "fields": [{"name": "x", "type": "input_hidden"}]},
    ],
    "location_questions": [
        {"label": "Location (City)", "required": True, "fields": [{"name": "location", "type": "input_text"}]},
        {"label": "Latitude", "required": False, "fields": [{"name": "latitude", "type": "input_hidden"}]},
    ],
    "compliance": [{"type": "eeoc", "questions": [
        {"label": "Gender", "required": False, "fields": [
            {"name": "gender", "type": "multi_value_single_select", "values": [{"label": "Male"}, {"label": "Female"}]}]}]}],
    "demographic_questions": {"header": "Equal opportunity", "questions": [
        {"id": 9, "label": "How do you identify?", "required": False, "type": "multi_value_multi_select",
         "answer_options": [{"id": 1, "label": "Prefer not to say"}]}]},
}  # fmt: skip
CARD = {"text": "Some questions", "fields": [
    {"type": "multiple-choice", "text": "Where are you based?", "required": True,
     "options": [{"text": "Lisbon"}, {"text": "Porto"}]},
    {"type": "textarea", "text": "Why us?", "required": False},
    {"type": "file-upload", "text": "A sample of your work", "required": False},
]}  # fmt: skip
SURVEY = {"fields": [{"type": "dropdown", "text": "What is your age group?", "required": False, "options": [{"text": "18-30"}]}]}


def lever(card: object = CARD) -> bytes:
    hidden = "".join(
        f'<input type="hidden" name="{name}[0a1b][baseTemplate]" value="{html.escape(json.dumps(said))}">'
        for name, said in (("cards", card), ("surveysResponses", SURVEY))
    )
    return f"""<html><body><form>
<ul><li class="application-question resume"><label><div class="application-label">Resume/CV <span class="required">✱</span></div>
<input type="file" name="resume"></label></li>
<li class="application-question"><label><div class="application-label">Full name<span class="required">✱</span></div>
<div class="application-field"><input type="text" name="name" required></div></label></li>
<li class="application-question"><label><div class="application-label">Current company</div>
<input type="text" name="org"></label></li>
<li class="application-question custom-question"><div class="application-label">Where are you based?</div>
<input type="radio" name="cards[0a1b][field0]" value="Lisbon"></li></ul>{hidden}
<li class="application-question"><div class="application-label">Gender</div><select name="eeo[gender]">
<option value="">Select …</option><option value="Male">Male</option><option value="Female">Female</option></select></li>
</form></body></html>""".encode()


def read(kind: str, body: bytes) -> tuple[Question, ...]:
    module = load("sources", kind)
    options = module.Options(**({"board": "acme"} if kind == "greenhouse" else {"site": "acme"}))
    page = Page(Request("https://x.example/"), "https://x.example/", body, datetime(2026, 11, 28, tzinfo=UTC))
    return Reader(inline=True).read_form(kind, page, options)


def test_greenhouse():
    found = read("greenhouse", json.dumps(GREENHOUSE).encode())
    assert [(one.label, one.required, one.kind, one.voluntary) for one in found] == [
        ("First Name", True, "text", False),
        ("Resume/CV", True, "file", False),
        ("Are you entitled to work in Canada?", True, "choice", False),
        ("Describe a platform that you built.", False, "long", False),
        ("Location (City)", True, "text", False),
        ("Gender", False, "choice", True),
        ("How do you identify?", False, "choices", True),
    ]
    assert (found[0].name, found[2].options, found[6].options) == ("first_name", ("Yes", "No"), ("Prefer not to say",))


def test_lever():
    found = read("lever", lever())
    assert [(one.label, one.required, one.kind, one.voluntary) for one in found] == [
        ("Resume/CV", True, "file", False),
        ("Full name", True, "text", False),
        ("Current company", False, "text", False),
        ("Where are you based?", True, "choice", False),
        ("Why us?", False, "long", False),
        ("A sample of your work", False, "file", False),
        ("Gender", False, "choice", True),
        ("What is your age group?", False, "choice", True),
    ]
    assert (found[3].options, found[6].options) == (("Lisbon", "Porto"), ("Male", "Female"))


CARDS = """<html><body><form><section>
<h4>About you</h4><input type="hidden" name="cards[1f-2][baseTemplate]" value='{"text":"About you","type":"posting"}'>
<ul><li class="application-question custom-question"><div><div class="application-label full-width dropdown">
<div class="text">Year of your degree<span class="required">✱</span></div></div><div class="application-field">
<select name="cards[1f-2][field0]" required><option value="">Select…</option><option value="2026">2026</option></select>
</div></div></li>
<li class="application-question custom-question"><div><div class="application-label full-width multiple-choice">
<div class="text">May you work in Portugal?<span class="required">✱</span></div></div><div class="application-field"><ul>
<li><label><input type="radio" name="cards[1f-2][field1]" value="Yes"><span>Yes</span></label></li>
<li><label><input type="radio" name="cards[1f-2][field1]" value="No"><span>No</span></label></li></ul></div></div></li>
<li class="application-question custom-question"><div>Why us?</div>
<div class="application-field"><textarea name="cards[1f-2][field2]"></textarea></div></li></ul></section></form></body></html>"""


def test_questions_of_lever_that_stand_on_the_page_alone():
    """The JSON of a card may name no fields; several questions share one section."""
    found = read("lever", CARDS.encode())
    assert [(one.label, one.required, one.kind, one.options) for one in found] == [
        ("Year of your degree", True, "choice", ("2026",)),
        ("May you work in Portugal?", True, "choice", ("Yes", "No")),
        ("Why us?", False, "long", ()),
    ]


API = "https://boards-api.greenhouse.io/v1/boards/acme/jobs/77?questions=true"
LEVER = "https://jobs.lever.co/acme/0-1"


@pytest.mark.parametrize(
    ("kind", "options", "posting", "address"),
    [
        ("greenhouse", {"board": "acme"}, {"url": "https://job-boards.greenhouse.io/acme/jobs/77"}, API),
        ("greenhouse", {"board": "acme"}, {"url": "https://acme.example/careers?gh_jid=77"}, API),
        ("greenhouse", {"board": "acme"}, {"url": "https://acme.example/careers"}, None),
        ("lever", {"site": "acme"}, {"url": LEVER}, f"{LEVER}/apply"),
        ("lever", {"site": "acme"}, {"url": LEVER, "apply_url": f"{LEVER}/apply"}, f"{LEVER}/apply"),
        ("lever", {"site": "acme"}, {"url": "not an address"}, None),
    ],
)
def test_where_the_form_is(kind, options, posting, address):
    module = load("sources", kind)
    request = module.form(Posting("s", "77", title="x", **posting), module.Options(**options))
    assert (request.url if request else None) == address


WRONG = [None, 3, "x", [], [None, 3], {"questions": 3}, {"questions": [3, {"label": 3}, {"label": "x", "fields": [3]}]},
         {"questions": [{"label": ["x"], "fields": {"type": 3, "values": 7}}]},
         {"compliance": "x", "demographic_questions": [1]}]  # fmt: skip


@pytest.mark.parametrize("said", WRONG, ids=range(len(WRONG)))
def test_whatever_a_board_says_is_contained(said):
    assert all(isinstance(one, Question) for one in read("greenhouse", json.dumps(said).encode()))
    assert all(isinstance(one, Question) for one in read("lever", lever(said)))


def test_a_page_in_the_place_of_json_is_said_and_a_flood_is_cut():
    with pytest.raises(ReadError):
        read("greenhouse", b"<html>Just a moment</html>")
    many = {"questions": [{"label": f"Question {n}", "fields": [{"type": "input_text"}]} for n in range(5000)]}
    assert len(read("greenhouse", json.dumps(many).encode())) == 200


def test_questions_come_through_the_child_process():
    module = load("sources", "greenhouse")
    body, when = json.dumps(GREENHOUSE).encode(), datetime(2026, 11, 28, tzinfo=UTC)
    page = Page(Request("https://x.example/"), "https://x.example/", body, when)
    with Reader() as reader:
        assert len(reader.read_form("greenhouse", page, module.Options(board="acme"))) == 7
