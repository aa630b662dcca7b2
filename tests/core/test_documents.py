"""Documents are tagged and accessible PDF, whatever the script of a name."""

import shutil
from pathlib import Path

import pytest

from selection.core import documents
from selection.core.documents import DocumentError, pdf
from tests.papers import read_accessible

TEMPLATE = """
#import "_page.typ": data, facts, page-of
#show: page-of.with(title: "A paper", about: "of a test")
#facts(("Name", data.name), ("Day", data.day))
#table(columns: 2, table.header([Step], [State]), [Selection], [Passed])
"""


@pytest.fixture(autouse=True)
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copyfile(documents.TEMPLATES / "_page.typ", tmp_path / "_page.typ")
    (tmp_path / "paper.typ").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "wrong.typ").write_text("#nothing-of-this-name", encoding="utf-8")
    monkeypatch.setattr(documents, "TEMPLATES", tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Zoë Nowak-Ó Briain", id="Latin"),
        pytest.param("Ελένη Παππά", id="Greek"),
        pytest.param("Олена Шевченко", id="Cyrillic"),
        pytest.param('#panic("no") *not bold* $x$ \\ "quoted"', id="marks of the typesetter are text"),
    ],
)
def test_a_document_is_accessible_and_shows_the_name(name: str) -> None:
    said = read_accessible(pdf("paper", {"name": name, "day": "1 May 2027"}, service="Our service"), title="A paper")
    assert name in " ".join(said.split())
    assert "Our service" in said
    assert "Page 1 of 1" in said


@pytest.mark.parametrize("name", ["عمر الحداد", "北京", "𓀀 and \N{REPLACEMENT CHARACTER}"])
def test_a_document_is_set_whatever_the_script(name: str) -> None:
    said = read_accessible(pdf("paper", {"name": name, "day": "1 May 2027"}, service="Ours"), title="A paper")
    assert "1 May 2027" in said


def test_a_wrong_template_says_what_is_wrong() -> None:
    with pytest.raises(DocumentError, match="unknown variable: nothing-of-this-name"):
        pdf("wrong", {}, service="Ours")


def test_one_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LONGEST", 0.001)
    with pytest.raises(DocumentError, match="took longer"):
        pdf("paper", {"name": "x", "day": "y"}, service="Ours")
