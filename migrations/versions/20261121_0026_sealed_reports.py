"""Third-party reporting centres, and sealed reports.

Revision ID: 0026
Revises: 0025
Create Date: 2026-11-21 21:50:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('centres',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('standing', sa.String(length=10), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.CheckConstraint("standing in ('active', 'paused', 'ended')", name=op.f('ck_centres_standing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_centres')),
    sa.UniqueConstraint('name', name=op.f('uq_centres_name'))
    )
    op.create_table('centre_workers',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('centre_id', sa.Integer(), nullable=False),
    sa.Column('trained_on', sa.Date(), nullable=False),
    sa.Column('training_ends_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['centre_id'], ['centres.id'], name=op.f('fk_centre_workers_centre_id_centres'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_centre_workers_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('staff_id', name=op.f('pk_centre_workers'))
    )
    op.create_table('reports',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('facts', sa.LargeBinary(), nullable=True),
    sa.Column('identity_until', sa.String(length=7), nullable=True),
    sa.Column('narrative_until', sa.String(length=7), nullable=True),
    sa.Column('facts_until', sa.String(length=7), nullable=True),
    sa.Column('held', sa.Boolean(), nullable=False),
    sa.CheckConstraint("status in ('new', 'open', 'handed_over', 'closed')", name=op.f('ck_reports_status')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reports')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.create_index('ix_reports_id_version', ['id', 'version'], unique=False)
        batch_op.create_index(batch_op.f('ix_reports_month'), ['month'], unique=False)
    op.create_table('report_keys',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('report_id', sa.String(length=32), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('mark', sa.LargeBinary(length=32), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_report_keys_report_id_reports'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_report_keys_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_keys')),
    sa.UniqueConstraint('mark', name=op.f('uq_report_keys_mark')),
    sa.UniqueConstraint('report_id', 'staff_id', name=op.f('uq_report_keys_report_id')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('report_keys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_keys_report_id'), ['report_id'], unique=False)
        batch_op.create_index('ix_report_keys_staff_id', ['staff_id', 'report_id'], unique=False)
    op.create_table('report_parts',
    sa.Column('report_id', sa.String(length=32), nullable=False),
    sa.Column('part', sa.String(length=12), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_report_parts_report_id_reports'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('report_id', 'part', name=op.f('pk_report_parts')),
    sqlite_with_rowid=False
    )
    op.create_table('report_entries',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('report_id', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('ring', sa.String(length=8), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("ring in ('talk', 'notes')", name=op.f('ck_report_entries_ring')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_report_entries_report_id_reports'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_entries')),
    sa.UniqueConstraint('report_id', 'number', name=op.f('uq_report_entries_report_id')),
    sqlite_with_rowid=False
    )
    op.create_table('report_files',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('report_id', sa.String(length=32), nullable=False),
    sa.Column('about', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_report_files_report_id_reports'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_files')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('report_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_files_report_id'), ['report_id'], unique=False)
    op.create_table('report_chunks',
    sa.Column('file_id', sa.String(length=32), nullable=False),
    sa.Column('copy', sa.String(length=8), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("copy in ('original', 'clean')", name=op.f('ck_report_chunks_copy')),
    sa.ForeignKeyConstraint(['file_id'], ['report_files.id'], name=op.f('fk_report_chunks_file_id_report_files'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('file_id', 'copy', 'number', name=op.f('pk_report_chunks')),
    sqlite_with_rowid=False
    )
    op.create_table('report_clocks',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_clocks')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('report_clocks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_clocks_due_on'), ['due_on'], unique=False)
    op.create_table('report_shelves',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_report_shelves_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('staff_id', name=op.f('pk_report_shelves'))
    )
    op.create_table('report_tables',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_report_tables'))
    )
    op.create_table('report_drafts',
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_report_drafts'))
    )
    with op.batch_alter_table('report_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_drafts_expires_at'), ['expires_at'], unique=False)
    op.create_table('reporter_visits',
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_reporter_visits'))
    )
    with op.batch_alter_table('reporter_visits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reporter_visits_expires_at'), ['expires_at'], unique=False)
    op.create_table('receipt_tries',
    sa.Column('network', sa.String(length=32), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('network', 'since', name=op.f('pk_receipt_tries'))
    )


def downgrade():
    op.drop_table('receipt_tries')
    op.drop_table('reporter_visits')
    op.drop_table('report_drafts')
    op.drop_table('report_tables')
    op.drop_table('report_shelves')
    op.drop_table('report_clocks')
    op.drop_table('report_chunks')
    op.drop_table('report_files')
    op.drop_table('report_entries')
    op.drop_table('report_parts')
    op.drop_table('report_keys')
    op.drop_table('reports')
    op.drop_table('centre_workers')
    op.drop_table('centres')
