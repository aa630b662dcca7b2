"""The lease by which only one process runs the timetable."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from selection.core.columns import Moment
from selection.core.db import Base


class Lease(Base):
    """Who runs the jobs, and until when unless they say so again."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(120))
    held_until: Mapped[Moment]
