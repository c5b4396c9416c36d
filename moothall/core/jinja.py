"""The Jinja2 environment of all own pages: gettext, addresses, static files; everything is escaped, save the plain
text of mails."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from jinja2 import Environment, StrictUndefined, select_autoescape
from markupsafe import Markup

from .money import percent
from .text import safe_html
from .weights import weight


def environment(**options: Any) -> Environment:
    env = Environment(
        loader=options["loader"],
        autoescape=select_autoescape(disabled_extensions=("txt",), default_for_string=True, default=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals |= {"static": static, "url": _url}
    env.filters |= {
        "ago": ago,
        "exact": exact,
        "short": short,
        "cleaned": cleaned,
        "percent": percent,
        "weight": weight,
    }
    return env


def _url(name: str, /, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs)


def cleaned(html: str) -> Markup:
    """HTML that was cleaned when it was written; cleaned once more here, so that no other way in can hurt."""
    return Markup(safe_html(html))  # noqa: S704  # nosec B704


def ago(at: datetime) -> str:
    """ "2 hours ago": one unit, as people say it."""
    if (timezone.now() - at).total_seconds() < 60:
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(at, depth=1).replace("\xa0", " ")}


def exact(at: datetime) -> str:
    return format_datetime(timezone.localtime(at), "d MMMM y, HH:mm", locale=translation.get_language() or "en")


def short(number: int) -> str:
    """1234 → 1.2k"""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:.1f}".rstrip("0").rstrip(".") + letter
    return str(number)
