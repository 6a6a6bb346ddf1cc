"""Pledges, their words, signatures and counts.

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-21 19:02:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('pledges',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('questionnaire', sa.String(length=60), nullable=True),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledges')),
    sa.UniqueConstraint('slug', name=op.f('uq_pledges_slug'))
    )
    op.create_table('pledge_words',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('reviewed', sa.Boolean(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_pledge_words_pledge_id_pledges'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledge_words')),
    sa.UniqueConstraint('pledge_id', 'version', 'language', name=op.f('uq_pledge_words_pledge_id'))
    )
    op.create_table('invalidations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('conditions', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by', sa.Integer(), nullable=True),
    sa.Column('undone_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_invalidations_pledge_id_pledges')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_invalidations_staff_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['undone_by'], ['staff.id'], name=op.f('fk_invalidations_undone_by_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invalidations'))
    )
    op.create_table('signature_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.Column('origin', sa.String(length=200), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('twice', sa.Integer(), nullable=False),
    sa.Column('broken', sa.Integer(), nullable=False),
    sa.Column('report', sa.Text(), nullable=False),
    sa.CheckConstraint("source in ('paper', 'event', 'legacy')", name=op.f('ck_signature_batches_source')),
    sa.CheckConstraint("state in ('waiting', 'checked', 'taken', 'refused')", name=op.f('ck_signature_batches_state')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_signature_batches_pledge_id_pledges')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_signature_batches_staff_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signature_batches'))
    )
    op.create_table('signatures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('address_key', sa.LargeBinary(length=32), nullable=False),
    sa.Column('member', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('show_name', sa.Boolean(), nullable=False),
    sa.Column('under_18', sa.Boolean(), nullable=False),
    sa.Column('ward', sa.String(length=20), nullable=False),
    sa.Column('words_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('invalidation_id', sa.Integer(), nullable=True),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('network', sa.LargeBinary(length=16), nullable=True),
    sa.CheckConstraint("kind in ('person', 'organisation')", name=op.f('ck_signatures_kind')),
    sa.CheckConstraint("source in ('web', 'paper', 'event', 'legacy')", name=op.f('ck_signatures_source')),
    sa.CheckConstraint("state in ('pending', 'confirmed', 'withdrawn', 'invalidated')", name=op.f('ck_signatures_state')),
    sa.CheckConstraint('member in (1, 2)', name=op.f('ck_signatures_member')),
    sa.CheckConstraint('not (show_name and under_18)', name=op.f('ck_signatures_shown')),
    sa.ForeignKeyConstraint(['batch_id'], ['signature_batches.id'], name=op.f('fk_signatures_batch_id_signature_batches')),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_signatures_contact_id_contacts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['invalidation_id'], ['invalidations.id'], name=op.f('fk_signatures_invalidation_id_invalidations')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_signatures_organisation_id_organisations'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_signatures_pledge_id_pledges')),
    sa.ForeignKeyConstraint(['words_id'], ['pledge_words.id'], name=op.f('fk_signatures_words_id_pledge_words')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signatures')),
    sa.UniqueConstraint('pledge_id', 'address_key', 'member', name=op.f('uq_signatures_pledge_id'))
    )
    with op.batch_alter_table('signatures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signatures_address_key'), ['address_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_signatures_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_signatures_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index('ix_signatures_state', ['pledge_id', 'state', 'confirmed_on'], unique=False)
    op.create_table('signature_counts',
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('ward', sa.String(length=20), nullable=False),
    sa.Column('slot', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_signature_counts_pledge_id_pledges'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pledge_id', 'kind', 'ward', 'slot', name=op.f('pk_signature_counts'))
    )


def downgrade():
    op.drop_table('signature_counts')
    op.drop_table('signatures')
    op.drop_table('signature_batches')
    op.drop_table('invalidations')
    op.drop_table('pledge_words')
    op.drop_table('pledges')
