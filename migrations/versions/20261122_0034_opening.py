"""What is signed before a wave opens, and how often a wave was changed.

Revision ID: 0034
Revises: 0033
Create Date: 2026-11-22 01:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('wave_gates',
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('gate', sa.String(length=20), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('signed_by', sa.Integer(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_wave_gates_wave_id_waves'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('wave_id', 'gate', name=op.f('pk_wave_gates'))
    )
    # As one statement, the table is not copied.
    op.execute("ALTER TABLE waves ADD COLUMN version INTEGER DEFAULT '1' NOT NULL")


def downgrade():
    op.execute("ALTER TABLE waves DROP COLUMN version")
    op.drop_table('wave_gates')
