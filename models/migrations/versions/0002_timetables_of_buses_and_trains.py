"""Timetables of buses and trains"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transit_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("imported_at", models.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_transit_feed_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transit_feed")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_transit_feed_municipality_id_key")),
    )
    with op.batch_alter_table("transit_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transit_feed_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "transit_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["transit_feed.id"], name=op.f("fk_transit_service_feed_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_transit_service_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transit_service")),
        sa.UniqueConstraint("feed_id", "position", name=op.f("uq_transit_service_feed_id_position")),
    )
    with op.batch_alter_table("transit_service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transit_service_feed_id"), ["feed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transit_service_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "transit_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["transit_feed.id"], name=op.f("fk_transit_stop_feed_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_transit_stop_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transit_stop")),
        sa.UniqueConstraint("feed_id", "position", name=op.f("uq_transit_stop_feed_id_position")),
    )
    with op.batch_alter_table("transit_stop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transit_stop_feed_id"), ["feed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transit_stop_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "transit_trip",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("route_ref", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("headsign", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("service", sa.Integer(), nullable=False),
        sa.Column("stops", sa.JSON(), nullable=False),
        sa.Column("arrivals", sa.JSON(), nullable=False),
        sa.Column("departures", sa.JSON(), nullable=False),
        sa.Column("no_boarding", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("no_alighting", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["transit_feed.id"], name=op.f("fk_transit_trip_feed_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_transit_trip_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transit_trip")),
        sa.UniqueConstraint("feed_id", "ref", name=op.f("uq_transit_trip_feed_id_ref")),
    )
    with op.batch_alter_table("transit_trip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transit_trip_feed_id"), ["feed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transit_trip_municipality_id"), ["municipality_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("transit_trip", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transit_trip_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_transit_trip_feed_id"))

    op.drop_table("transit_trip")
    with op.batch_alter_table("transit_stop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transit_stop_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_transit_stop_feed_id"))

    op.drop_table("transit_stop")
    with op.batch_alter_table("transit_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transit_service_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_transit_service_feed_id"))

    op.drop_table("transit_service")
    with op.batch_alter_table("transit_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transit_feed_municipality_id"))

    op.drop_table("transit_feed")
