"""Roles of a viewer of a partner and of an auditor; a second person's yes; how far a job is.

Revision ID: 0031
Revises: 0030
Create Date: 2026-11-22 01:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

BEFORE = "'administrator', 'survey_manager', 'analyst', 'safeguarding_lead', 'caseworker', 'centre_worker'"


def upgrade():
    _roles(f"{BEFORE}, 'partner_viewer', 'auditor'")
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('progress', sa.Integer(), server_default='0', nullable=False))
    op.create_table('approvals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=500), server_default='', nullable=False),
    sa.CheckConstraint("state in ('waiting', 'given', 'refused', 'waived', 'withdrawn')", name=op.f('ck_approvals_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approvals'))
    )
    with op.batch_alter_table('approvals', schema=None) as batch_op:
        batch_op.create_index('ix_approvals_subject', ['subject', 'id'], unique=False)
        batch_op.create_index('uq_approvals_waiting', ['subject'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))


def downgrade():
    op.drop_table('approvals')
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_column('progress')
    op.execute("DELETE FROM staff WHERE role in ('partner_viewer', 'auditor')")
    _roles(BEFORE)


def _roles(allowed):
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_staff_role'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_staff_role'), f"role in ({allowed})")
