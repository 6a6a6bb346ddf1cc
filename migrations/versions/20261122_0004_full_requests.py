"""one place for what the responses in full are asked for

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-22 10:12:40.118204

"""
import json
from datetime import date

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

requests = sa.table(
    'full_requests',
    sa.column('id', sa.Integer),
    sa.column('wave_id', sa.Integer),
    sa.column('asked_by', sa.Integer),
    sa.column('asked_at', sa.DateTime(timezone=True)),
    sa.column('purpose', sa.String),
    sa.column('delete_on', sa.Date),
)
files = sa.table(
    'made_files',
    sa.column('id', sa.Integer),
    sa.column('wave_id', sa.Integer),
    sa.column('made_at', sa.DateTime(timezone=True)),
    sa.column('delete_on', sa.Date),
    sa.column('purpose', sa.String),
    sa.column('asked_by', sa.Integer),
    sa.column('request_id', sa.Integer),
)
events = sa.table(
    'audit_events',
    sa.column('id', sa.Integer),
    sa.column('at', sa.DateTime(timezone=True)),
    sa.column('staff_id', sa.Integer),
    sa.column('action', sa.String),
    sa.column('subject', sa.String),
    sa.column('detail', sa.Text),
)
jobs = sa.table(
    'jobs',
    sa.column('id', sa.Integer),
    sa.column('kind', sa.String),
    sa.column('payload', sa.Text),
    sa.column('key', sa.String),
)


def upgrade():
    op.create_table('full_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('delete_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_full_requests_wave_id_waves'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_full_requests'))
    )
    with op.batch_alter_table('made_files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('request_id', sa.Integer(), nullable=True))
    number_requests(op.get_bind())
    with op.batch_alter_table('made_files', schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f('fk_made_files_request_id_full_requests'), 'full_requests', ['request_id'], ['id'], ondelete='CASCADE')
        batch_op.drop_column('asked_by')
        batch_op.drop_column('purpose')


def downgrade():
    with op.batch_alter_table('made_files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', sa.String(length=500), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('asked_by', sa.Integer(), nullable=True))
    spell_out_requests(op.get_bind())
    with op.batch_alter_table('made_files', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_made_files_request_id_full_requests'), type_='foreignkey')
        batch_op.drop_column('request_id')
        batch_op.alter_column('purpose', server_default=None)
    op.drop_table('full_requests')


def number_requests(connection):
    """Move every purpose into a request; files, jobs and events name it by its number."""
    known = {}

    def number(wave_id, asked_by, asked_at, purpose, delete_on):
        """The request for the same purpose and day, made if it is new."""
        same = (wave_id, asked_by, purpose, delete_on)
        if same not in known:
            names = ('wave_id', 'asked_by', 'purpose', 'delete_on')
            row = dict(zip(names, same), asked_at=asked_at)
            made = sa.insert(requests).values(row).returning(requests.c.id)
            known[same] = connection.execute(made).scalar_one()
        return known[same]

    for row in connection.execute(sa.select(events).where(events.c.action == 'file.asked').order_by(events.c.id)).all():
        detail = json.loads(row.detail)
        if 'purpose' in detail:
            ends = date.fromisoformat(detail.pop('delete_on'))
            wave_id = int(row.subject.split(':')[1])
            detail['request'] = number(wave_id, row.staff_id, row.at, detail.pop('purpose'), ends)
            write(connection, events, row.id, detail=json.dumps(detail, sort_keys=True))
    for row in connection.execute(sa.select(jobs).where(jobs.c.kind == 'make_file')).all():
        payload = json.loads(row.payload)
        if 'purpose' in payload:
            given = (payload['wave_id'], payload.pop('asked_by'), payload.pop('purpose'), date.fromisoformat(payload.pop('delete_on')))
            if given in known:  # else the event that tells who asked, and when, is gone
                payload['request'] = known[given]
            key = f"file:{given[0]}:{payload['kind']}:{known.get(given)}" if row.key else None
            write(connection, jobs, row.id, payload=json.dumps(payload, sort_keys=True), key=key)
    for row in connection.execute(sa.select(files).where(files.c.purpose != '')).all():
        # The day of a file can be earlier than the one that was asked for.
        found = [request for same, request in known.items() if same[:3] == (row.wave_id, row.asked_by, row.purpose)]
        request = found[-1] if found else number(row.wave_id, row.asked_by, row.made_at, row.purpose, row.delete_on)
        write(connection, files, row.id, request_id=request)


def spell_out_requests(connection):
    """Write what was asked for into files, jobs and events again."""
    by_number = {row.id: row for row in connection.execute(sa.select(requests)).all()}
    for row in connection.execute(sa.select(files.c.id, files.c.request_id).where(files.c.request_id.is_not(None))).all():
        request = by_number[row.request_id]
        write(connection, files, row.id, purpose=request.purpose, asked_by=request.asked_by)
    for table, condition, name in ((events, events.c.action == 'file.asked', 'detail'), (jobs, jobs.c.kind == 'make_file', 'payload')):
        column = table.c[name]
        for number, text in connection.execute(sa.select(table.c.id, column).where(condition)).all():
            said = json.loads(text)
            if request := by_number.get(said.pop('request', None)):
                said |= {'purpose': request.purpose, 'delete_on': str(request.delete_on)}
                if table is jobs:
                    said['asked_by'] = request.asked_by
                write(connection, table, number, **{name: json.dumps(said, sort_keys=True)})


def write(connection, table, number, **values):
    connection.execute(sa.update(table).where(table.c.id == number).values(**values))
