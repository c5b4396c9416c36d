"""What the hall's own commands have in common."""

from __future__ import annotations

from django.core.management.base import BaseCommand


class HallCommand(BaseCommand):
    """Begins at once: what Django checks of the program is checked when it is built (`scripts/check`), not each time it
    is run. What may be wrong with a hall, `moothall doctor` says."""

    requires_system_checks = ()
