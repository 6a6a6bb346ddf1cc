"""Each audit event is chained to the one before it.

Revision ID: 0025
Revises: 0024
Create Date: 2026-11-21 21:50:00.000000

"""
import hashlib
import json
from datetime import UTC

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

AT_ONCE = 1000

events = sa.table(
    'audit_events', sa.column('id', sa.Integer()), sa.column('at', sa.DateTime(timezone=True)),
    sa.column('staff_id', sa.Integer()), sa.column('action', sa.String()),
    sa.column('subject', sa.String()), sa.column('detail', sa.Text()),
    sa.column('hash', sa.LargeBinary()),
)


def chained(before, row):
    """The hash of an event as it was first defined, whatever engage.audit.chain says today."""
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    moment = at.astimezone(UTC).isoformat(timespec='microseconds')
    columns = [row.id, moment, row.staff_id, row.action, row.subject, row.detail]
    return hashlib.sha256(before + json.dumps(columns, separators=(',', ':')).encode()).digest()


def upgrade():
    heads = op.create_table('audit_heads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('last_id', sa.Integer(), nullable=False),
    sa.Column('last_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('gone_id', sa.Integer(), nullable=False),
    sa.Column('gone_hash', sa.LargeBinary(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_heads'))
    )
    with op.batch_alter_table('audit_events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('hash', sa.LargeBinary(length=32), nullable=True))
    connection, last, before = op.get_bind(), 0, bytes(32)
    some = sa.select(events).order_by(events.c.id).limit(AT_ONCE)
    put = sa.update(events).where(events.c.id == sa.bindparam('number'))
    while rows := connection.execute(some.where(events.c.id > last)).all():
        hashes = []
        for row in rows:
            last, before = row.id, chained(before, row)
            hashes.append({'number': last, 'hash': before})
        connection.execute(put, hashes)
    if last:  # an empty database stays empty: the first event makes the row
        head = {'id': 1, 'last_id': last, 'last_hash': before}
        op.bulk_insert(heads, [{**head, 'gone_id': 0, 'gone_hash': bytes(32)}])
    with op.batch_alter_table('audit_events', schema=None) as batch_op:
        batch_op.alter_column('hash', existing_type=sa.LargeBinary(length=32), nullable=False)


def downgrade():
    with op.batch_alter_table('audit_events', schema=None) as batch_op:
        batch_op.drop_column('hash')
    op.drop_table('audit_heads')
    connection = op.get_bind()
    if connection.dialect.name == 'postgresql':  # which has not numbered the events since
        connection.execute(sa.text(
            "select setval(pg_get_serial_sequence('audit_events', 'id'), greatest(max(id), 1), "
            "max(id) is not null) from audit_events"
        ))
