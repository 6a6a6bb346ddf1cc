"""The day on which an organisation was refused.

Revision ID: 0023
Revises: 0022
Create Date: 2026-11-21 20:15:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('refused_on', sa.Date(), nullable=True))
    # Nothing tells when those were refused: they have a year from now.
    op.execute("UPDATE organisations SET refused_on = CURRENT_DATE WHERE standing = 'refused'")


def downgrade():
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_column('refused_on')
