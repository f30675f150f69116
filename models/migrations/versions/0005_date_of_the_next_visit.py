"""Date and way of the next visit"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_visit_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("next_visit_how", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_column("next_visit_how")
        batch_op.drop_column("next_visit_on")
