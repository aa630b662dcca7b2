"""Standards as files, the same from the page and from the command: a whole version out, a whole draft in."""

import hashlib
import json
from pathlib import PurePath

from selection.models.standards import Standard
from selection.prescribed.content import content, from_content, hash_of
from selection.rules.names import kept
from selection.rules.roles import Actor
from selection.standards import queries
from selection.standards.drafts.actions import store
from selection.standards.files.reading import Fault, Faulty, read


def exported(standard: Standard) -> str:
    """Return a version as the text of a file, its hash beside its content; load it with `facts.WHOLE`."""
    said = content(standard)
    document = {"$schema": "standard.schema.json", "content_hash": hash_of(said), "standard": said}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def file_name(standard: Standard) -> str:
    """Return what the file of a version is called: letters, figures and hyphens, whatever the title."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in standard.title).split()
    return f"{'-'.join(['standard', *words, 'version', str(standard.number)]).lower()[:120]}.json"


def import_standard(file: bytes, *, name: str, next_number: bool, by: Actor) -> Standard:
    """Return the draft that a file makes, all of it or nothing; raises Faulty with everything that is wrong with it.

    It says what the file says, in the format of the file, so that it has the same hash. With `next_number` it becomes
    the next version of its title instead.
    """
    given = read(file)
    free = queries.next_number(given["title"])
    if next_number:
        given = {**given, "number": free}
    elif queries.is_taken(given["title"], given["number"]):
        raise Faulty(_taken(given["title"], given["number"], free))
    told = {"file": kept(PurePath(name).name)[:200], "file_hash": hashlib.sha256(file).hexdigest()}
    return store(from_content(given), "standard.imported", by=by, told={**told, "content_hash": hash_of(given)})


def _taken(title: str, number: int, free: int) -> Fault:
    sentence = f"“{title}” has a version {number} here already. It can be imported as the next one, version {free}."
    return Fault("number", sentence)
