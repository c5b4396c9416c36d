"""Sessions as database rows, as Django keeps them; only the read that every page begins with is a hot one."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from . import hot


@hot.read
def _row(key: str) -> QuerySet[Session, Any]:
    return Session.objects.filter(session_key=key)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        known = self.session_key and self.session_key.isalnum()  # as all ours are: a NUL must not reach the database
        for row in _row(self.session_key) if known else ():
            if isinstance(row, Session) and row.expire_date > timezone.now():
                return row
        self._session_key = None
        return None
