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
    # The check may be the table's since 0041, and then SQLite drops no column that it names.
    with op.batch_alter_table('waves', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_waves_sample'), type_='check')
        batch_op.drop_column('sample')
