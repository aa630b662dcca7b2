"""Secret links to calendars: of a person's own appointments, or of a group's sessions. Only a hash is kept."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Key, Moment
from selection.core.db import Base
from selection.models.groups import Group
from selection.models.people import Account

_LIVE = text("revoked_at IS NULL")


class CalendarLink(Base):
    """A link that a login made for itself: of its own calendar, or (with a group) of that group's; until revoked."""

    __tablename__ = "calendar_link"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("delivery_group.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]

    account: Mapped[Account] = relationship()
    group: Mapped[Group | None] = relationship()

    __table_args__ = (
        CheckConstraint("length(secret_hash) = 64", name="hash_alone"),
        Index(
            "uq_calendar_link_one_for_a_group",
            "account_id",
            "group_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "uq_calendar_link_one_of_ones_own",
            "account_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL AND group_id IS NULL"),
            postgresql_where=text("revoked_at IS NULL AND group_id IS NULL"),
        ),
        Index(None, "account_id"),
    )
