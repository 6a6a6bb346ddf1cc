"""Addresses for which a link is wanted, sealed until the worker has looked them up.

Revision ID: 0029
Revises: 0026
Create Date: 2026-11-21 22:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0029'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('wanted_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wanted_links'))
    )


def downgrade():
    op.drop_table('wanted_links')
