"""Reading a long file keeps nobody from writing."""

from collections.abc import Iterator

import pytest

from selection.models.people import Area
from selection.people.imports import actions
from selection.spreadsheets.cells import Row
from selection.spreadsheets.reading import Source
from tests.factories import people
from tests.pages import Browserlike
from tests.people.conftest import Keepers
from tests.store import Store


def test_others_write_while_a_file_is_read(
    client: Browserlike, store: Store, keepers: Keepers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(content: bytes) -> Source:
        def rows() -> Iterator[Row]:
            with store.session() as session:
                people.area(session, "Made meanwhile")
            yield Row(1, ("number", "name"))

        return Source(rows(), "slowly")

    monkeypatch.setattr(actions, "read", slowly)
    client.sign_in_as(keepers.everywhere).get("/staff/import")
    page = client.fill({"file": ("staff.csv", b"x")}, button="Check the file")
    assert "Nothing was imported" in page.errors[0]
    assert store.count(Area, Area.name == "Made meanwhile") == 1
