"""how the people of a wave were found

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-22 14:30:12.204518

"""

from alembic import op


# revision identifiers, used by Alembic.
revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    # As one statement, the table is not copied: SQLite takes a check with a new column, but not later.
    op.execute(
        "ALTER TABLE waves ADD COLUMN sample VARCHAR(10) DEFAULT 'open_link' NOT NULL "
        "CONSTRAINT ck_waves_sample CHECK (sample in ('open_link', 'panel', 'random'))"
    )


def downgrade():
    op.execute("ALTER TABLE waves DROP COLUMN sample")
