"""What a PDF that we set must be: tagged, named, in a known language, and declared as PDF/UA."""

from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def read_accessible(content: bytes, *, title: str) -> str:
    """Check that the PDF can be read aloud, and return its text."""
    reader = PdfReader(BytesIO(content))
    root = reader.root_object
    marks = root["/MarkInfo"]
    assert isinstance(marks, DictionaryObject)
    assert str(marks["/Marked"]) == "True"
    assert str(root["/Lang"]) == "en-GB"
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == title
    xmp = reader.xmp_metadata
    assert xmp is not None
    assert b"pdfuaid:part" in xmp.stream.get_data()
    return "\n".join(page.extract_text() for page in reader.pages)
