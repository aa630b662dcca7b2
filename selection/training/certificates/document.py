"""What stands on the document of a certificate, in words."""

from typing import Any

from selection.authorisation.grounds import Ground
from selection.core import clock
from selection.rules.calendar import NO_END
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.words import day_in_words


def content(ground: Ground, *, check: str) -> dict[str, Any]:
    """Return the data of templates/documents/certificate.typ; `check` is the public address of the number."""
    certificate = ground.certificate
    programme = certificate.programme
    end = "with no end" if certificate.valid_to == NO_END else f"to {day_in_words(certificate.valid_to)}"
    did = "has completed" if ground.recognition is None else "has had recognised"
    return {
        "number": certificate.number,
        "holder": certificate.staff.name,
        "staff_number": certificate.staff.number,
        "sentence": f"{did} {STAGE_NAMES[Stage(certificate.stage)]}"
        + (f" for the programme {programme.title} ({programme.code})" if programme else ""),
        "kind": ground.kind,
        "grounds": f"{ground.says[0].upper()}{ground.says[1:]}, {day_in_words(ground.on_day)}",
        "valid": f"From {day_in_words(certificate.valid_from)} {end}",
        "issued": f"{day_in_words(clock.london(certificate.issued_at).date())}, by {ground.issued_by}",
        "withdrawn": f"Withdrawn from {day_in_words(certificate.withdrawn_on)}" if certificate.withdrawn_on else "",
        "check": check,
    }
