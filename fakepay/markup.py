"""The hosted pages as HTML: no script, one style sheet, and nothing unescaped."""

import json
import sqlite3
from html import escape

from fakepay import money
from fakepay.cards import KEPT_CARDS, TEST_CARDS, Typed

SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} · fakepay</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<header><p class="brand"><span class="arch" aria-hidden="true"></span>fakepay</p>
<p class="mark">Test: no real money</p></header>
<main class="{shape}">
{main}
</main>
</body>
</html>
"""


def shell(title: str, main: str, shape: str = "narrow") -> bytes:
    return SHELL.format(title=escape(title), main=main, shape=shape).encode()


def pay_page(row: sqlite3.Row, typed: Typed, notice: str = "") -> bytes:
    """What is bought, the card fields with a sentence beside each wrong one, the way back, and the test cards."""
    total = money.written(row["amount"], row["currency"])
    main = _summary(row, total) + _till(row, typed, notice, f"Pay {escape(total)}", TEST_CARDS)
    return shell(f"{'Error: ' if typed.wrong or notice else ''}Pay {total}", main, "wide")


def keep_page(row: sqlite3.Row, typed: Typed, notice: str = "") -> bytes:
    """The same fields for a card that is only kept."""
    summary = """<section class="summary" aria-labelledby="total">
<h1 id="total"><span class="what">Keep a card</span> <span class="sum">Nothing now</span></h1>
<ul class="lines"><li><span class="name">Charged later, as the shop told you, or never.</span></li></ul>
</section>"""
    main = summary + _till(row, typed, notice, "Keep this card", KEPT_CARDS)
    return shell(f"{'Error: ' if typed.wrong or notice else ''}Keep a card", main, "wide")


def _till(row: sqlite3.Row, typed: Typed, notice: str, words: str, tried: tuple[tuple[str, str], ...]) -> str:
    fields = _field("number", "Card number", typed, "cc-number", "1234 1234 1234 1234")
    pair = _field("expiry", "Expiry", typed, "cc-exp", "MM/YY") + _field("cvc", "CVC", typed, "cc-csc", "123")
    return f"""
<div class="till">
{f'<p class="notice" role="alert">{escape(notice)}</p>' if notice else ""}
<form id="pay" class="sheet" method="post" action="/pay/{escape(row["id"])}" novalidate>
<h2>Card</h2>
{_reader(row)}{fields}
<div class="pair">{pair}</div>
<button class="main">{words}</button>
{_back(row["cancel_url"], "Cancel and go back")}
</form>
{_test_cards(tried)}
</div>"""


def confirm_page(row: sqlite3.Row) -> bytes:
    total = escape(money.written(row["amount"], row["currency"]))
    main = f"""<form class="sheet" method="post" action="/pay/{escape(row["id"])}/confirm">
<h1>Confirm this payment</h1>
<p>Your bank wants to know that it is you who pays <strong>{total}</strong>.
Nothing is charged before you confirm.</p>
<button class="main" name="step" value="confirm">Confirm</button>
<button class="quiet" name="step" value="fail">Fail</button>
</form>"""
    return shell("Confirm this payment", main)


def said_page(title: str, sentence: str, link: tuple[str, str] | None = None) -> bytes:
    """A page that only says something; `link` is an address and its words."""
    way = f'<p><a class="main" href="{escape(link[0])}">{escape(link[1])}</a></p>' if link else ""
    return shell(title, f'<div class="sheet"><h1>{escape(title)}</h1><p>{escape(sentence)}</p>{way}</div>')


def _summary(row: sqlite3.Row, total: str) -> str:
    lines = "".join(_line(line, row["currency"]) for line in json.loads(row["lines"]))
    return f"""<section class="summary" aria-labelledby="total">
<h1 id="total"><span class="what">To pay</span> <span class="sum">{escape(total)}</span></h1>
<ul class="lines">{lines}</ul>
</section>"""


def _line(line: dict[str, str | int], currency: str) -> str:
    each = money.written(int(line["unit"]), currency)
    many = f'<span class="each">{line["quantity"]} &times; {escape(each)}</span>' if line["quantity"] != 1 else ""
    whole = escape(money.written(int(line["amount"]), currency))
    return f'<li><span class="name">{escape(str(line["name"]))}{many}</span> <span class="price">{whole}</span></li>'


def _field(name: str, label: str, typed: Typed, complete: str, example: str) -> str:
    sentence = typed.wrong.get(name, "")
    value = {"number": typed.number, "expiry": typed.expiry, "cvc": typed.cvc}[name]
    wrong = f' aria-invalid="true" aria-describedby="{name}-wrong"' if sentence else ""
    focus = " autofocus" if sentence and name == next(iter(typed.wrong)) else ""
    said = f'<p class="wrong" id="{name}-wrong">{escape(sentence)}</p>' if sentence else ""
    return (
        f'<div class="field"><label for="{name}">{label}</label><input id="{name}" name="{name}" '
        f'value="{escape(value)}" autocomplete="{complete}" placeholder="{example}" inputmode="numeric" '
        f'maxlength="40" required{wrong}{focus}>{said}</div>'
    )


def _reader(row: sqlite3.Row) -> str:
    email = row["customer_email"]
    return f'<p class="for">Receipt to <strong>{escape(email)}</strong></p>' if email else ""


def _back(url: str | None, words: str) -> str:
    return f'<a class="back" href="{escape(url)}">{escape(words)}</a>' if url else ""


def _test_cards(tried: tuple[tuple[str, str], ...]) -> str:
    cards = "".join(
        f'<li><button class="fill" form="pay" name="fill" value="{number.replace(" ", "")}">{number}</button> '
        f"<span>{meaning}</span></li>"
        for number, meaning in tried
    )
    return f"""<section class="note" aria-labelledby="cards">
<h2 id="cards">Cards to try</h2>
<p>Press one to fill it in. Real cards are refused.</p>
<ul>{cards}</ul>
</section>"""
