"""Where the menu says that somebody is."""

import pytest

from selection.rules.roles import Held, Role
from selection.web.navigation import menu


@pytest.mark.parametrize(
    ("role", "endpoint", "expected"),
    [
        (Role.TRAINING_LEAD, "training.event", "Training"),
        (Role.TRAINING_LEAD, "training.mine", "My training"),
        (Role.STAFF_MEMBER, "training.event", "My training"),
    ],
)
def test_a_page_below_a_section_lies_at_its_index_where_one_may_go_there(
    role: Role, endpoint: str, expected: str
) -> None:
    here = menu((Held(role=role, area_id=None),), endpoint, "training").here
    assert here is not None
    assert here.label == expected
