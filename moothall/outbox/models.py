"""What leaves the house: mail that was decided on in some transaction and is sent in a step of its own."""

from __future__ import annotations

from django.db import models

from moothall.core import clock
from moothall.core.models import Claimable


class Mail(Claimable):
    """One mail to one address. `key` says for what: the same key is never sent twice."""

    key = models.CharField(max_length=100, unique=True)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField(max_length=20_000)
    html = models.TextField(max_length=60_000, blank=True, default="")
    headers = models.JSONField(default=dict)  # more of them than every mail has, by name
    written = models.DateTimeField(default=clock.now)
    sent = models.DateTimeField(null=True, blank=True)

    class Meta(Claimable.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
