"""Numbers of waves, requests and publications that are gone are not given again.

Revision ID: 0041
Revises: 0040
Create Date: 2026-11-22 05:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None

# What approvals and the audit log call each of them, before the colon and the number.
SUBJECTS = {'waves': 'wave', 'full_requests': 'full_request', 'publications': 'publication'}


def upgrade():
    if op.get_bind().dialect.name != 'sqlite':
        return  # PostgreSQL gives no number twice
    for table, noun in SUBJECTS.items():
        with op.batch_alter_table(table, recreate='always', table_kwargs={'sqlite_autoincrement': True}):
            pass
        op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
        named = ' UNION ALL '.join(
            f"SELECT CAST(substr(subject, {len(noun) + 2}) AS INTEGER) AS number FROM {kept} WHERE subject LIKE '{noun}:%'"
            for kept in ('approvals', 'audit_events')
        )
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) SELECT '{table}', coalesce(max(number), 0) "
                   f"FROM ({named} UNION ALL SELECT max(id) FROM {table})")


def downgrade():
    if op.get_bind().dialect.name != 'sqlite':
        return
    for table in SUBJECTS:
        with op.batch_alter_table(table, recreate='always'):
            pass
