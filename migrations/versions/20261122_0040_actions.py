"""Actions: what was done about what people said.

Revision ID: 0040
Revises: 0039
Create Date: 2026-11-22 01:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('actions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('theme', sa.String(length=20), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('did', sa.Text(), nullable=False),
    sa.Column('owner', sa.String(length=120), nullable=False),
    sa.Column('keeper', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('shown', sa.Text(), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_shown_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state in ('planned', 'under_way', 'done', 'stopped')", name=op.f('ck_actions_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_actions'))
    )
    op.create_table('action_findings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('questionnaire', sa.String(length=60), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(length=60), nullable=False),
    sa.Column('breakdown', sa.String(length=60), nullable=False),
    sa.Column('group', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_action_findings_action_id_actions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_findings'))
    )
    with op.batch_alter_table('action_findings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_findings_action_id'), ['action_id'], unique=False)

    op.create_table('action_updates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('words', sa.String(length=600), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_action_updates_action_id_actions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_updates'))
    )
    with op.batch_alter_table('action_updates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_updates_action_id'), ['action_id'], unique=False)

    op.create_table('action_wards',
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('ward', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_action_wards_action_id_actions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('action_id', 'ward', name=op.f('pk_action_wards'))
    )
    op.create_table('action_quotes',
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('quote_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_action_quotes_action_id_actions'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['quote_id'], ['quotes.id'], name=op.f('fk_action_quotes_quote_id_quotes'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('action_id', 'quote_id', name=op.f('pk_action_quotes'))
    )


def downgrade():
    op.drop_table('action_quotes')
    op.drop_table('action_wards')
    with op.batch_alter_table('action_updates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_updates_action_id'))

    op.drop_table('action_updates')
    with op.batch_alter_table('action_findings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_findings_action_id'))

    op.drop_table('action_findings')
    op.drop_table('actions')
