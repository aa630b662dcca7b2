"""All that is installed is pinned, and nothing that ships binds others to its licence."""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(file: str) -> dict[str, str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    pins = (re.match(r"([\w.-]+)(?:\[\w+\])?==(\S+)", line) for line in lines)
    return {plain(pin[1]): pin[2] for pin in pins if pin}


def needs(name: str) -> Iterator[Requirement]:
    for line in distribution(name).requires or []:
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            yield need


def licences(installed: Distribution) -> str:
    said = (installed.metadata.get_all(key) or [] for key in ("License-Expression", "License", "Classifier"))
    return " ".join(line for lines in said for line in lines)


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_whatever_a_library_brings_is_pinned_too(file: str) -> None:
    pins = pinned("requirements.txt") | pinned(file)
    brought = {plain(need.name): name for name in pins for need in needs(name)}
    assert {need: name for need, name in brought.items() if need not in pins} == {}


def test_every_line_that_names_a_library_pins_it() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        lines = [line.split("#")[0].strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
        assert [line for line in lines if line and not line.startswith("-r ") and "==" not in line] == []


def test_nothing_that_ships_is_under_the_gpl() -> None:
    """The LGPL, as of the PostgreSQL driver, leaves the service free."""
    bound = [name for name in pinned("requirements.txt") if re.search(r"\bA?GPL", licences(distribution(name)))]
    assert bound == []
