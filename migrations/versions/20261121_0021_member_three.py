"""An organisation is a signatory of its own beside the people who share its mailbox.

Revision ID: 0021
Revises: 0020
Create Date: 2026-11-21 19:45:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    allow('member in (1, 2, 3)')
    op.execute("UPDATE signatures SET member = 3 WHERE kind = 'organisation' AND member = 2")


def downgrade():
    # An organisation and the second person of one mailbox cannot both be there before 0021.
    op.execute(
        "UPDATE signatures SET member = 2 WHERE member = 3 AND NOT EXISTS (SELECT 1 FROM signatures AS others "
        "WHERE others.pledge_id = signatures.pledge_id AND others.address_key = signatures.address_key AND others.member = 2)"
    )
    if op.get_bind().scalar(sa.text('SELECT count(*) FROM signatures WHERE member = 3')):
        raise RuntimeError('An organisation and a second person signed with one mailbox: take one of them out first.')
    allow('member in (1, 2)')


def allow(members):
    """Set which members of a mailbox may sign."""
    with op.batch_alter_table('signatures') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_signatures_member'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_signatures_member'), members)
