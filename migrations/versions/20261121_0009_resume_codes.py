"""Resume codes.

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-21 18:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('resume_codes',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.LargeBinary(length=32), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_resume_codes_draft_id_drafts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('draft_id', name=op.f('pk_resume_codes')),
    sa.UniqueConstraint('mark', name=op.f('uq_resume_codes_mark'))
    )


def downgrade():
    op.drop_table('resume_codes')
