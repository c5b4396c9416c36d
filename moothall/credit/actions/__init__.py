"""All that can be done about credit. The only writers of this app's tables."""

from .paying import end_payee, pay_out, set_payee
from .posting import note_sales, post_royalty
from .splitting import Share, decline, propose_split, sign, take_back

__all__ = [
    "Share",
    "decline",
    "end_payee",
    "note_sales",
    "pay_out",
    "post_royalty",
    "propose_split",
    "set_payee",
    "sign",
    "take_back",
]
