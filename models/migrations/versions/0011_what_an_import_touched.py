"""What an import touched, so that it can be taken back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_journal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("until", models.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_journal_batch_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_import_journal_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_journal")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_import_journal_batch_id")),
    )
    with op.batch_alter_table("import_journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_journal_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_journal_until"), ["until"], unique=False)


def downgrade() -> None:
    # Without the journals nothing can be taken back; the imports themselves stay.
    op.execute("UPDATE import_batch SET state = 'dropped' WHERE state = 'taken_back'")
    op.drop_table("import_journal")
