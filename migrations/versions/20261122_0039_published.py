"""Results as they are published: editions, their frozen figures and their files.

Revision ID: 0039
Revises: 0038
Create Date: 2026-11-22 01:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


PREPARING = "state in ('chosen', 'frozen', 'scheduled')"
OUT = "state in ('published', 'withdrawn')"


def upgrade():
    op.create_table('publications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('questionnaire', sa.String(length=60), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('chosen', sa.Text(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('said', sa.String(length=500), nullable=False),
    sa.Column('publish_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state in ('chosen', 'frozen', 'scheduled', 'published', 'replaced', 'withdrawn', 'dropped')", name=op.f('ck_publications_state')),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_publications_wave_id_waves'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publications'))
    )
    with op.batch_alter_table('publications', schema=None) as batch_op:
        batch_op.create_index('ix_publications_wave', ['wave_id', 'id'], unique=False)
        batch_op.create_index('uq_publications_out', ['wave_id'], unique=True, sqlite_where=sa.text(OUT), postgresql_where=sa.text(OUT))
        batch_op.create_index('uq_publications_preparing', ['wave_id'], unique=True, sqlite_where=sa.text(PREPARING), postgresql_where=sa.text(PREPARING))
    op.create_table('published_figures',
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(length=60), nullable=False),
    sa.Column('breakdown', sa.String(length=60), nullable=False),
    sa.Column('group', sa.String(length=60), nullable=False),
    sa.Column('label', sa.String(length=150), nullable=False),
    sa.Column('estimator', sa.String(length=20), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('estimate', sa.Double(), nullable=True),
    sa.Column('standard_error', sa.Double(), nullable=True),
    sa.Column('lower', sa.Double(), nullable=True),
    sa.Column('upper', sa.Double(), nullable=True),
    sa.Column('base', sa.Integer(), nullable=True),
    sa.Column('effective_base', sa.Double(), nullable=True),
    sa.Column('design_effect', sa.Double(), nullable=True),
    sa.Column('flag', sa.String(length=20), nullable=False),
    sa.Column('change', sa.Text(), nullable=False),
    sa.Column('targets', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_published_figures_publication_id_publications'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('publication_id', 'position', name=op.f('pk_published_figures'))
    )
    with op.batch_alter_table('published_figures', schema=None) as batch_op:
        batch_op.create_index('ix_published_figures_group', ['breakdown', 'group'], unique=False)
    op.create_table('published_files',
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_published_files_publication_id_publications'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('publication_id', 'kind', name=op.f('pk_published_files'))
    )


def downgrade():
    op.drop_table('published_files')
    op.drop_table('published_figures')
    op.drop_table('publications')
