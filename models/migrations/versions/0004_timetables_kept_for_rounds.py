"""Timetables kept for rounds of proposals"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_timetable",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_kept_timetable_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_timetable")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_kept_timetable_municipality_id_key")),
    )
    with op.batch_alter_table("kept_timetable", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_timetable_municipality_id"), ["municipality_id"], unique=False)
    with op.batch_alter_table("kept_catalogue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("timetable", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("kept_catalogue", schema=None) as batch_op:
        batch_op.drop_column("timetable")
    op.drop_table("kept_timetable")
