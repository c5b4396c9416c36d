"""Weights, kept in grams, as a page says them."""

from django.utils.translation import gettext as _


def weight(grams: int) -> str:
    """As a page says it: 800 g, 2.5 kg."""
    if grams < 1000:
        return _("%(grams)s g") % {"grams": grams}
    return _("%(kilos)s kg") % {"kilos": f"{grams / 1000:.3f}".rstrip("0").rstrip(".")}
