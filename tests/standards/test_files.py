"""A standard as a file: out and in again with the same hash, whole or not at all, every fault at its place."""

import json
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from selection.commands.reference.standard import new_standard
from selection.models.standards import CURRENT_FORMAT, Standard
from selection.models.trail import TrailEntry
from selection.prescribed.content import content_hash
from selection.prescribed.labels import LABELS
from selection.rules.standards import SelectionStandard
from selection.standards.editing.numbers import FORMS
from selection.standards.files.actions import exported
from selection.standards.files.reading import Faulty, read, schema
from selection.web.fields import CountField
from tests.standards.drafts import browser, prepared
from tests.store import Store

Change = Callable[[dict[str, Any]], object]
FIRST = ("exercises", 0, "competencies", 0)


def document(*, content_format: int = CURRENT_FORMAT) -> dict[str, Any]:
    """The shipped standard as a file says it."""
    standard = new_standard()
    standard.content_format = content_format
    made: dict[str, Any] = json.loads(exported(standard))
    return made


def changed(*path: str | int, to: Any) -> Change:
    """Return a change of the file that puts something else at the place."""

    def change(whole: dict[str, Any]) -> None:
        *way, last = ("standard", *path)
        part: Any = whole
        for step in way:
            part = part[step]
        if to is None:
            del part[last]
        else:
            part[last] = to
        whole.pop("content_hash", None)

    return change


def without(*names: str, content_format: int) -> Change:
    """Return a change of the file that says another format and leaves these fields out."""

    def change(whole: dict[str, Any]) -> None:
        whole["standard"] = {key: value for key, value in whole["standard"].items() if key not in names}
        changed("format", to=content_format)(whole)

    return change


def faults(file: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Faulty) as faulty:
        read(file)
    return [(fault.place, fault.sentence) for fault in faulty.value.faults]


@pytest.mark.parametrize(
    ("change", "place", "sentence"),
    [
        pytest.param(changed("sem_in_thousandths", to=None), "the file", "“sem_in_thousandths” is missing.", id="miss"),
        pytest.param(changed("colour", to="red"), "the file", "“colour” is not known here.", id="unknown"),
        pytest.param(
            changed("discuss_straddling", to=None),
            "the file",
            "“discuss_straddling” is missing, which goes with “format”.",
            id="a field of its format is missing",
        ),
        pytest.param(
            without("indicators_needed", "most_sat_alone", "appeal_days", "feedback_days", content_format=3),
            "the file",
            "“indicators_needed” is missing, which goes with format 3.",
            id="the fields of the third format are missing",
        ),
        pytest.param(changed("format", to=4), "format", "It must be one of 2, 3, not 4.", id="a format to come"),
        pytest.param(
            changed("format", to=2),
            "indicators_needed",
            "It goes with format 3, and the file has format 2.",
            id="a field of a later format",
        ),
        pytest.param(
            changed("exercises", 1, "minutes", to=0), "exercise 2, minutes", "It is 0, and must be 1 or more.", id="low"
        ),
        pytest.param(changed("floor", to=11), "floor", "It is 11, and must be 10 or less.", id="high"),
        pytest.param(changed("floor", to=2.0), "floor", "It must be a whole number.", id="a broken number"),
        pytest.param(changed("floor", to=True), "floor", "It must be a whole number.", id="a yes for a number"),
        pytest.param(changed("exercises", to={}), "exercises", "It must be a list in [ ].", id="no list"),
        pytest.param(
            changed(*FIRST, "title", to=7),
            "exercise 1, competency 1, title",
            "It must be text in quotation marks.",
            id="a number for text",
        ),
        pytest.param(changed("title", to=""), "title", "It is empty.", id="empty"),
        pytest.param(changed("title", to="x" * 201), "title", "It has 201 characters, and may have 200.", id="long"),
        pytest.param(
            changed(*FIRST, "indicators", 3, "text", to="a\nb"),
            "exercise 1, competency 1, indicator 4, text",
            "It holds line breaks or control characters that cannot stand here.",
            id="a line break in an indicator",
        ),
        pytest.param(
            changed("exercises", 2, "kind", to="group exercise"),
            "exercise 3, kind",
            'It must be one of role_play, presentation, formal_interview, not "group exercise".',
            id="another kind of exercise",
        ),
        pytest.param(
            changed("exercises", 2, "kind", to="role_play"),
            "exercise 3, kind",
            "There is more than one role play.",
            id="a kind twice",
        ),
        pytest.param(
            changed("anchors", 2, "point", to=2),
            "anchor 3, point",
            "It is 2 after 2: these must go up from one to the next.",
            id="two anchors for a point",
        ),
        pytest.param(
            changed(*FIRST, "indicators", 1, "position", to=1),
            "exercise 1, competency 1, indicator 2, position",
            "It is 1 after 1: these must go up from one to the next.",
            id="two indicators at a place",
        ),
        pytest.param(
            changed("scale_standard", to=1),
            "scale_standard",
            "The standard, 1, must lie above 1 and at most at 5, the ends of the scale.",
            id="the scale upside down",
        ),
        pytest.param(
            lambda whole: whole["standard"].update(floor=1),
            "content_hash",
            "The content has another hash: it was changed after it was exported."
            " If that was meant, take this line out.",
            id="changed after the export",
        ),
        pytest.param(
            lambda whole: whole.update(content_hash="x"),
            "content_hash",
            "It must be 64 of the characters 0 to 9 and a to f.",
            id="no hash",
        ),
    ],
)
def test_a_fault_is_named_at_its_place(change: Change, place: str, sentence: str) -> None:
    whole = document()
    change(whole)
    first, *more = faults(json.dumps(whole).encode())
    assert first == (place, sentence)
    assert len(more) == (3 if "format 3" in sentence else 0)  # it added four fields


