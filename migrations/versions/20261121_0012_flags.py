"""Flags of suspect responses.

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-21 18:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

FLAGS = sa.Column('flags', sa.String(length=80), server_default='', nullable=False)


def upgrade():
    if op.get_bind().dialect.name != 'sqlite':
        op.add_column('responses', FLAGS)
        return
    # Before the long columns, where reading it need not pass over them; and still without row
    # numbers, which would tell the order of arrival.
    with op.batch_alter_table(
        'responses', recreate='always', table_kwargs={'sqlite_with_rowid': False}
    ) as batch_op:
        batch_op.add_column(FLAGS, insert_after='duration')


def downgrade():
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_column('responses', 'flags')
        return
    with op.batch_alter_table(
        'responses', recreate='always', table_kwargs={'sqlite_with_rowid': False}
    ) as batch_op:
        batch_op.drop_column('flags')
