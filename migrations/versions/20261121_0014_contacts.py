"""Mailboxes, consents and mailed links.

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-21 19:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('consent_wordings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_wordings')),
    sa.UniqueConstraint('topic', 'version', 'language', name=op.f('uq_consent_wordings_topic'))
    )
    op.create_table('contacts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address_key', sa.LargeBinary(length=32), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('proven_on', sa.Date(), nullable=True),
    sa.Column('refused_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contacts')),
    sa.UniqueConstraint('address_key', name=op.f('uq_contacts_address_key'))
    )
    op.create_table('consents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=20), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('wording_id', sa.Integer(), nullable=False),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.CheckConstraint("channel in ('email')", name=op.f('ck_consents_channel')),
    sa.CheckConstraint("source in ('web', 'mail', 'own_page', 'paper')", name=op.f('ck_consents_source')),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_consents_contact_id_contacts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['wording_id'], ['consent_wordings.id'], name=op.f('fk_consents_wording_id_consent_wordings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents'))
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consents_contact_id'), ['contact_id'], unique=False)
    op.create_table('mail_tokens',
    sa.Column('mark', sa.LargeBinary(length=32), nullable=False),
    sa.Column('purpose', sa.String(length=10), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.Integer(), nullable=True),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("purpose in ('signature', 'booking', 'own_page')", name=op.f('ck_mail_tokens_purpose')),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_mail_tokens_contact_id_contacts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('mark', name=op.f('pk_mail_tokens'))
    )
    with op.batch_alter_table('mail_tokens', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_tokens_contact_id'), ['contact_id'], unique=False)


def downgrade():
    op.drop_table('mail_tokens')
    op.drop_table('consents')
    op.drop_table('contacts')
    op.drop_table('consent_wordings')
