"""Outlines of wards for maps, and comparisons of treated wards with others.

Revision ID: 0038
Revises: 0037
Create Date: 2026-11-22 01:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('treated_comparisons',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('questionnaire', sa.String(length=60), nullable=False),
    sa.Column('before_id', sa.Integer(), nullable=False),
    sa.Column('after_id', sa.Integer(), nullable=False),
    sa.Column('treated', sa.Text(), nullable=False),
    sa.Column('control', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('result', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['after_id'], ['waves.id'], name=op.f('fk_treated_comparisons_after_id_waves')),
    sa.ForeignKeyConstraint(['before_id'], ['waves.id'], name=op.f('fk_treated_comparisons_before_id_waves')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_treated_comparisons'))
    )
    with op.batch_alter_table('treated_comparisons', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_treated_comparisons_questionnaire'), ['questionnaire'], unique=False)

    with op.batch_alter_table('wards', schema=None) as batch_op:
        batch_op.add_column(sa.Column('outline', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('label_x', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('label_y', sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table('wards', schema=None) as batch_op:
        batch_op.drop_column('label_y')
        batch_op.drop_column('label_x')
        batch_op.drop_column('outline')

    with op.batch_alter_table('treated_comparisons', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_treated_comparisons_questionnaire'))

    op.drop_table('treated_comparisons')
