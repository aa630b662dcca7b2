"""What people said of themselves for equality monitoring, apart from all else: no other table leans on it."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from selection.core.columns import Moment, one_of
from selection.core.db import Base
from selection.rules.equality import Age, Disability, EthnicGroup, Sex


class EqualityAnswer(Base):
    """One person's answers, given freely, changed or taken back by them alone; null is not answered."""

    __tablename__ = "equality_answer"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, autoincrement=False)
    age: Mapped[str | None] = mapped_column(String(20))
    sex: Mapped[str | None] = mapped_column(String(20))
    ethnic_group: Mapped[str | None] = mapped_column(String(20))
    disability: Mapped[str | None] = mapped_column(String(20))
    answered_at: Mapped[Moment]

    __table_args__ = (
        one_of("age", Age),
        one_of("sex", Sex),
        one_of("ethnic_group", EthnicGroup),
        one_of("disability", Disability),
    )
