"""Links to choose a password by, the versions of accounts, and hours as administrator.

Revision ID: 0032
Revises: 0031
Create Date: 2026-11-22 01:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('signed_in_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('break_glass', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('invited_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('linked_by', sa.Integer(), nullable=True))
    if op.get_bind().dialect.name == 'sqlite':
        # PostgreSQL gives no number twice; SQLite does, unless the table says so when it is made.
        with op.batch_alter_table('staff', recreate='always', table_kwargs={'sqlite_autoincrement': True}):
            pass
        op.execute("UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT max(staff_id) FROM audit_events), 0)) "
                   "WHERE name = 'staff'")
    op.create_table('staff_links',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=True),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_links_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('staff_id', name=op.f('pk_staff_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_staff_links_token_hash'))
    )
    op.create_table('break_glass',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('session_hash', sa.LargeBinary(length=32), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by', sa.Integer(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('review', sa.String(length=500), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_break_glass')),
    sa.UniqueConstraint('session_hash', name=op.f('uq_break_glass_session_hash')),
    sqlite_autoincrement=True
    )
    # Who is signed in without the second step that their role needs from now on signs in anew.
    op.execute("DELETE FROM staff_sessions WHERE staff_id IN (SELECT id FROM staff WHERE role <> "
               "'partner_viewer' AND id NOT IN (SELECT staff_id FROM staff_keys WHERE factor IS NOT NULL))")


def downgrade():
    op.drop_table('break_glass')
    op.drop_table('staff_links')
    op.execute("DELETE FROM staff WHERE password_hash = ''")
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.drop_column('linked_by')
        batch_op.drop_column('invited_by')
        batch_op.drop_column('break_glass')
        batch_op.drop_column('signed_in_on')
        batch_op.drop_column('version')
