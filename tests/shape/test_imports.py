"""Who imports whom, where the import contracts in pyproject.toml cannot say it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

RULES = sorted((ROOT / "selection/rules").rglob("*.py"))
MIGRATIONS = sorted((ROOT / "migrations").rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    """Yield the full name of every module that the file imports, wherever in the file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_the_rules_stand_on_the_standard_library_alone(file: Path) -> None:
    theirs = {name for name in imported(file) if not name.startswith("selection.rules")}
    assert {name for name in theirs if name.split(".")[0] not in sys.stdlib_module_names} == set()


@pytest.mark.parametrize("file", MIGRATIONS, ids=lambda file: file.stem)
def test_a_migration_never_imports_the_application(file: Path) -> None:
    """A migration must do the same in ten years, whatever the application has become."""
    assert [name for name in imported(file) if name.split(".")[0] in {"selection", "config", "wsgi"}] == []