@pytest.mark.parametrize(
    ("file", "place", "words"),
    [
        pytest.param(b"", "line 1, column 1", "stops being JSON", id="nothing"),
        pytest.param(b'{"standard": }', "line 1, column 14", "stops being JSON", id="not JSON"),
        pytest.param(b"[]", "the file", "a group of named values", id="a list"),
        pytest.param(b"\xff\xfe{}", "the file", "Save it as UTF-8", id="another encoding"),
        pytest.param(b'{"standard": "\\ud800"}', "the file", "characters that are none", id="half a character"),
        pytest.param(b'{"standard": NaN}', "the file", "NaN is not a number", id="not a number"),
        pytest.param(b'{"standard": 1, "standard": 2}', "the file", "more than once", id="a name twice"),
        pytest.param(b'{"standard": ' + b"9" * 5000 + b"}", "the file", "number without end", id="an endless number"),
        pytest.param(b"[" * 200_000, "the file", "nested too deeply", id="nested without end"),
        pytest.param(b" " * 1_000_001, "the file", "larger than 1,000 kB", id="too large"),
    ],
)
def test_a_file_of_another_kind_is_refused(file: bytes, place: str, words: str) -> None:
    [(found, sentence)] = faults(file)
    assert found == place
    assert words in sentence


def test_every_fault_is_named_at_once_and_no_more_than_anybody_reads() -> None:
    whole = document()
    for change in (changed("floor", to=-1), changed("title", to=1), changed("exercises", 0, "minutes", to="30")):
        change(whole)
    assert [place for place, _ in faults(json.dumps(whole).encode())] == ["title", "floor", "exercise 1, minutes"]
    many = json.dumps({"standard": {str(number): 0 for number in range(500)}}).encode()
    assert len(faults(many)) == 101


