"""Screening of what people wrote.

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-21 18:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


ROLES = "role in ('administrator', 'survey_manager', 'analyst')"
ROLES_WITH_LEAD = "role in ('administrator', 'survey_manager', 'analyst', 'safeguarding_lead')"


def upgrade():
    op.create_table('screened_texts',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=140), nullable=False),
    sa.Column('came_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=10), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state in ('waiting', 'passed', 'flagged', 'handled')", name=op.f('ck_screened_texts_state')),
    sa.ForeignKeyConstraint(['response_id'], ['responses.id'], name=op.f('fk_screened_texts_response_id_responses'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_screened_texts_wave_id_waves')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_screened_texts')),
    sa.UniqueConstraint('response_id', 'question', name=op.f('uq_screened_texts_response_id')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_screened_texts_due', 'screened_texts', ['state', 'due_on'], unique=False)
    may_be(ROLES_WITH_LEAD)


def downgrade():
    # The role goes, not the person: nobody is let see more than before.
    op.execute("UPDATE staff SET active = false, role = 'analyst' WHERE role = 'safeguarding_lead'")
    may_be(ROLES)
    op.drop_index('ix_screened_texts_due', table_name='screened_texts')
    op.drop_table('screened_texts')


def may_be(roles):
    name = op.f('ck_staff_role')
    with op.batch_alter_table('staff') as batch:
        batch.drop_constraint(name, type_='check')
        batch.create_check_constraint(name, roles)
