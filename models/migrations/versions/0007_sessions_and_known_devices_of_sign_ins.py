"""Sessions and known devices of sign-ins"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_sign_in_session_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_in_session_key_hash")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_session_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_session_started_at"), ["started_at"], unique=False)
    op.create_table(
        "known_device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_known_device_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_known_device_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_device")),
        sa.UniqueConstraint("account_id", "key_hash", name=op.f("uq_known_device_account_id_key_hash")),
    )
    with op.batch_alter_table("known_device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_device_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_known_device_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_known_device_key_hash"), ["key_hash"], unique=False)
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signed_in_at", UtcDateTime(timezone=True), nullable=True))
    # Tries so far were counted without regard to devices and addresses: as from everywhere.
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counted_on", sa.String(), nullable=False, server_default="elsewhere"))
    # A right password left two notes until now, the first of them as a failure: one remains.
    op.execute(
        "DELETE FROM sign_in_attempt WHERE NOT ok AND EXISTS (SELECT 1 FROM sign_in_attempt AS right_one"
        " WHERE right_one.ok AND right_one.login = sign_in_attempt.login AND right_one.at = sign_in_attempt.at)"
    )
    op.execute(
        "UPDATE account SET signed_in_at = (SELECT max(at) FROM sign_in_attempt"
        " WHERE sign_in_attempt.ok AND sign_in_attempt.login = account.login)"
    )


def downgrade() -> None:
    # Never in a batch: SQLite would make `account` anew, and dropping the old table would empty what hangs on it.
    op.drop_column("sign_in_attempt", "counted_on")
    op.drop_column("account", "signed_in_at")
    op.drop_table("known_device")
    op.drop_table("sign_in_session")
