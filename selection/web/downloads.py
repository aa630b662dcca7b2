"""Answers that are files: named safely, saved rather than shown, never guessed at."""

from flask import Response, current_app, make_response

from selection.core import documents

PDF = "application/pdf"


def as_file(content: bytes | str, *, name: str, kind: str) -> Response:
    """Return the content as a file to save under the name; `kind` is its media type."""
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def as_pdf(template: str, data: dict[str, object], *, name: str) -> Response:
    """Return a document of templates/documents, filled with the data, as a PDF file to save under the name."""
    return as_file(documents.pdf(template, data, service=current_app.config["SERVICE_NAME"]), name=name, kind=PDF)
