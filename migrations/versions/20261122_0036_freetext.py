"""What is made of what people wrote: codeframes, codings, redacted copies, quotes, themes.

Revision ID: 0036
Revises: 0035
Create Date: 2026-11-22 01:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('codeframes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('questionnaire', sa.String(length=60), nullable=False),
    sa.Column('question', sa.String(length=140), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codeframes')),
    sa.UniqueConstraint('questionnaire', 'question', name=op.f('uq_codeframes_questionnaire'))
    )
    op.create_table('codeframe_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('frame_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('codes', sa.Text(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['frame_id'], ['codeframes.id'], name=op.f('fk_codeframe_versions_frame_id_codeframes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codeframe_versions')),
    sa.UniqueConstraint('frame_id', 'version', name=op.f('uq_codeframe_versions_frame_id'))
    )
    op.create_table('codes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('frame_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('belongs', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('merged_into', sa.Integer(), nullable=True),
    sa.CheckConstraint("state in ('used', 'retired', 'merged')", name=op.f('ck_codes_state')),
    sa.ForeignKeyConstraint(['frame_id'], ['codeframes.id'], name=op.f('fk_codes_frame_id_codeframes')),
    sa.ForeignKeyConstraint(['merged_into'], ['codes.id'], name=op.f('fk_codes_merged_into_codes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codes')),
    sa.UniqueConstraint('frame_id', 'label', name=op.f('uq_codes_frame_id'))
    )
    op.create_table('theme_tables',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=140), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_theme_tables_wave_id_waves')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme_tables')),
    sa.UniqueConstraint('wave_id', 'question', name=op.f('uq_theme_tables_wave_id'))
    )
    op.create_table('codings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('text_id', sa.String(length=32), nullable=False),
    sa.Column('turn', sa.String(length=6), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('frame_version', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("turn in ('first', 'second')", name=op.f('ck_codings_turn')),
    sa.ForeignKeyConstraint(['text_id'], ['screened_texts.id'], name=op.f('fk_codings_text_id_screened_texts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codings')),
    sa.UniqueConstraint('text_id', 'turn', name=op.f('uq_codings_text_id'))
    )
    op.create_table('quotes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('text_id', sa.String(length=32), nullable=True),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=140), nullable=False),
    sa.Column('begins', sa.Integer(), nullable=False),
    sa.Column('ends', sa.Integer(), nullable=False),
    sa.Column('redaction', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(length=120), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('released_on', sa.Date(), nullable=True),
    sa.CheckConstraint("state in ('asked', 'released', 'refused', 'taken_back')", name=op.f('ck_quotes_state')),
    sa.ForeignKeyConstraint(['text_id'], ['screened_texts.id'], name=op.f('fk_quotes_text_id_screened_texts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['wave_id'], ['waves.id'], name=op.f('fk_quotes_wave_id_waves')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quotes'))
    )
    with op.batch_alter_table('quotes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quotes_text_id'), ['text_id'], unique=False)
        batch_op.create_index('ix_quotes_wave', ['wave_id', 'state'], unique=False)

    op.create_table('redacted_texts',
    sa.Column('text_id', sa.String(length=32), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('spans', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['text_id'], ['screened_texts.id'], name=op.f('fk_redacted_texts_text_id_screened_texts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('text_id', name=op.f('pk_redacted_texts'))
    )
    op.create_table('coding_codes',
    sa.Column('coding_id', sa.Integer(), nullable=False),
    sa.Column('code_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['code_id'], ['codes.id'], name=op.f('fk_coding_codes_code_id_codes')),
    sa.ForeignKeyConstraint(['coding_id'], ['codings.id'], name=op.f('fk_coding_codes_coding_id_codings'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('coding_id', 'code_id', name=op.f('pk_coding_codes'))
    )
    with op.batch_alter_table('coding_codes', schema=None) as batch_op:
        batch_op.create_index('ix_coding_codes_code', ['code_id'], unique=False)
    op.create_index('ix_screened_texts_wave', 'screened_texts', ['wave_id', 'question'])


def downgrade():
    op.drop_index('ix_screened_texts_wave', table_name='screened_texts')
    with op.batch_alter_table('coding_codes', schema=None) as batch_op:
        batch_op.drop_index('ix_coding_codes_code')

    op.drop_table('coding_codes')
    op.drop_table('redacted_texts')
    with op.batch_alter_table('quotes', schema=None) as batch_op:
        batch_op.drop_index('ix_quotes_wave')
        batch_op.drop_index(batch_op.f('ix_quotes_text_id'))

    op.drop_table('quotes')
    op.drop_table('codings')
    op.drop_table('theme_tables')
    op.drop_table('codes')
    op.drop_table('codeframe_versions')
    op.drop_table('codeframes')
