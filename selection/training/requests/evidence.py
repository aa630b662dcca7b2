"""Files of evidence: known by their content, kept with their hash, handed over whole or not at all."""

import hashlib
from collections.abc import Iterable
from importlib import import_module

from werkzeug.datastructures import FileStorage

from selection.core import clock
from selection.core.db import db
from selection.models.recognitions import EvidenceContent, EvidenceFile, RecognitionRequest
from selection.rules.requests import LARGEST_FILE, Evidence, safe_name
from selection.rules.roles import Actor


class Tampered(Exception):  # noqa: N818 - it says what the file is
    """The bytes are not those that were stored."""


def read(storages: Iterable[FileStorage]) -> list[tuple[Evidence, bytes]]:
    """Read what was sent, each file no further than the size that is allowed; nothing chosen is no file."""
    found = []
    for storage in storages:
        if not storage.filename:
            continue
        content = storage.stream.read(LARGEST_FILE + 1)
        kind = kind_of(content)
        found.append((Evidence(name=storage.filename[:200], kind=kind, size=len(content)), content))
    return found


def kind_of(content: bytes) -> str | None:
    """Return what the bytes are as a media type, whatever the file is called; None if that cannot be told."""
    puremagic = import_module("puremagic")  # only whoever adds evidence needs it
    try:
        kind: str = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return None
    return kind or None


def keep(request: RecognitionRequest, files: Iterable[tuple[Evidence, bytes]], *, by: Actor) -> list[EvidenceFile]:
    """Store the files with the request, which is stored already; the same file twice is there once."""
    kept: dict[str, EvidenceFile] = {}
    for evidence, content in files:
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 in kept or evidence.kind is None:
            continue
        file = EvidenceFile(
            request_id=request.id,
            name=safe_name(evidence.name, evidence.kind),
            kind=evidence.kind,
            size=evidence.size,
            sha256=sha256,
            added_by_id=by.account_id,
            added_at=clock.now(),
        )
        db.session.add(file)
        db.session.flush()
        db.session.add(EvidenceContent(file_id=file.id, content=content))
        kept[sha256] = file
    db.session.flush()
    return list(kept.values())


def content_of(file: EvidenceFile) -> bytes:
    """Return the bytes of a file; raises Tampered if they are not those whose hash was kept."""
    row = db.session.get(EvidenceContent, file.id)
    if row is None or hashlib.sha256(row.content).hexdigest() != file.sha256:
        raise Tampered(f"evidence {file.id} is not what was stored")
    return row.content
