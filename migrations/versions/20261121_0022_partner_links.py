"""Links to what an organisation promised, which open nothing of a person's own.

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-21 19:50:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

BEFORE = "purpose in ('signature', 'booking', 'own_page')"
AFTER = "purpose in ('signature', 'booking', 'own_page', 'partner')"


def upgrade():
    _replace(AFTER)


def downgrade():
    op.execute("DELETE FROM mail_tokens WHERE purpose = 'partner'")
    _replace(BEFORE)


def _replace(purposes):
    name = op.f('ck_mail_tokens_purpose')
    with op.batch_alter_table('mail_tokens', schema=None) as batch_op:
        batch_op.drop_constraint(name, type_='check')
        batch_op.create_check_constraint(name, purposes)
