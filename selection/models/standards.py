"""Selection standards: versioned, and unchangeable once published (a trigger of the migration sees to it)."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Key, Moment, Name, Prose, Thousandths, Version, one_of
from selection.core.db import Base
from selection.rules.standards import ExerciseKind

CURRENT_FORMAT = 3
"""The format of what is written now: `prescribed.content.SINCE` says what each added."""


class Standard(Base):
    """One version of the nationally prescribed selection standard, with every number of its rules.

    `content_format` says which fields its hash takes in. `shipped` is true of versions that came with the service and
    had no second person to publish them.
    """

    __tablename__ = "standard"

    id: Mapped[Key]
    title: Mapped[Name]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    scale_min: Mapped[int]
    scale_max: Mapped[int]
    scale_standard: Mapped[int]
    assessors_per_exercise: Mapped[int]
    mean_needed: Mapped[Thousandths]
    most_below_standard: Mapped[int]
    floor: Mapped[int]
    k: Mapped[Thousandths]
    sem: Mapped[Thousandths]
    rated_share_needed: Mapped[Thousandths]
    resit_wait_months: Mapped[int]
    standing_months: Mapped[int]
    attempts_allowed: Mapped[int]
    attempts_window_months: Mapped[int]
    pass_valid_months: Mapped[int]
    discuss_from_apart: Mapped[int] = mapped_column(default=2)
    discuss_straddling: Mapped[bool] = mapped_column(default=True)
    discuss_judgements: Mapped[bool] = mapped_column(default=True)
    feedback_names_assessors: Mapped[bool] = mapped_column(default=False)
    indicators_needed: Mapped[int] = mapped_column(default=4)
    most_sat_alone: Mapped[int] = mapped_column(default=1)
    appeal_days: Mapped[int] = mapped_column(default=28)
    feedback_days: Mapped[int] = mapped_column(default=28)
    content_format: Mapped[int] = mapped_column(default=CURRENT_FORMAT)
    shipped: Mapped[bool] = mapped_column(default=False)
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id"))
    changed_at: Mapped[Moment | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    content_hash: Mapped[str | None] = mapped_column(String(64))
    published_at: Mapped[Moment | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[Version] = mapped_column()

    anchors: Mapped[list["Anchor"]] = relationship(order_by="Anchor.point")
    exercises: Mapped[list["Exercise"]] = relationship(back_populates="standard", order_by="Exercise.position")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("title", "number"),
        one_of("state", ("draft", "published")),
        CheckConstraint("scale_min < scale_standard AND scale_standard <= scale_max", name="standard_on_scale"),
        CheckConstraint(
            "state = 'draft' OR (content_hash IS NOT NULL AND published_at IS NOT NULL)", name="published_whole"
        ),
        CheckConstraint("state = 'draft' OR shipped OR published_by_id IS NOT NULL", name="publisher_known"),
        CheckConstraint("discuss_from_apart >= 1", name="discussed_from_one_apart"),
        CheckConstraint(
            "content_format > 1 OR (discuss_from_apart = 2 AND discuss_straddling AND discuss_judgements"
            " AND NOT feedback_names_assessors)",
            name="first_format_as_it_was",
        ),
        CheckConstraint("indicators_needed >= 1", name="indicator_needed"),
        CheckConstraint("most_sat_alone BETWEEN 0 AND 2", name="sat_alone_or_whole"),
        CheckConstraint("appeal_days >= 1", name="time_to_appeal"),
        CheckConstraint("feedback_days >= 1", name="time_for_feedback"),
        CheckConstraint(
            "content_format > 2 OR (indicators_needed = 4 AND most_sat_alone = 1 AND appeal_days = 28"
            " AND feedback_days = 28)",
            name="second_format_as_it_was",
        ),
    )


class Anchor(Base):
    """What a point of the rating scale means, in words."""

    __tablename__ = "anchor"

    id: Mapped[Key]
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    point: Mapped[int]
    label: Mapped[Name]
    text: Mapped[Prose]

    __table_args__ = (UniqueConstraint("standard_id", "point"),)


class Exercise(Base):
    """Role play, presentation or formal interview, as one standard has it."""

    __tablename__ = "exercise"

    id: Mapped[Key]
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[Name]
    brief: Mapped[Prose]
    minutes: Mapped[int]

    standard: Mapped[Standard] = relationship(back_populates="exercises")
    competencies: Mapped[list["Competency"]] = relationship(order_by="Competency.position")

    __table_args__ = (
        one_of("kind", ExerciseKind),
        UniqueConstraint("standard_id", "kind"),
        UniqueConstraint("id", "kind"),
    )


class Competency(Base):
    """What an exercise looks for."""

    __tablename__ = "competency"

    id: Mapped[Key]
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id"))
    position: Mapped[int]
    title: Mapped[Name]
    description: Mapped[Prose]

    indicators: Mapped[list["Indicator"]] = relationship(order_by="Indicator.position")

    __table_args__ = (UniqueConstraint("exercise_id", "position"), UniqueConstraint("id", "exercise_id"))


class Indicator(Base):
    """A behaviour that shows a competency, or (contrary) speaks against it."""

    __tablename__ = "indicator"

    id: Mapped[Key]
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"))
    position: Mapped[int]
    text: Mapped[Prose]
    contrary: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (UniqueConstraint("competency_id", "position"),)


class StandardAuthor(Base):
    """Somebody whose words are in a version: whoever began its draft or changed it."""

    __tablename__ = "standard_author"

    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    since: Mapped[Moment]


class StandardProposal(Base):
    """Somebody holds that a draft should be published as it is; it stands until it is taken back or sent back."""

    __tablename__ = "standard_proposal"

    id: Mapped[Key]
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"))
    content_hash: Mapped[str] = mapped_column(String(64))
    why: Mapped[Prose]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_because: Mapped[Prose]

    __table_args__ = (
        UniqueConstraint("id", "standard_id", "proposed_by_id", "content_hash", name="uq_standard_proposal_identity"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        Index(
            "uq_standard_proposal_one_open",
            "standard_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class StandardPublication(Base):
    """The second person published what the first had proposed, word for word (by the hash of its content)."""

    __tablename__ = "standard_publication"

    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"), primary_key=True)
    proposal_id: Mapped[int]
    proposed_by_id: Mapped[int]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[Moment]

    __table_args__ = (
        CheckConstraint("proposed_by_id <> published_by_id", name="by_two"),
        ForeignKeyConstraint(
            ["proposal_id", "standard_id", "proposed_by_id", "content_hash"],
            [f"standard_proposal.{column}" for column in ("id", "standard_id", "proposed_by_id", "content_hash")],
            name="fk_standard_publication_proposal",
        ),
    )
