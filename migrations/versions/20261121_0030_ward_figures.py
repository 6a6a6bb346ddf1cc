"""The table of wards of a pledge, as of the end of a day; and who came to an event unbooked.

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
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('walk_ins', sa.Integer(), server_default='0', nullable=False))
        batch_op.create_check_constraint(op.f('ck_events_walk_ins'), 'walk_ins >= 0')


def downgrade():
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_events_walk_ins'), type_='check')
        batch_op.drop_column('walk_ins')
    op.drop_table('ward_figures')
