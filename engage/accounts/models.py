"""Members of staff."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class Role(StrEnum):
    """What a member of staff may do; an administrator may do all of it."""

    ADMINISTRATOR = "administrator"
    SURVEY_MANAGER = "survey_manager"
    ANALYST = "analyst"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    CASEWORKER = "caseworker"
    CENTRE_WORKER = "centre_worker"
    PARTNER_VIEWER = "partner_viewer"
    AUDITOR = "auditor"


class StaffMember(Model):
    """Someone who signs in. `email` is stored in lower case; the password as Argon2id.

    `left_on` is the day on which the account was deactivated; the row goes some time after. Of
    somebody who is invited and has no password yet, `password_hash` is empty. `break_glass` says
    that they may act as administrator in an emergency. `version` counts what administrators
    changed, and `signed_in_on` is the day of the last sign-in. `invited_by` is the number of the
    administrator who invited them, `linked_by` of the one by whose link they chose their password
    last: neither is another person to those whom they let in (`engage.approvals`).
    """

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint(
            "role in ('administrator', 'survey_manager', 'analyst', 'safeguarding_lead', "
            "'caseworker', 'centre_worker', 'partner_viewer', 'auditor')",
            name="role",
        ),
        # The audit log and much else name people by number: it is never given to another one.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    left_on: Mapped[date | None]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    signed_in_on: Mapped[date | None]
    break_glass: Mapped[bool] = mapped_column(default=False, server_default=false())
    invited_by: Mapped[int | None]
    linked_by: Mapped[int | None]

    @property
    def invited(self) -> bool:
        """Whether they have not chosen a password yet."""
        return not self.password_hash


class StaffLink(Model):
    """A link in a mail with which somebody chooses their password, once; one a person.

    `token_hash` is SHA-256 of what is in the link; none until the worker has sent it.
    """

    __tablename__ = "staff_links"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    asked_by: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
