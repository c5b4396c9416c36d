"""What import contracts cannot see points down too: links between models, templates, and the names of addresses."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import URLPattern, URLResolver, get_resolver
from jinja2 import Environment, meta, nodes

from tests.house.plan import FLOOR, HOUSE, app_of, is_at_or_below, place, sources, templates, tree_of

WAYS_UP = {"activity.Act.actor", "activity.Act.hand", "activity.Act.brand"}
TYPES_UP = {"activity takes moothall.people.models"}
NAMING = {"url", "reverse", "reverse_lazy", "redirect", "resolve_url"}


def test_every_app_stands_on_a_floor() -> None:
    built = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
    assert built <= FLOOR.keys()


def links() -> Iterator[tuple[str, type[Model], Any]]:
    """Each link from one app of ours to another."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            other = field.related_model
            if (
                not field.is_relation
                or field.auto_created
                or not other
                or other._meta.app_label == model._meta.app_label
            ):
                continue
            if {model._meta.app_label, other._meta.app_label} <= FLOOR.keys():
                yield f"{model._meta.label}.{field.name}", other, field


def test_links_between_models_point_down() -> None:
    up = {
        name for name, other, field in links() if not is_at_or_below(other._meta.app_label, field.model._meta.app_label)
    }
    assert up <= WAYS_UP


def test_links_between_apps_leave_no_handle_on_the_lower_one() -> None:
    seen = [name for name, _, field in links() if not field.remote_field.hidden]
    assert not seen, f'give these related_name="+": {seen}'


def test_types_come_from_below() -> None:
    up = {
        f"{app_of(path)} takes {node.module}"
        for path in sources("moothall")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and not _is_module_within_reach(node.module or "", app_of(path))
    }
    assert up <= TYPES_UP


def _is_module_within_reach(module: str, here: str) -> bool:
    house, _, rest = module.partition(".")
    there = rest.partition(".")[0]
    return house != "moothall" or there not in FLOOR or here not in FLOOR or is_at_or_below(there, here)


def test_templates_take_only_templates_from_below() -> None:
    taken = ((name, other) for name in templates() for other in meta.find_referenced_templates(parsed(name)))
    up = [
        f"{name} takes {other}"
        for name, other in taken
        if other and not _is_template_within_reach(other, app_of(templates()[name]))
    ]
    assert not up


def test_python_takes_only_templates_from_below() -> None:
    up = [
        f"{place(path)}:{node.lineno} {node.value}"
        for path in sources("moothall")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and not _is_template_within_reach(node.value, app_of(path))
    ]
    assert not up


def _is_template_within_reach(name: str, here: str) -> bool:
    return name not in templates() or is_at_or_below(app_of(templates()[name]), here)


def test_templates_name_only_addresses_from_below() -> None:
    up = {name: _addresses_out_of_reach(_names_in_template(name), app_of(templates()[name])) for name in templates()}
    assert not {name: found for name, found in up.items() if found}


def test_python_names_only_addresses_from_below() -> None:
    up = {place(path): _addresses_out_of_reach(_names_in_python(path), app_of(path)) for path in sources("moothall")}
    assert not {name: found for name, found in up.items() if found}


def test_an_address_above_is_seen() -> None:
    above = next(name for name, app in addresses().items() if app == "pages")
    assert _addresses_out_of_reach({above, "no-such-address"}, "core") == sorted([above, "no-such-address"])


def _addresses_out_of_reach(names: set[str], here: str) -> list[str]:
    """Those that stand above, and those that stand nowhere."""
    owners = addresses()
    return sorted(name for name in names if name not in owners or not is_at_or_below(owners[name], here))


def _names_in_template(name: str) -> set[str]:
    calls = (call for call in parsed(name).find_all(nodes.Call) if isinstance(call.node, nodes.Name) and call.args)
    return {
        call.args[0].value
        for call in calls
        if call.node.name in NAMING and isinstance(call.args[0], nodes.Const) and isinstance(call.args[0].value, str)
    }


def _names_in_python(path: Path) -> set[str]:
    calls = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call) and node.args)
    first = (call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in NAMING)
    return {
        word.value
        for word in first
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and "/" not in word.value
    }


@cache
def addresses() -> dict[str, str]:
    """The app behind each named address; what is not ours counts as core, which everybody may name."""
    return dict(_named(get_resolver().url_patterns, ""))


def _named(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _named(pattern.url_patterns, inner)
        elif pattern.name:
            view = getattr(pattern.callback, "view_class", inspect.unwrap(pattern.callback))
            house, _, rest = getattr(view, "__module__", "").partition(".")
            yield space + pattern.name, rest.partition(".")[0] if house == "moothall" else "core"


@cache
def parsed(name: str) -> nodes.Template:
    return environment().parse(templates()[name].read_text(encoding="utf-8"), name)


@cache
def environment() -> Environment:
    return next(engine.env for engine in engines.all() if isinstance(engine, Jinja2))
