"""Marked responses are looked at, drafts that were left are counted, files lie in parts.

Revision ID: 0035
Revises: 0034
Create Date: 2026-11-22 01:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


PART = 1 << 20
files = sa.table('made_files', sa.column('id', sa.Integer), sa.column('content', sa.LargeBinary), sa.column('size', sa.BigInteger))
parts = sa.table('file_parts', sa.column('file_id', sa.Integer), sa.column('number', sa.Integer), sa.column('content', sa.LargeBinary))


def upgrade():
    op.create_table('left_drafts',
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('section', sa.String(length=60), nullable=False),
    sa.Column('drafts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_left_drafts_wave_id_waves'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('wave_id', 'day', 'section', name=op.f('pk_left_drafts'))
    )
    op.create_table('response_reviews',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('rules', sa.String(length=240), server_default='', nullable=False),
    sa.Column('decision', sa.String(length=10), server_default='', nullable=False),
    sa.Column('reason', sa.String(length=200), server_default='', nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), server_default='0', nullable=False),
    sa.Column('taken_up', sa.Text(), server_default='', nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("decision in ('', 'keep', 'leave_out', 'undone')", name=op.f('ck_response_reviews_decision')),
    sa.ForeignKeyConstraint(['response_id'], ['responses.id'], name=op.f('fk_response_reviews_response_id_responses'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_response_reviews_wave_id_waves')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response_reviews')),
    sa.UniqueConstraint('response_id', name=op.f('uq_response_reviews_response_id')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('response_reviews', schema=None) as batch_op:
        batch_op.create_index('ix_response_reviews_wave', ['wave_id', 'decision'], unique=False)
    op.create_table('file_parts',
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['made_files.id'], name=op.f('fk_file_parts_file_id_made_files'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('file_id', 'number', name=op.f('pk_file_parts'))
    )
    with op.batch_alter_table('made_files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('size', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('ready', sa.Boolean(), server_default=sa.true(), nullable=False))
    into_parts(op.get_bind())
    with op.batch_alter_table('made_files', schema=None) as batch_op:
        batch_op.alter_column('size', server_default=None)
        batch_op.alter_column('ready', server_default=None)
        batch_op.drop_column('content')


def downgrade():
    op.execute('DELETE FROM made_files WHERE NOT ready')
    with op.batch_alter_table('made_files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('content', sa.LargeBinary(), nullable=True))
    out_of_parts(op.get_bind())
    with op.batch_alter_table('made_files', schema=None) as batch_op:
        batch_op.alter_column('content', nullable=False)
        batch_op.drop_column('ready')
        batch_op.drop_column('size')
    op.drop_table('file_parts')
    with op.batch_alter_table('response_reviews', schema=None) as batch_op:
        batch_op.drop_index('ix_response_reviews_wave')
    op.drop_table('response_reviews')
    op.drop_table('left_drafts')


def into_parts(connection):
    """Cut every file into parts."""
    for number in connection.scalars(sa.select(files.c.id)).all():
        content = connection.scalar(sa.select(files.c.content).where(files.c.id == number))
        for place, start in enumerate(range(0, len(content), PART)):
            row = {'file_id': number, 'number': place, 'content': content[start : start + PART]}
            connection.execute(sa.insert(parts).values(row))
        connection.execute(sa.update(files).where(files.c.id == number).values(size=len(content)))


def out_of_parts(connection):
    """Put every file together again."""
    for number in connection.scalars(sa.select(files.c.id)).all():
        held = sa.select(parts.c.content).where(parts.c.file_id == number).order_by(parts.c.number)
        content = b''.join(connection.scalars(held).all())
        connection.execute(sa.update(files).where(files.c.id == number).values(content=content))
