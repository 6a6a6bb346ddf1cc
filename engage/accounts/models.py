"""Members of staff."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
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

    `left_on` is the day on which the account was deactivated; the row goes some time after.
    """

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint(
            "role in ('administrator', 'survey_manager', 'analyst', 'safeguarding_lead', "
            "'caseworker', 'centre_worker', 'partner_viewer', 'auditor')",
            name="role",
        ),
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
