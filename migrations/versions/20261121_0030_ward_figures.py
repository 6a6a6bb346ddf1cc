"""The table of wards of a pledge, as of the end of a day.

Revision ID: 0030
Revises: 0029
Create Date: 2026-11-21 22:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('ward_figures',
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('ward', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_ward_figures_pledge_id_pledges'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pledge_id', 'ward', name=op.f('pk_ward_figures'))
    )


def downgrade():
    op.drop_table('ward_figures')
