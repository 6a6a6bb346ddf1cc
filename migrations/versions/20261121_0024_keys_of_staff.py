"""Keys of staff, keys that several share, the second step of signing in, two more roles.

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-21 21:50:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_staff_role'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_staff_role'), "role in ('administrator', 'survey_manager', 'analyst', 'safeguarding_lead', 'caseworker', 'centre_worker')")
    op.create_table('shared_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('public', sa.LargeBinary(length=32), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shared_keys')),
    sa.UniqueConstraint('name', name=op.f('uq_shared_keys_name')),
    sa.UniqueConstraint('public', name=op.f('uq_shared_keys_public'))
    )
    op.create_table('key_shares',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('shared_key_id', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['shared_key_id'], ['shared_keys.id'], name=op.f('fk_key_shares_shared_key_id_shared_keys'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_key_shares_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_key_shares')),
    sa.UniqueConstraint('shared_key_id', 'staff_id', name=op.f('uq_key_shares_shared_key_id'))
    )
    op.create_table('staff_keys',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('public', sa.LargeBinary(length=32), nullable=False),
    sa.Column('salt', sa.LargeBinary(length=16), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('factor', sa.LargeBinary(), nullable=True),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_keys_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('staff_id', name=op.f('pk_staff_keys')),
    sa.UniqueConstraint('public', name=op.f('uq_staff_keys_public'))
    )
    op.create_table('spare_codes',
    sa.Column('code_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_spare_codes_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_spare_codes'))
    )
    op.create_table('session_keys',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['staff_sessions.id'], name=op.f('fk_session_keys_session_id_staff_sessions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('session_id', name=op.f('pk_session_keys'))
    )
    with op.batch_alter_table('staff_sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('awaits_code', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade():
    with op.batch_alter_table('staff_sessions', schema=None) as batch_op:
        batch_op.drop_column('awaits_code')
    op.drop_table('session_keys')
    op.drop_table('spare_codes')
    op.drop_table('staff_keys')
    op.drop_table('key_shares')
    op.drop_table('shared_keys')
    op.execute("DELETE FROM staff WHERE role in ('caseworker', 'centre_worker')")
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_staff_role'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_staff_role'), "role in ('administrator', 'survey_manager', 'analyst', 'safeguarding_lead')")
