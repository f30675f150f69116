"""Facility lists with their rows, what they say otherwise than we do, telephones of sites, answers about form rows"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.types import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "facility_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("list_date", sa.Date(), nullable=True),
        sa.Column("imported_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_facility_list_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility_list")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_facility_list_municipality_id_key")),
    )
    op.create_index(op.f("ix_facility_list_municipality_id"), "facility_list", ["municipality_id"])
    op.create_table(
        "listed_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("facility_list_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("organization_ref", sa.String(), nullable=False),
        sa.Column("site_ref", sa.String(), nullable=False),
        sa.Column("opportunity_ref", sa.String(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("vanished_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_listed_row_municipality_id")),
        sa.ForeignKeyConstraint(
            ["facility_list_id"],
            ["facility_list.id"],
            name=op.f("fk_listed_row_facility_list_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_row")),
    )
    for column in ("municipality_id", "facility_list_id", "site_ref"):
        op.create_index(op.f(f"ix_listed_row_{column}"), "listed_row", [column])
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_ref", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("facility_list_id", sa.Uuid(), nullable=False),
        sa.Column("list_date", sa.Date(), nullable=True),
        sa.Column("noticed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_suggestion_municipality_id")),
        sa.ForeignKeyConstraint(
            ["facility_list_id"],
            ["facility_list.id"],
            name=op.f("fk_suggestion_facility_list_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_suggestion_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    for column in ("municipality_id", "facility_list_id", "target_ref", "state"):
        op.create_index(op.f(f"ix_suggestion_{column}"), "suggestion", [column])
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("extension", sa.String(), nullable=True))
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("same_as", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_column("same_as")
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_column("extension")
        batch_op.drop_column("phone")
    op.drop_table("suggestion")
    op.drop_table("listed_row")
    op.drop_table("facility_list")
