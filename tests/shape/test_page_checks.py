"""The look that every page gets in the tests finds what it is there to find."""

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from tests.forms import Form
from tests.html import faults, shape

GOOD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Staff</title></head>
<body><main id="main"><h1>Staff</h1><p id="hint">As written.</p>
<form method="post"><label for="name">Name</label><input id="name" name="name" aria-describedby="hint">
<button>Save</button></form></main></body></html>"""


def test_a_good_page_has_no_faults() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("<title>Staff</title>", "", "no title"),
        ("<title>Staff</title>", "<title> </title>", "no title"),
        ("<h1>Staff</h1>", "<h2>Staff</h2>", "0 first-level headings"),
        ("<h1>Staff</h1>", "<h1>Staff</h1><h1>Staff</h1>", "2 first-level headings"),
        ('<html lang="en">', "<html>", "language"),
        ('<p id="hint">', '<p id="name">', "stands 2 times"),
        ('aria-describedby="hint"', 'aria-describedby="help"', "'help', which is not on the page"),
        ('<label for="name">Name</label>', "", "has no label"),
        ('<label for="name">Name</label>', '<label for="name"> </label>', "has no label"),
        ("<button>Save</button>", "<button></button>", "without words"),
        ("<p ", '<p style="color: red" ', "has a style"),
        ("<p ", '<p onclick="go()" ', "has a handler"),
        ("</p>", '</p><a href="#nowhere">There</a>', "#nowhere"),
        ("<p id", "<p><div>In a paragraph</div></p><p id", "not HTML5"),
        ("<!DOCTYPE html>", "", "not HTML5"),
    ],
)
def test_what_is_wrong_is_found(old: str, new: str, found: str) -> None:
    assert faults(GOOD) == [], "known to be good from now on"
    wrong = faults(GOOD.replace(old, new, 1))
    assert any(found in each for each in wrong), wrong


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("<h1>Staff</h1>", "<h1>People</h1>", True),
        ('id="hint"', 'id="help"', False),
        ("<h1>Staff</h1>", "<h1> </h1>", False),
        ("As written.", "As <b>written</b>.", False),
        ("As written.", "As &bad; written.", False),
        ('name="name"', 'name="name" value="Ada"', False),
    ],
)
def test_pages_have_one_shape_that_differ_in_words_alone(old: str, new: str, same: bool) -> None:
    assert (shape(GOOD) == shape(GOOD.replace(old, new, 1))) is same


@pytest.mark.parametrize(("one", "other", "same"), [("Ada", "Bea", True), ("Ada", "", False), ("Ada", " ", False)])
def test_an_empty_value_is_another_shape(one: str, other: str, same: bool) -> None:
    assert (shape(f'<input value="{one}">') == shape(f'<input value="{other}">')) is same


FORM = """<form><input type="hidden" name="token" value="t"><input name="name" value="Ada">
<input name="day"><input name="day"><input name="day"><input type="file" name="list">
<input type="radio" name="outcome" value="passed"><input type="radio" name="outcome" value="not_yet" checked>
<input type="checkbox" name="area" value="1" checked><input type="checkbox" name="area" value="2">
<select name="role"><option value="">Choose</option><option value="chair" selected>Chair</option></select>
<textarea name="notes">
Two
lines</textarea><input name="closed" value="x" disabled>
<button name="do" value="save">Save</button><button name="do" value="seal">Seal</button></form>"""


@pytest.fixture
def form() -> Form:
    tag = BeautifulSoup(FORM, "html.parser").form
    assert isinstance(tag, Tag)
    return Form(tag)


def test_a_form_sends_what_stands_in_it(form: Form) -> None:
    form.press(None)
    assert form.sent() == {
        "token": ["t"], "name": ["Ada"], "day": ["", "", ""], "outcome": ["not_yet"], "area": ["1"],
        "role": ["chair"], "notes": ["Two\nlines"], "do": ["save"],
    }  # fmt: skip


def test_a_form_sends_what_was_filled_in_and_the_button(form: Form) -> None:
    form.fill({"name": "Grace", "day": ["1", "2", "2027"], "outcome": "passed", "area": ["1", "2"], "notes": None})
    form.press("Seal")
    sent = form.sent()
    assert sent["name"] == ["Grace"]
    assert sent["day"] == ["1", "2", "2027"]
    assert (sent["outcome"], sent["area"], sent["do"]) == (["passed"], ["1", "2"], ["seal"])
    assert "notes" not in sent


@pytest.mark.parametrize("values", [{"nmae": "Grace"}, {"outcome": "perhaps"}, {"role": "king"}])
def test_a_form_refuses_what_a_browser_could_not_send(form: Form, values: dict[str, str]) -> None:
    with pytest.raises(AssertionError):
        form.fill(values)
