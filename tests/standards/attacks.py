"""What plain SQL must not get past the two people who publish a standard; each attack is a list of statements."""

PUBLICATION = (
    "INSERT INTO standard_publication (standard_id, proposal_id, proposed_by_id, published_by_id, content_hash,"
    " published_at) SELECT {standard}, p.id, {proposer}, {publisher}, {hash}, '2027-03-15' FROM standard_proposal p"
    " WHERE p.standard_id = :draft"
)
PUBLISH = (
    "UPDATE standard SET state = 'published', content_hash = ({hash}), published_at = '2027-03-15',"
    " published_by_id = {who} WHERE id = :draft"
)
PROPOSED_HASH = "SELECT content_hash FROM standard_proposal WHERE standard_id = :draft"
OLD_FIELDS = (
    "scale_min, scale_max, scale_standard, assessors_per_exercise, mean_needed, most_below_standard, floor, k, sem,"
    " rated_share_needed, resit_wait_months, standing_months, attempts_allowed, attempts_window_months,"
    " pass_valid_months"
)
SEND_BACK = "UPDATE standard_proposal SET ended_at = '2027-03-15', ended_by_id = :reader"


def publication(**given: str) -> str:
    """The row that two people leave when they publish; `given` is what is forged in it."""
    usual = {"standard": ":draft", "proposer": ":proposer", "publisher": ":reader", "hash": "p.content_hash"}
    return PUBLICATION.format(**(usual | given))


def publish(**given: str) -> str:
    """The change that publishes; `given` is what is forged in it."""
    return PUBLISH.format(**({"hash": PROPOSED_HASH, "who": ":reader"} | given))


ATTACKS: dict[str, list[str]] = {
    "publish without a second person": [publish()],
    "publish in nobody's name": [publication(), publish(who="NULL")],
    "the proposer publishes": [publication(publisher=":proposer")],
    "an author publishes": [publication(publisher=":author")],
    "pass somebody off as the proposer": [publication(proposer=":author")],
    "publish another content than was proposed": [publication(hash="'aa'")],
    "publish by the proposal of another version": [publication(standard=":published")],
    "name another publisher on the version": [publication(), publish(who=":author")],
    "put another hash on the version": [publication(), publish(hash="SELECT 'aa'")],
    "pass it off as shipped": ["UPDATE standard SET shipped = TRUE WHERE id = :draft"],
    "begin as published": [
        (
            f"INSERT INTO standard (title, number, state, {OLD_FIELDS}, content_hash, published_at, version, shipped)"
            f" SELECT title, 9, 'published', {OLD_FIELDS}, 'aa', '2027-03-15', 1, TRUE FROM standard WHERE id = :draft"
        )
    ],
    "forget who wrote": ["DELETE FROM standard_author WHERE standard_id = :draft"],
    "make another the author": ["UPDATE standard_author SET account_id = :reader"],
    "change who proposed": ["UPDATE standard_proposal SET proposed_by_id = :author"],
    "change what was proposed": ["UPDATE standard_proposal SET content_hash = 'aa'"],
    "forget the proposal": ["DELETE FROM standard_proposal"],
    "end the proposal by nobody": ["UPDATE standard_proposal SET ended_at = '2027-03-15'"],
    "end the proposal twice": [SEND_BACK, SEND_BACK],
    "publish what was sent back": [SEND_BACK, publication()],
    "change a number of what is proposed": ["UPDATE standard SET sem = 0 WHERE id = :draft"],
    "change its time to appeal": ["UPDATE standard SET appeal_days = 7 WHERE id = :draft"],
    "change its moderation": ["UPDATE standard SET discuss_straddling = FALSE WHERE id = :draft"],
    "change an anchor": ["UPDATE anchor SET text = 'x' WHERE standard_id = :draft"],
    "delete an anchor": ["DELETE FROM anchor WHERE standard_id = :draft"],
    "move its exercises away": ["UPDATE exercise SET standard_id = :published WHERE standard_id = :draft"],
    "delete its indicators": ["DELETE FROM indicator WHERE id > :last_published"],
    "add an indicator": [
        (
            "INSERT INTO indicator (competency_id, position, text, contrary) SELECT competency_id, 99, 'x', FALSE"
            " FROM indicator WHERE id > :last_published"
        )
    ],
    "delete what is proposed": ["DELETE FROM standard WHERE id = :draft"],
    "change who published": [publication(), "UPDATE standard_publication SET published_by_id = :author"],
    "forget the publication": [publication(), "DELETE FROM standard_publication"],
    "send back what is published": [publication(), SEND_BACK],
    "change a number once published": [publication(), publish(), "UPDATE standard SET sem = 0 WHERE id = :draft"],
    "make it a draft again": [publication(), publish(), "UPDATE standard SET state = 'draft' WHERE id = :draft"],
    "delete it once published": [publication(), publish(), "DELETE FROM standard WHERE id = :draft"],
    "change another published version": ["UPDATE standard SET sem = 0 WHERE id = :published"],
    "change a published indicator": ["UPDATE indicator SET text = 'x' WHERE id = :last_published"],
    "let an old format say something new": [
        SEND_BACK,
        "UPDATE standard SET content_format = 1, discuss_from_apart = 3 WHERE id = :draft",
    ],
    "hold a centre under a draft": [
        (
            "INSERT INTO centre (title, area_id, standard_id, chair_id, venue, held_on, version)"
            " SELECT 'C', a.id, :draft, :author, '', '2027-03-15', 1 FROM area a"
        )
    ],
}
"""The last statement of each must be refused, those before it must go through: else the attack proves nothing."""

SWITCHED_OFF = {
    "postgresql": ("TRUNCATE indicator CASCADE", "TRUNCATE standard CASCADE"),
    "sqlite": ("ignore_check_constraints = ON", "recursive_triggers = OFF", "foreign_keys = OFF"),
}
"""What would take the rows from under the constraints, or the constraints away."""
