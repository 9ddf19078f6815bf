"""Whether a page still asks for a key or a reply: its alert is open, or a person asked this one for an alert that is taken."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from hotline.alerts.tables import Alert, AlertState, Page, PageState


def is_paged(page: Page, alert: Alert) -> bool:
    """For rows in hand."""
    wanted = alert.state == AlertState.OPEN or (alert.state == AlertState.TAKEN and page.asked is not None)
    return page.state == PageState.OPEN and wanted


def paged() -> ColumnElement[bool]:
    """The same for a query that joins pages and alerts."""
    asked = (Alert.state == AlertState.TAKEN) & Page.asked.is_not(None)
    return (Page.state == PageState.OPEN) & ((Alert.state == AlertState.OPEN) | asked)
