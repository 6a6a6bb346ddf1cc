"""Names that people ask to be shown wait until staff have looked at them.

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-21 19:40:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        "ALTER TABLE signatures ADD COLUMN name_state VARCHAR(6) DEFAULT '' NOT NULL "
        "CONSTRAINT ck_signatures_name_state CHECK (name_state in ('', 'shown', 'hidden'))"
    )


def downgrade():
    with op.batch_alter_table('signatures') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_signatures_name_state'), type_='check')
        batch_op.drop_column('name_state')
