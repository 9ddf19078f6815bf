"""${message}."""

import sqlalchemy as sa
from alembic import op

import hotline.db
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    """To the new shape."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Back to the old shape."""
    ${downgrades if downgrades else "pass"}
