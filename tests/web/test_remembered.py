"""What is worked out once each, addresses and empty fields, reads as if it were worked out each time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask, url_for
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from wtforms import HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired

from config import Settings
from selection.app import create_app
from selection.web import widgets
from selection.web.forms import BaseForm


class Question(BaseForm):
    """A form of this test."""

    name = StringField("Name", widget=GovTextInput(), validators=[InputRequired("Enter a name")])
    points = RadioField("Points", widget=GovRadioInput(), choices=[SelectChoice("1", "One"), SelectChoice("2", "Two")])


class Kept(BaseForm):
    """Another, with something that nobody sees."""

    kept = HiddenField()


@pytest.fixture(scope="module")
def app() -> Flask:
    """An app without a database behind it."""
    return create_app(Settings(database_url="sqlite://", secret_key="a key for tests", instance=Path("/nowhere")))


@pytest.fixture(autouse=True)
def fresh(app: Flask) -> Iterator[None]:
    widgets._remembered.cache_clear()
    with app.test_request_context():
        yield


@pytest.fixture
def address(app: Flask) -> Callable[..., str]:
    """What templates call `url_for`."""
    return cast(Callable[..., str], app.jinja_env.globals["url_for"])


@pytest.mark.parametrize(
    "values",
    [{}, {"words": "a&b", "page": 2}, {"page": None}, {"page": 1, "_anchor": "part"}, {"page": 1, "_external": True}],
)
def test_an_address_is_that_of_flask(address: Callable[..., str], values: dict[str, Any]) -> None:
    for _time in range(2):
        assert address("trail.index", **values) == url_for("trail.index", **values)


def test_values_that_are_equal_and_read_differently_stay_apart(address: Callable[..., str]) -> None:
    said = [address("trail.index", page=page) for page in (1, "1", True, 1.0)]
    assert said == ["/trail/?page=1", "/trail/?page=1", "/trail/?page=True", "/trail/?page=1.0"]


def test_an_address_starts_with_where_the_service_is_mounted(app: Flask, address: Callable[..., str]) -> None:
    assert address("trail.index") == "/trail/"
    with app.test_request_context(base_url="http://service.example/selection"):
        assert address("trail.index") == "/selection/trail/"
    assert address("trail.index") == "/trail/"


def test_an_empty_field_is_drawn_once_and_the_same() -> None:
    first, second = Question(formdata=None), Question(formdata=None)
    assert str(first.name()) == str(second.name())
    assert widgets._remembered.cache_info().misses == 1


def test_what_was_typed_is_shown_and_never_remembered() -> None:
    typed = Question(formdata=None, data={"name": "Zoë <Ash>"})
    assert 'value="Zoë &lt;Ash&gt;"' in str(typed.name())
    assert widgets._remembered.cache_info().currsize == 0
    assert "Zoë" not in str(Question(formdata=None).name())


def test_errors_and_ticks_are_drawn_as_they_are() -> None:
    plain, wrong, ticked = (Question(formdata=None) for _form in range(3))
    wrong.name.errors = ["Enter a name"]
    ticked.points.data = "2"
    assert "govuk-error-message" not in str(plain.name())
    assert "Enter a name" in str(wrong.name())
    assert "govuk-error-message" not in str(plain.name())
    assert str(plain.points()).count("checked") == 0
    assert str(ticked.points()).count("checked") == 1
    assert str(Question(formdata=None).points()).count("checked") == 0


def test_a_hidden_field_says_its_value_safely() -> None:
    assert str(Kept(formdata=None, data={"kept": '"><b>'}).kept()) == (
        '<input id="kept" name="kept" type="hidden" value="&#34;&gt;&lt;b&gt;">'
    )
