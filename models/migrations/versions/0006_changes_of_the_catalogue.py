"""What every edit of the catalogue touched; catalogues kept as what changed since another"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("refs", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_catalogue_change_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_change")),
        sa.UniqueConstraint("municipality_id", "revision", name=op.f("uq_catalogue_change_municipality_id_revision")),
    )
    with op.batch_alter_table("catalogue_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalogue_change_municipality_id"), ["municipality_id"], unique=False)
    with op.batch_alter_table("kept_catalogue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("base", sa.Integer(), nullable=True))


def downgrade() -> None:
    # What is kept as a difference cannot be read without its base.
    op.execute("DELETE FROM kept_catalogue WHERE base IS NOT NULL")
    with op.batch_alter_table("kept_catalogue", schema=None) as batch_op:
        batch_op.drop_column("base")
    op.drop_table("catalogue_change")
