"""What the matrix says of who is logged in: one question for pages, parts and forms, in code and in templates."""

from __future__ import annotations

from flask import Flask, abort, g

from hotline.access.matrix import Action, Matrix
from hotline.access.matrix_file import matrix_of
from hotline.staff.desk import StaffDesk, the_desk
from hotline.staff.guard import visitor


def the_matrix(desk: StaffDesk) -> Matrix:
    """The rules that hold on this page."""
    return matrix_of(desk.settings, desk.kit.book.crosswalk)


def may(what: str, action: str = Action.READ) -> bool:
    """Whether who is logged in may do this, for what their role looks at the staff page for."""
    return g.visitor is not None and the_matrix(the_desk()).on_page(visitor().role, what, action)


def need(what: str, action: str = Action.READ) -> None:
    """Refuse who may not."""
    if not may(what, action):
        abort(403)


def set_allowed(app: Flask) -> None:
    """Hand the templates the question."""

    @app.context_processor
    def hand_over() -> dict[str, object]:
        return {"may": may}
