"""The machines of tests/orders do whatever can be done: each public action of these apps is in one of their rules, is
part of another that is, or there is a reason why not."""

from __future__ import annotations

import ast
import importlib
import inspect

from tests.house.plan import ROOT, tree_of

APPS = (
    *("orders", "prices", "catalog", "people", "notices", "outbox"),
    *("ideas", "pools", "credit", "improvements"),
)
RULES = ROOT / "tests" / "orders" / "machine"

# Done by another action of the machine, or by the worker it lets work.
WITHIN = {
    "orders.check_payment": "the worker",
    "orders.pay_back": "the worker",
    "prices.take": "orders.place_order",
    "prices.keep": "orders.settle",
    "prices.release": "orders.settle",
    "catalog.hold": "orders.place_order",
    "catalog.sell": "orders.settle",
    "catalog.release": "orders.settle",
    "catalog.take_back": "orders.refund",
    "catalog.receive": "catalog.count",
    "catalog.write_off": "catalog.count",
    "catalog.touch": "catalog.change_product",
    "catalog.bring_revision": "improvements.bring_revision",
    "catalog.take_back_revision": "improvements.take_back_revision",
    "catalog.lock": "improvements.bring_revision",
    "catalog.hand_over": "the worker",
    "orders.place_agreed": "the worker",
    "orders.give_up": "the worker",
    "orders.undo": "the worker",
    "pools.agreed_in": "the worker",
    "pools.mark_paid": "pools.look_after",
    "pools.gather": "ideas.begin_gathering",
    "pools.end_gathering": "ideas.end_gathering",
    "pools.open_at": "ideas.accept",
    "pools.wait_for_pledges": "ideas.accept",
    "ideas.look": "ideas.back",
    "credit.note_sales": "the worker",
    "credit.post_royalty": "the worker",
    "people.adopt_guest": "orders.adopt_guests",
    "people.check_handle": "people.change_profile",
    "people.the_hall": "orders.settle",
    "notices.tell": "the worker",
    "notices.mail_what_waits": "the worker",
    "notices.part": "people.block",
    "notices.take_back": "orders.withdraw_share",
    "notices.undo": "people.unfollow",
    "outbox.write": "the worker",
    "outbox.write_alike": "the worker",
    "outbox.put": "the worker",
    "outbox.deliver": "the worker",
}

# No rule, because …
NOT = {
    "prices.may_write": "a question, not a deed",
    "catalog.may_write": "a question, not a deed",
    "people.may_change": "a question, not a deed",
    "catalog.may_make": "a question, not a deed",
    "ideas.let_crowd": "a crowd is more people than a machine has: tests/ideas/test_weighing",
    "ideas.keep_crowd": "a crowd is more people than a machine has: tests/ideas/test_weighing",
    "ideas.draw": "pictures are files: tests/ideas",
    "catalog.add_picture": "pictures are files, which no rollback takes back: tests/catalog, tests/core/test_pictures",
    "catalog.remove_picture": "pictures are files: tests/catalog",
    "catalog.fetch_picture": "asks other hosts: tests/catalog/test_fetch_pictures",
    "catalog.begin_import": "commits slice by slice: tests/catalog/test_import, test_import_crash",
    "catalog.go_on": "commits slice by slice: tests/catalog/test_import, test_import_crash",
    "people.change_picture": "pictures are files: tests/core/test_pictures",
    "people.turn_on_app": "a second factor touches nothing that others do: tests/people/test_second_step",
    "people.turn_off_app": "a second factor: tests/people/test_second_step",
    "people.make_codes": "a second factor: tests/people/test_second_step",
    "people.add_passkey": "a second factor: tests/people/test_second_step, tests/browser/test_passkey",
    "people.name_passkey": "a second factor: tests/people/test_second_step",
    "people.remove_passkey": "a second factor: tests/people/test_second_step",
    "people.note": "writes down what allauth did: tests/people",
    "notices.set_aside": "what stewards remove stands above the machine: tests/moderation/test_whose",
    "orders.cost_of": "a question, not a deed",
    "orders.end_bank": "no new transfers: tests/orders/test_transfers",
}


def test_every_action_is_a_rule_or_says_why_not() -> None:
    known, used = actions(), in_rules()
    assert not sorted(known - used - WITHIN.keys() - NOT.keys()), "give a machine a rule, or say here why not"


def test_no_reason_outlives_its_action() -> None:
    known, used = actions(), in_rules()
    said = WITHIN.keys() | NOT.keys()
    assert not sorted(said - known), "there is no such action any more"
    assert not sorted(said & used), "the machine does it: no reason is needed"
    assert not {one for one in WITHIN.values() if one != "the worker"} - used


def actions() -> set[str]:
    """What each app's `actions` offers; of a package what it says is public."""
    found = set()
    for app in APPS:
        room = importlib.import_module(f"moothall.{app}.actions")
        names = getattr(room, "__all__", None) or [
            name
            for name, one in inspect.getmembers(room, inspect.isfunction)
            if one.__module__ == room.__name__ and not name.startswith("_")
        ]
        found |= {f"{app}.{name}" for name in names if inspect.isfunction(getattr(room, name))}
    return found


def in_rules() -> set[str]:
    """`orders.ship` for each `actions.ship` that stands in a file of rules."""
    found = set()
    for path in RULES.glob("*.py"):
        tree = tree_of(path)
        rooms = {
            alias.asname or alias.name: node.module.split(".")[1]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("moothall.")
            for alias in node.names
            if alias.name == "actions" and node.module
        }
        found |= {
            f"{rooms[node.value.id]}.{node.attr}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rooms
        }
    return found
