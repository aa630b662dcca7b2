"""Attacks on selection standards and on the two people who publish one, and what these rest on in the scratch copy.

Versions 1 and 3 are published, as shipped; 2 is a draft by Tom (login 2), proposed by Lea (1), and Meg (3) had no hand
in it. Version 1 has three exercises with a competency each (1 to 3); 2 has a role play (exercise 4, competency 4).
"""

from selection.authorisation.invariant.attempt import Attempt, one, switched_off

NUMBERS = (
    "scale_min, scale_max, scale_standard, assessors_per_exercise, mean_needed, most_below_standard, floor, k, sem,"
    " rated_share_needed, resit_wait_months, standing_months, attempts_allowed, attempts_window_months,"
    " pass_valid_months"
)
BEGIN = (
    "INSERT INTO standard (title, number, state, {numbers}, content_format, shipped, version) VALUES ('S', {number},"
    " 'draft', 1, 5, 3, 2, 3000, 1, 2, 1000, 250, 800, 6, 12, 2, 24, 24, 3, {shipped}, 1)"
)
LOOK_FOR = (
    (
        "INSERT INTO exercise (standard_id, kind, position, title, brief, minutes)"
        " VALUES ({standard}, '{kind}', 1, 'x', 'x', 30)"
    ),
    "INSERT INTO competency (exercise_id, position, title, description) VALUES ({exercise}, 1, 'x', '')",
    "INSERT INTO indicator (competency_id, position, text, contrary) VALUES ({exercise}, 1, 'x', FALSE)",
)
BEGUN_PUBLISHED = (
    "INSERT INTO standard (title, number, state, {numbers}, content_hash, published_at, version, shipped)"
    " SELECT title, 9, 'published', {numbers}, 'aa', '2027-03-15', 1, TRUE FROM standard WHERE id = 2"
)
PROPOSE = (
    "INSERT INTO standard_proposal (standard_id, content_hash, why, proposed_by_id, proposed_at, ended_because)"
    " VALUES (2, '{hash}', 'x', 1, '2026-01-01', '')"
)
SHIP = (
    "UPDATE standard SET state = 'published', content_hash = '{hash}', published_at = '2026-01-01'"
    " WHERE id = {standard}"
)
HASH, OTHER_HASH = "1" * 64, "3" * 64
"""The hashes of the versions that are published."""

PUBLICATION = (
    "INSERT INTO standard_publication (standard_id, proposal_id, proposed_by_id, published_by_id, content_hash,"
    " published_at) SELECT {standard}, p.id, {proposer}, {publisher}, {hash}, '2027-03-15' FROM standard_proposal p"
    " WHERE p.standard_id = 2"
)
PUBLISH = (
    "UPDATE standard SET state = 'published', content_hash = ({hash}), published_at = '2027-03-15',"
    " published_by_id = {who} WHERE id = 2"
)
SEND_BACK = "UPDATE standard_proposal SET ended_at = '2027-03-15', ended_by_id = 3"


def _publication(**given: object) -> str:
    """The row that two people leave when they publish; `given` is what is forged in it."""
    return PUBLICATION.format(**({"standard": 2, "proposer": 1, "publisher": 3, "hash": "p.content_hash"} | given))


def _publish(**given: object) -> str:
    """The change that publishes; `given` is what is forged in it."""
    proposed = "SELECT content_hash FROM standard_proposal WHERE standard_id = 2"
    return PUBLISH.format(**({"hash": proposed, "who": 3} | given))


def _looked_for(standard: int, exercise: int, kind: str) -> tuple[str, ...]:
    return tuple(each.format(standard=standard, exercise=exercise, kind=kind) for each in LOOK_FOR)


FURNISH = (
    BEGIN.format(numbers=NUMBERS, number=1, shipped="TRUE"),
    BEGIN.format(numbers=NUMBERS, number=2, shipped="FALSE"),
    BEGIN.format(numbers=NUMBERS, number=3, shipped="TRUE"),
    *_looked_for(1, 1, "role_play"),
    *_looked_for(1, 2, "presentation"),
    *_looked_for(1, 3, "formal_interview"),
    *_looked_for(2, 4, "role_play"),
    "INSERT INTO anchor (standard_id, point, label, text) VALUES (1, 3, 'x', 'x'), (2, 3, 'x', 'x')",
    SHIP.format(standard=1, hash=HASH),
    SHIP.format(standard=3, hash=OTHER_HASH),
    "INSERT INTO standard_author (standard_id, account_id, since) VALUES (2, 2, '2026-01-01')",
    PROPOSE.format(hash="2" * 64),
)

