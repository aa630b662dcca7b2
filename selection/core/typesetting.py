"""A process of its own that sets one document: `python -m selection.core.typesetting TEMPLATE FONTS`.

The typesetter is large and written in another language, so no web worker loads it. It reads the data as JSON from the
standard input and writes the PDF to the standard output.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import typst

UNSHOWN = re.compile(r"the text `\"(.+?)\"` could not be displayed")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def typeset(template: Path, data: dict[str, Any], fonts: Path) -> bytes:
    """Return the template filled with the data as PDF/UA-1; raises typst.TypstError if the template is wrong.

    Names come in any script. What neither our typefaces nor the machine's can show becomes a replacement character,
    since a document with a box in it is of more use than none.
    """
    content = json.dumps(data, ensure_ascii=False)
    while True:
        try:
            return _compiled(template, content, fonts)
        except typst.TypstError as error:
            unshown = {character for text in UNSHOWN.findall(error.diagnostic) for character in text if text in content}
            if not unshown - {REPLACEMENT}:
                raise
            content = content.translate({ord(character): REPLACEMENT for character in unshown})


def _compiled(template: Path, content: str, fonts: Path) -> bytes:
    made = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(fonts)],
        sys_inputs={"data": content},
        format="pdf",
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(Path(sys.argv[1]), json.load(sys.stdin), Path(sys.argv[2])))
