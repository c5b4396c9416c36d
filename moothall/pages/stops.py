"""The signature in the link that stops further invitations: only the mail itself has it."""

from django.core.signing import Signer

stops = Signer(salt="moothall.stop-invitations")
