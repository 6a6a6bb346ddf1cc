"""Short links and batches of paper.

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-21 18:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('links',
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=40), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_links_wave_id_waves'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_links')),
    sa.UniqueConstraint('wave_id', 'place', name=op.f('uq_links_wave_id'))
    )
    op.create_table('entry_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(length=8), nullable=False),
    sa.Column('source', sa.String(length=40), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('operator', sa.Integer(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.CheckConstraint("mode in ('paper', 'phone', 'kiosk')", name=op.f('ck_entry_batches_mode')),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_entry_batches_wave_id_waves')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_batches'))
    )
    op.create_index('ix_entry_batches_wave', 'entry_batches', ['wave_id'])
    op.create_table('entered_forms',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('removed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['entry_batches.id'], name=op.f('fk_entered_forms_batch_id_entry_batches'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entered_forms')),
    sa.UniqueConstraint('batch_id', 'number', name=op.f('uq_entered_forms_batch_id'))
    )
    op.create_table('form_answers',
    sa.Column('form_id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['form_id'], ['entered_forms.id'], name=op.f('fk_form_answers_form_id_entered_forms'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('form_id', name=op.f('pk_form_answers'))
    )


def downgrade():
    op.drop_table('form_answers')
    op.drop_table('entered_forms')
    op.drop_index('ix_entry_batches_wave', table_name='entry_batches')
    op.drop_table('entry_batches')
    op.drop_table('links')
