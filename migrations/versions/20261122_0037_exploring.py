"""Cross-tables that were asked for, and which somebody keeps at hand.

Revision ID: 0037
Revises: 0036
Create Date: 2026-11-22 01:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('cross_tables',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('spec', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('content', sa.Text(), nullable=True),
    sa.Column('hidden', sa.Text(), nullable=True),
    sa.Column('people', sa.String(length=64), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state in ('waiting', 'shown', 'refused')", name=op.f('ck_cross_tables_state')),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_cross_tables_wave_id_waves'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cross_tables')),
    sa.UniqueConstraint('wave_id', 'key', name=op.f('uq_cross_tables_wave_id'))
    )
    op.create_table('saved_tables',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('table_id', sa.Integer(), nullable=False),
    sa.Column('saved_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_saved_tables_staff_id_staff'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['cross_tables.id'], name=op.f('fk_saved_tables_table_id_cross_tables'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('staff_id', 'table_id', name=op.f('pk_saved_tables'))
    )
    op.create_index('ix_saved_tables_table_id', 'saved_tables', ['table_id'], unique=False)


def downgrade():
    op.drop_index('ix_saved_tables_table_id', table_name='saved_tables')
    op.drop_table('saved_tables')
    op.drop_table('cross_tables')
