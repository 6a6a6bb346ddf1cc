"""Series from outside.

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-21 16:20:11.402710

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('outside_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('code', sa.String(length=260), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('licence', sa.String(length=200), nullable=False),
    sa.Column('survey', sa.String(length=100), nullable=False),
    sa.Column('measure', sa.String(length=150), nullable=False),
    sa.Column('unit', sa.String(length=10), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('borough', sa.String(length=100), nullable=False),
    sa.Column('nearest', sa.String(length=60), nullable=False),
    sa.Column('imported_on', sa.Date(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.CheckConstraint("kind IN ('survey', 'crime')", name=op.f('ck_outside_series_kind')),
    sa.CheckConstraint("unit IN ('proportion', 'count', 'rate')", name=op.f('ck_outside_series_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_series')),
    sa.UniqueConstraint('code', 'source', name=op.f('uq_outside_series_code'))
    )
    op.create_table('outside_remarks',
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('period_end', sa.Date(), nullable=False),
    sa.Column('says', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['series_id'], ['outside_series.id'], name=op.f('fk_outside_remarks_series_id_outside_series'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('series_id', 'period_end', name=op.f('pk_outside_remarks'))
    )
    op.create_table('outside_values',
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('area_kind', sa.String(length=10), nullable=False),
    sa.Column('area', sa.String(length=100), nullable=False),
    sa.Column('period_end', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.CheckConstraint("area_kind IN ('borough', 'ward', 'london')", name=op.f('ck_outside_values_area_kind')),
    sa.ForeignKeyConstraint(['series_id'], ['outside_series.id'], name=op.f('fk_outside_values_series_id_outside_series'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('series_id', 'area_kind', 'area', 'period_end', name=op.f('pk_outside_values'))
    )


def downgrade():
    op.drop_table('outside_values')
    op.drop_table('outside_remarks')
    op.drop_table('outside_series')
