"""Find events of the audit log by person, act and subject; keep what verifying found.

Revision ID: 0033
Revises: 0032
Create Date: 2026-11-22 01:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'audit_checks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('staff_id', sa.Integer(), nullable=True),
        sa.Column('events', sa.Integer(), nullable=False),
        sa.Column('agree', sa.Integer(), nullable=False),
        sa.Column('unanchored', sa.Integer(), nullable=False),
        sa.Column('restores', sa.Integer(), nullable=False),
        sa.Column('faults', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_checks')),
    )
    with op.batch_alter_table('audit_events', schema=None) as batch_op:
        batch_op.create_index('ix_audit_events_staff', ['staff_id', 'at'], unique=False)
        batch_op.create_index('ix_audit_events_action', ['action', 'at'], unique=False)
        batch_op.create_index('ix_audit_events_subject', ['subject', 'at'], unique=False)


def downgrade():
    with op.batch_alter_table('audit_events', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_events_subject')
        batch_op.drop_index('ix_audit_events_action')
        batch_op.drop_index('ix_audit_events_staff')

    op.drop_table('audit_checks')
