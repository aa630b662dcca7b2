"""Documents to keep or print: templates/documents/*.typ, filled with data, as tagged and accessible PDF."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from config import ROOT

TEMPLATES = ROOT / "templates/documents"
FONTS = ROOT / "selection/static/dist/fonts"
LONGEST = 60
"""Seconds after which a document is given up; a page takes a tenth of one."""


class DocumentError(RuntimeError):
    """A document that could not be set: its template is wrong, or it took too long."""


def pdf(template: str, data: Mapping[str, Any], *, service: str) -> bytes:
    """Return `templates/documents/<template>.typ` filled with the data, as PDF/UA-1.

    The data is made of what JSON knows: days and numbers are put into words before. `service` is the name that the
    page's head bears. Raises DocumentError, with the typesetter's words, if the document could not be set.
    """
    command = (sys.executable, "-m", "selection.core.typesetting", str(TEMPLATES / f"{template}.typ"), str(FONTS))
    content = json.dumps({"service": service, **data}, ensure_ascii=False).encode()
    try:
        done = subprocess.run(command, cwd=ROOT, input=content, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"{template} took longer than {LONGEST} seconds") from error
    if done.returncode:
        raise DocumentError(f"{template}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout
