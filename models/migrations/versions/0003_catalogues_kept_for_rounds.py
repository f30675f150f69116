"""Catalogues kept for rounds of proposals"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_catalogue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_kept_catalogue_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_catalogue")),
        sa.UniqueConstraint(
            "municipality_id", "revision", "year", name=op.f("uq_kept_catalogue_municipality_id_revision_year")
        ),
    )
    with op.batch_alter_table("kept_catalogue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_catalogue_municipality_id"), ["municipality_id"], unique=False)
    with op.batch_alter_table("proposal_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("elsewhere", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("proposal_round", schema=None) as batch_op:
        batch_op.drop_column("elsewhere")
    op.drop_table("kept_catalogue")
