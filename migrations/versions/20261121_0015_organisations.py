"""Organisations and their commitments.

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-21 19:01:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('organisations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('sector', sa.String(length=20), nullable=False),
    sa.Column('size', sa.String(length=10), nullable=False),
    sa.Column('domain', sa.String(length=253), nullable=False),
    sa.Column('standing', sa.String(length=10), nullable=False),
    sa.Column('verified_by', sa.String(length=10), nullable=False),
    sa.Column('verified_on', sa.Date(), nullable=True),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('signatory', sa.String(length=100), nullable=False),
    sa.Column('position', sa.String(length=100), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.CheckConstraint("standing in ('asked', 'verified', 'approved', 'refused', 'left')", name=op.f('ck_organisations_standing')),
    sa.CheckConstraint("verified_by in ('', 'domain', 'staff')", name=op.f('ck_organisations_verified_by')),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_organisations_contact_id_contacts'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('slug', name=op.f('uq_organisations_slug'))
    )
    op.create_table('commitments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('promise', sa.String(length=20), nullable=False),
    sa.Column('progress', sa.String(length=10), nullable=False),
    sa.Column('owner', sa.String(length=100), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('evidence_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('renewed_on', sa.Date(), nullable=False),
    sa.CheckConstraint("progress in ('promised', 'under_way', 'done', 'dropped')", name=op.f('ck_commitments_progress')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_commitments_organisation_id_organisations'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitments')),
    sa.UniqueConstraint('organisation_id', 'promise', name=op.f('uq_commitments_organisation_id'))
    )


def downgrade():
    op.drop_table('commitments')
    op.drop_table('organisations')
