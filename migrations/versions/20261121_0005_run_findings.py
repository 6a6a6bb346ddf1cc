"""what a run found besides its figures

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-22 14:02:51.630227

"""

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = ("past_flows", "sensitivity", "representation", "unanswered")


def upgrade():
    # Empty in runs that were made before: nobody had looked.
    for name in COLUMNS:
        op.add_column("figure_runs", sa.Column(name, sa.Text(), nullable=True))
    exact = sa.Column("counts_rounded_to", sa.Integer(), nullable=False, server_default="1")
    op.add_column("figure_runs", exact)


def downgrade():
    # As plain statements: a table made anew would take the rows of its figures with it.
    for name in ("counts_rounded_to", *reversed(COLUMNS)):
        op.execute(f"ALTER TABLE figure_runs DROP COLUMN {name}")