MUST_BE_REFUSED: tuple[Attempt, ...] = (
    one("publish without a second person", _publish()),
    one("publish in nobody's name", _publication(), _publish(who="NULL")),
    one("publish what one proposed", _publication(publisher=1)),
    one("publish one's own words", _publication(publisher=2)),
    one("pass somebody off as the proposer", _publication(proposer=2)),
    one("publish another content than was proposed", _publication(hash="'aa'")),
    one("publish by the proposal of another version", _publication(standard=1)),
    one("name another publisher on the version", _publication(), _publish(who=2)),
    one("put another hash on the version", _publication(), _publish(hash="SELECT 'aa'")),
    one("pass a draft off as shipped", "UPDATE standard SET shipped = TRUE WHERE id = 2"),
    one(
        "begin a version as published",
        BEGUN_PUBLISHED.format(numbers=NUMBERS),
    ),
    one("forget who wrote", "DELETE FROM standard_author WHERE standard_id = 2"),
    one("make another the author", "UPDATE standard_author SET account_id = 3"),
    one("change who proposed", "UPDATE standard_proposal SET proposed_by_id = 2"),
    one("change what was proposed", "UPDATE standard_proposal SET content_hash = 'aa'"),
    one("forget a proposal", "DELETE FROM standard_proposal"),
    one("end a proposal by nobody", "UPDATE standard_proposal SET ended_at = '2027-03-15'"),
    one("end a proposal twice", SEND_BACK, SEND_BACK),
    one("publish what was sent back", SEND_BACK, _publication()),
    one("change a number of what is proposed", "UPDATE standard SET sem = 0 WHERE id = 2"),
    one("change its time to appeal", "UPDATE standard SET appeal_days = 7 WHERE id = 2"),
    one("change its moderation", "UPDATE standard SET discuss_straddling = FALSE WHERE id = 2"),
    one("change an anchor of what is proposed", "UPDATE anchor SET text = 'y' WHERE standard_id = 2"),
    one("delete an anchor of what is proposed", "DELETE FROM anchor WHERE standard_id = 2"),
    one("move its exercises away", "UPDATE exercise SET standard_id = 3 WHERE standard_id = 2"),
    one("delete its indicators", "DELETE FROM indicator WHERE competency_id = 4"),
    one("add an indicator to what is proposed", LOOK_FOR[2].format(exercise=4).replace(" 1, 'x'", " 9, 'y'")),
    one("delete what is proposed", "DELETE FROM standard WHERE id = 2"),
    one("change who published", _publication(), "UPDATE standard_publication SET published_by_id = 2"),
    one("forget a publication", _publication(), "DELETE FROM standard_publication"),
    one("send back what is published", _publication(), SEND_BACK),
    one("change a number once published", _publication(), _publish(), "UPDATE standard SET sem = 0 WHERE id = 2"),
    one("make it a draft again", _publication(), _publish(), "UPDATE standard SET state = 'draft' WHERE id = 2"),
    one("delete it once published", _publication(), _publish(), "DELETE FROM standard WHERE id = 2"),
    one("change a published version", "UPDATE standard SET sem = 0 WHERE id = 1"),
    one("put another hash on a published version", "UPDATE standard SET content_hash = 'aa' WHERE id = 1"),
    one("change a published indicator", "UPDATE indicator SET text = 'y' WHERE competency_id = 1"),
    one("add a competency to a published version", LOOK_FOR[1].format(exercise=1).replace(" 1, 'x'", " 9, 'y'")),
    one("delete an anchor of a published version", "DELETE FROM anchor WHERE standard_id = 1"),
    one(
        "let the first format say something new",
        SEND_BACK,
        "UPDATE standard SET content_format = 1, discuss_from_apart = 3 WHERE id = 2",
    ),
    one(
        "let the second format say something new",
        SEND_BACK,
        "UPDATE standard SET content_format = 2, appeal_days = 7 WHERE id = 2",
    ),
    one(
        "hold a centre under a draft",
        "INSERT INTO centre (title, area_id, standard_id, chair_id, venue, held_on, version)"
        " VALUES ('C', 1, 2, 4, '', '2027-03-15', 1)",
    ),
    one("move a centre to a draft", "UPDATE centre SET standard_id = 2 WHERE id = 3"),
    one("empty the indicators", "TRUNCATE indicator CASCADE", dialect="postgresql"),
    one("empty the standards", "TRUNCATE standard CASCADE", dialect="postgresql"),
    *switched_off("write in a draft", "UPDATE standard_author SET since = since"),
)

MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
    one("publish what another proposed", _publication(), _publish()),
    one("send a proposal back, and change the draft", SEND_BACK, "UPDATE standard SET sem = 0 WHERE id = 2"),
    one("move a centre without candidates to another version", "UPDATE centre SET standard_id = 1 WHERE id = 3"),
)
