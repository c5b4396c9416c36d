"""The Jinja2 environment of all own pages: gettext, addresses, static files; everything is escaped, save the plain
text of mails."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined, Template, select_autoescape
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from . import keeping
from .money import percent
from .text import safe_html
from .weights import weight


class Quick(Template):
    """Its macros are one module for all: templates here have no globals of their own, which jinja2 would look for at
    each import."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module


class House(Environment):
    template_class = Quick


def environment(**options: Any) -> Environment:
    env = House(
        loader=options["loader"],
        autoescape=select_autoescape(disabled_extensions=("txt",), default_for_string=True, default=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "moothall.core.keeping.Keep"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_compiled(),
    )
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals |= {"static": _static, "url": _url}
    env.filters |= {"ago": ago, "day": day, "exact": exact, "short": short, "cleaned": cleaned}
    env.filters |= {"percent": percent, "weight": weight}
    return env


def _compiled() -> FileSystemBytecodeCache:
    """Where templates lie as they were compiled, as Python keeps its modules: a page that nobody asked for since the
    start costs several times as much without. Compiled otherwise, they lie elsewhere."""
    how = b"".join(Path(one).read_bytes() for one in (__file__, str(keeping.__file__)))
    place = Path(settings.COMPILED) / hashlib.sha1(how, usedforsecurity=False).hexdigest()[:12]
    place.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(place))


@lru_cache(maxsize=20_000)
def _url(name: str, /, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs)


@lru_cache(maxsize=1_000)
def _static(path: str) -> str:
    """Names of static files go by their content, which changes only with the process."""
    return static(path)


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


def day(at: date) -> str:
    return format_date(at, "d MMMM y", locale=translation.get_language() or "en")


def short(number: int) -> str:
    """1234 → 1.2k"""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:.1f}".rstrip("0").rstrip(".") + letter
    return str(number)