def test_the_schema_is_one_and_says_what_the_forms_say() -> None:
    import_module("jsonschema").Draft202012Validator.check_schema(json.loads(schema()))
    whole = json.loads(schema())["$defs"]
    said = whole["standard"]["properties"]
    for form in FORMS.values():
        for name in LABELS:
            field = form.__dict__.get(name)
            if field is None or field.field_class is not CountField:
                continue
            limits = {**said[name], **(whole[said[name]["$ref"].split("/")[-1]] if "$ref" in said[name] else {})}
            assert (limits["minimum"], limits["maximum"]) == (field.kwargs["least"], field.kwargs["most"]), name


def test_every_number_of_the_rules_has_a_name_a_form_and_a_place_in_the_hash() -> None:
    numbers = {field.name for field in fields(SelectionStandard)} - {"exercises", "anchors"}
    assert numbers == set(LABELS)
    assert numbers == {name for form in FORMS.values() for name in LABELS if hasattr(form, name)}
    said = {name.removesuffix("_in_thousandths") for name in document()["standard"]}
    assert numbers == said - {"format", "title", "number", "anchors", "exercises"}


@pytest.mark.parametrize("content_format", [1, 2, CURRENT_FORMAT])
def test_in_again_it_has_the_same_hash(
    app: Flask, store: Store, tmp_path: Path, clock: object, content_format: int
) -> None:
    whole = document(content_format=content_format)
    file = tmp_path / "standard.json"
    file.write_text(json.dumps(whole, indent=4), encoding="utf-8")
    run = app.test_cli_runner().invoke
    done = run(args=["standards", "import", str(file)])
    assert whole["content_hash"] in done.output, done.output
    draft = store.one(select(Standard))
    assert (draft.state, draft.shipped, draft.content_format) == ("draft", False, content_format)
    again = run(args=["standards", "import", str(file)])
    assert again.exit_code == 1
    assert "number: “Selection of programme facilitators” has a version 1 here already." in again.output
    assert store.count(Standard) == 1
    done = run(args=["standards", "import", "--next-number", str(file)])
    assert "version 2, is a draft now" in done.output
    out = tmp_path / "out.json"
    done = run(args=["standards", "export", draft.title, "1", str(out)])
    assert whole["content_hash"] in done.output
    assert json.loads(out.read_text(encoding="utf-8")) == whole
    assert run(args=["standards", "export", draft.title, "1"]).output == out.read_text(encoding="utf-8")
    missing = run(args=["standards", "export", "Nothing", "1"])
    assert "There is no version 1 of “Nothing”." in missing.output


def test_the_pages_export_and_import(app: Flask, store: Store, clock: object) -> None:
    there = prepared(store)
    client = browser(app, there.reader)
    client.get(there.url)
    file = client.follow("Export as a file (JSON)")
    assert file.response.headers["Content-Disposition"] == (
        "attachment; filename=standard-selection-of-programme-facilitators-version-2.json"
    )
    client.get(f"{there.url}/delete")
    client.fill()
    client.get("/standards/")
    client.follow("Import a standard from a file")
    page = client.fill({"file": ("standard.json", file.text.replace('"minutes": 30', '"minutes": 0').encode())})
    assert page.errors == ["Nothing was imported: 1 fault"]
    assert page.table() == [{"Where": "Exercise 1, minutes", "What is wrong": "It is 0, and must be 1 or more."}]
    assert store.count(Standard) == 1
    page = client.fill({"file": ("standard.json", file.text.encode())})
    assert page.words("code") == json.loads(file.text)["content_hash"]
    draft = store.one(select(Standard).where(Standard.number == 2))
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "standard.imported"))
    assert entry.after is not None
    assert (entry.after["file"], entry.subject_id) == ("standard.json", draft.id)
    assert client.get("/standards/standard.schema.json").text == schema()


def test_a_published_version_is_exported_under_the_hash_that_decisions_cite(app: Flask, store: Store) -> None:
    app.test_cli_runner().invoke(args=["seed", "reference"])
    cited = store.one(select(Standard.content_hash))
    done = app.test_cli_runner().invoke(args=["standards", "export", "Selection of programme facilitators", "1"])
    assert json.loads(done.output)["content_hash"] == cited == content_hash(new_standard())
