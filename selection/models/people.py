"""Areas, staff members, and the logins by which they come in."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import BYTEWISE, EMAIL_LENGTH, Day, Key, Moment, Name, Prose, Version, one_of
from selection.core.db import Base
from selection.rules.roles import Role
from selection.rules.sessions import Nation


class Area(Base):
    """A part of the service; staff, centres, events and groups belong to one. Its nation has its bank holidays."""

    __tablename__ = "area"

    id: Mapped[Key]
    name: Mapped[Name] = mapped_column(unique=True)
    nation: Mapped[str] = mapped_column(
        String(20), default=Nation.ENGLAND_AND_WALES, server_default=Nation.ENGLAND_AND_WALES
    )

    __table_args__ = (one_of("nation", Nation),)


class Staff(Base):
    """A person in the service, whatever they do; a login is another thing."""

    __tablename__ = "staff"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[Name]
    sort_name: Mapped[str] = mapped_column(BYTEWISE, index=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)
    job_title: Mapped[str] = mapped_column(String(200), default="")
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    joined_on: Mapped[Day]
    left_on: Mapped[Day | None]
    version: Mapped[Version] = mapped_column()

    area: Mapped[Area] = relationship()
    line_manager: Mapped["Staff | None"] = relationship(remote_side="Staff.id")
    words: Mapped[list["StaffWord"]] = relationship(back_populates="staff", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(None, "area_id", "sort_name"),
        CheckConstraint("left_on IS NULL OR joined_on <= left_on", name="joined_before_leaving"),
        CheckConstraint("line_manager_id IS NULL OR line_manager_id <> id", name="not_own_manager"),
    )


class StaffWord(Base):
    """A word by which a staff member is found: of the name, the number or the address, folded to small letters."""

    __tablename__ = "staff_word"

    word: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, index=True)

    staff: Mapped[Staff] = relationship(back_populates="words")


class Acquaintance(Base):
    """A declared acquaintance of two staff members, in either direction; neither assesses the other."""

    __tablename__ = "acquaintance"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, index=True)
    declared_on: Mapped[Day]
    note: Mapped[Prose]

    __table_args__ = (CheckConstraint("staff_id <> other_id", name="two_people"),)


class Account(Base):
    """A login: an address, a password's argon2 hash, and the session key that a new password replaces."""

    __tablename__ = "account"

    id: Mapped[Key]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), unique=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)
    name: Mapped[Name]
    password_hash: Mapped[str] = mapped_column(String(200))
    session_key: Mapped[str] = mapped_column(String(64), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[Moment | None]
    version: Mapped[Version] = mapped_column()

    staff: Mapped[Staff | None] = relationship()
    grants: Mapped[list["Grant"]] = relationship(back_populates="account", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class Grant(Base):
    """A role that a login has, in one area or, where the area is null, in the whole service."""

    __tablename__ = "role_grant"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))

    account: Mapped[Account] = relationship(back_populates="grants")
    area: Mapped[Area | None] = relationship()

    __table_args__ = (one_of("role", Role), UniqueConstraint("account_id", "role", "area_id"))
