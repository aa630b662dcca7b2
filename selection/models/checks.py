"""How often the public page was asked, so that certificate numbers cannot be walked."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from selection.core.columns import AwareUTC
from selection.core.db import Base


class NumberCheck(Base):
    """How many numbers one address asked about in one hour; the address is kept as a keyed hash, and for that hour."""

    __tablename__ = "number_check"

    asker: Mapped[str] = mapped_column(String(64), primary_key=True)
    hour: Mapped[datetime] = mapped_column(AwareUTC, primary_key=True)
    asked: Mapped[int]
