"""one open wave of a questionnaire

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-21 09:20:41.118204

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index(
        'uq_waves_open',
        'waves',
        ['questionnaire'],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def downgrade():
    op.drop_index('uq_waves_open', table_name='waves')
