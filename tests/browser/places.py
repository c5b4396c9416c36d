"""Every page there is, by who looks at it; and those that one only comes to by doing something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from playwright.sync_api import expect

from .visitor import Visitor

DESK = "/desk/tidewater"
STATES = "shared packed partly shipped cancelled refunded failed".split()
POLLS = [f"/polls/{{ideas[{sort}]}}" for sort in ("options", "ranked", "price")]
# {pages[pot]} and the like stand for what the scene says of it.
LOOKED_AT = {
    "": [
        "/", "/market", "/market?q=pot&price=50", "/market?q=nothing+like+it", "/search", "/search?q=opt",
        "/search?q=nothing", "/brands", "/@tidewater", "/@ana", "/ideas", "/ideas/{ideas[idea]}",
        "/ideas/{ideas[idea]}/versions/2", "/contributions/{ideas[declined]}", "/ideas/{ideas[merged]}",
        "/ideas/{ideas[idea]}/versions", "/ideas/{ideas[idea]}/contributions",
        "/@tidewater/talk", "/posts/{posts[post]}", "/posts/{posts[gone]}", "/talk/post/{posts[post]}",
        "/comments/{ideas[comment]}", "/talk/idea/{ideas[idea]}", "/moderation", "/moderation/{ideas[case]}",
        "/ideas/{ideas[idea]}/credit",
        "/gates/{ideas[gate]}", "/gates/{ideas[open]}", "/sheets/{ideas[sheet]}", "/judgements/tidewater",
        "/@noor", "{pages[pot]}", "{pages[cloth]}", "{pages[bowl]}", "{pages[many]}", "{pages[gone]}", "/basket",
        "/pools", "/pools/{pool}", "/pools/{gathering}", "/pools/{made_pool}", "/ideas/{gathers}", "/ideas?at=making",
        "{pages[pot]}/improvements", "{pages[cloth]}/improvements",
        "{pages[pot]}/improvements?show=taken", "/improvements/{asks[taken]}", "/improvements/{asks[declined]}",
        "/decisions/tidewater",
        "/ideas/{ideas[idea]}/polls", *POLLS, "{pages[pot]}/polls",
        "/nowhere", "/account/login/", "/account/signup/", "/account/password/reset/", "/account/inactive/",
        "/account/login/code/", "/join/{invitation}", "/no-mail/{stop}",
        "/account/password/reset/key/a-b/", "/cast", "/mailbox", "/mailbox/{letter}", "/ui", "/api",
        "/api/rooms/buying",
    ],
    "ana": [
        "/@tidewater/talk", "/posts/new", "/posts/{posts[post]}", "/posts/{posts[own]}", "/posts/{posts[own]}/edit",
        "/posts/{posts[back]}",
        "{pages[pot]}/improvements", "/improvements/{asks[open]}", "/improvements/{asks[back]}",
        "/ideas", "/ideas/new", "/ideas/{ideas[idea]}", "/ideas/{ideas[idea]}/edit", "/ideas/{ideas[draft]}/edit",
        "/contributions/{ideas[waits]}", "/ideas/{ideas[idea]}/authors", "/ideas/{ideas[idea]}/merger",
        "/mergers/{ideas[asked]}", "/pools/{pool}", "/you/pledges", "/pools/{gathering}", "/pools/{made_pool}",
        "/ideas/{gathers}", "/ideas/{gathers_not}",
        "/ideas/{ideas[idea]}/credit", "/you/royalties", "/you/royalties/account",
        *(f"/ideas/{{ideas[idea]}}/polls?sort={sort}" for sort in ("options", "ranked", "price")), *POLLS,
        "/polls/{ideas[fresh]}", "/polls/{ideas[fresh]}/edit",
        "/", "/hall", "/@ana", "/@tidewater", "{pages[bowl]}", "/basket", "/checkout", "/you", "/you/orders",
        "/you/notices", "/you/notices/choices", "/you/tokens",
        "/you/circles", "/you/privacy", "/you/security", "/you/friends", "/you/security/app",
        "/you/security/app/end", "/you/security/codes", "/you/security/passkeys/new",
        "/join/{invitation}", "/you/brands/new", "/account/email/",
        "/account/password/change/", "/account/reauthenticate/", "/account/logout/", "/cast",
        *(f"/orders/{{orders[{state}]}}" for state in [*STATES, "awaiting", "lapsed", "late"]),
    ],
    "ben": [
        "/ideas/{ideas[idea]}/authors", "/ideas/{ideas[idea]}/credit", "/you/royalties", *POLLS,
        "/comments/{ideas[answer]}", "/comments/{ideas[comment]}/edit", "/you/reports",
        "/ideas/{ideas[idea]}", "/ideas/{ideas[idea]}/contribute", "/contributions/{ideas[waits]}",
        "/gates/{ideas[gate]}/argue",
        "/", "/@ana", "{pages[pot]}", "/basket", "/checkout", "/pools/{pool}", "/you/pledges",
    ],
    "noor": [
        "/ideas/{ideas[idea]}/authors", "/", "/you", "/you/friends", "/join/{invitation}", "/you/circles",
        "/you/orders", "/basket",
        "/moderation/{ideas[case]}", "/report/comment/{ideas[comment]}",
    ],
    "mira": [
        f"{DESK}/pools", f"{DESK}/pools/{{pool}}", f"{DESK}/pools/{{made_pool}}", f"{DESK}/pools/{{made_pool}}/making",
        f"{DESK}/pools/{{gathering}}",
        f"{DESK}/improvements", f"{DESK}/products/lidded-pot/revisions", "/improvements/{asks[open]}",
        f"{DESK}/royalties",
        "{pages[draft]}", DESK, f"{DESK}?show=waiting", *(f"{DESK}/orders/{{desk[{state}]}}" for state in STATES),
        f"{DESK}/products", f"{DESK}/products/new", f"{DESK}/products/lidded-pot", f"{DESK}/products/bowl",
        f"{DESK}/products/oak-bench", f"{DESK}/imports", f"{DESK}/imports/{{import}}", f"{DESK}/imports/{{odd}}",
        f"{DESK}/imports/{{import-running}}?still=1", f"{DESK}/team", f"{DESK}/shop",
        f"{DESK}/gates", f"{DESK}/gates/{{ideas[gate]}}", f"{DESK}/gates/{{ideas[open]}}",
        f"{DESK}/gates/take/{{ideas[free]}}",
        f"{DESK}/zones/new", f"{DESK}/tax", f"{DESK}/vouchers", f"{DESK}/vouchers/POTS",
    ],
    "gus": [f"{DESK}/orders/{{desk[shared]}}", f"{DESK}/products", f"{DESK}/team", f"{DESK}/shop"],
    "stella": [
        "/steward", "/steward?q=nobody", "/steward/people/ana", "/steward/work", "/steward/mail", "/steward/health",
        "/steward/royalties",
        "/steward/reports", "/steward/reports/{ideas[open_case]}", "/steward/reports/{ideas[case]}",
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """`looks`: who comes there changes nothing, of the hall or of what they have in hand."""

    name: str
    who: str
    come: Callable[[Visitor], None]
    looks: bool


def places() -> list[Place]:
    looked = [
        Place(f"{who or 'guest'} {address}", who, partial(go_to, address), True)
        for who, addresses in LOOKED_AT.items()
        for address in addresses
    ]
    return looked + [Place(f"{who or 'guest'} {come.__name__}", who, come, False) for who, come in DONE]


def go_to(address: str, visitor: Visitor) -> None:
    visitor.go(at(visitor, address))


def at(visitor: Visitor, address: str) -> str:
    return address.format_map(visitor.hall.scene)


# ---- by doing


def a_filled_basket(guest: Visitor) -> None:
    guest.go(at(guest, "{pages[bowl]}"))
    guest.press("Buy", exact=True)
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Basket")


def a_word_in_passing(guest: Visitor) -> None:
    guest.go(at(guest, "{pages[bowl]}"))
    guest.press("Into the basket")
    expect(guest.page.get_by_role("status")).to_contain_text("is in your basket")


def the_checkout(guest: Visitor) -> None:
    a_filled_basket(guest)
    guest.follow("Go on to pay")


def a_refused_checkout(guest: Visitor) -> None:
    the_checkout(guest)
    guest.fill(email="nowhere")
    _send_whatever_it_is(guest, "form[action='/checkout']")


def a_refused_checkout_of_a_member(member: Visitor) -> None:
    member.go("/checkout")
    member.fill(street="", words="long " * 100)
    _send_whatever_it_is(member, "form[action='/checkout']")


def a_refused_sign_in(guest: Visitor) -> None:
    guest.go("/account/login/")
    guest.fill(login="ana@example.org", password="is it this one")
    _send_whatever_it_is(guest, "main form")


def a_refused_sign_up(guest: Visitor) -> None:
    guest.go("/account/signup/")
    guest.fill(handle="ana", password1="short")
    _send_whatever_it_is(guest, "main form")


def a_code_that_is_awaited(guest: Visitor) -> None:
    guest.go("/account/signup/")
    guest.fill(name="Gil", email="gil@example.org", password1="slow green kettle")
    guest.press("Join", exact=True)
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Look into your mail")


def a_mailed_code_to_sign_in(guest: Visitor) -> None:
    guest.go("/account/login/code/")
    guest.fill(email="ana@example.org")
    guest.page.locator("main form button").first.click()
    guest.page.locator("main [name=code]").fill("WRONG")
    _send_whatever_it_is(guest, "main form")


def a_refused_invitation(member: Visitor) -> None:
    member.go("/you/friends")
    member.fill(words="long " * 100)
    member.page.locator("form[action='/you/invitations'] [name=email]").fill("nowhere")
    _send_whatever_it_is(member, "form[action='/you/invitations']")


def a_friend_not_found(member: Visitor) -> None:
    member.go("/you/friends")
    member.page.locator("form[action='/you/friends/found'] [name=email]").fill("nobody@example.org")
    member.press("Look")
    expect(member.page.locator("main")).to_contain_text("Nobody is found")


def a_refused_app(member: Visitor) -> None:
    member.go("/you/security/app")
    member.fill(code="12")
    _send_whatever_it_is(member, "main form")


def a_code_for_a_new_password(guest: Visitor) -> None:
    guest.go("/account/password/reset/")
    guest.fill(email="ana@example.org")
    guest.page.locator("main form button").first.click()
    guest.page.locator("main [name=code]").fill("WRONG")
    _send_whatever_it_is(guest, "main form")


def a_refused_product(maker: Visitor) -> None:
    maker.go(f"{DESK}/products/bowl")
    maker.fill(title="")
    _send_whatever_it_is(maker, "main form:has([name=title])")


def a_refused_brand(member: Visitor) -> None:
    member.go("/you/brands/new")
    _send_whatever_it_is(member, "form[action='/you/brands/new']")


def a_page_open_for_too_long(member: Visitor) -> None:
    member.go("/you")
    member.page.evaluate("document.querySelector('main form [name=csrfmiddlewaretoken]').value = 'old'")
    _send_whatever_it_is(member, "main form")


def a_page_that_broke(guest: Visitor) -> None:
    html = guest.hall.scene["broken"]
    guest.page.route("**/broken", lambda route: route.fulfill(body=html, content_type="text/html"))
    guest.go("/broken")


def _send_whatever_it_is(visitor: Visitor, form: str) -> None:
    """Past what the browser itself would refuse. The page that comes says in words what is wrong."""
    said = len(visitor.pages)
    visitor.page.locator(form).first.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    visitor.page.wait_for_load_state()
    expect(visitor.page.locator("main [role=alert], main h1.lead, main .empty").first).to_be_visible()
    assert len(visitor.pages) > said


DONE: list[tuple[str, Callable[[Visitor], None]]] = [
    ("", a_filled_basket),
    ("", a_word_in_passing),
    ("", the_checkout),
    ("", a_refused_checkout),
    ("", a_refused_sign_in),
    ("", a_refused_sign_up),
    ("", a_code_that_is_awaited),
    ("", a_code_for_a_new_password),
    ("", a_mailed_code_to_sign_in),
    ("", a_page_that_broke),
    ("ana", a_refused_invitation),
    ("ana", a_friend_not_found),
    ("ana", a_refused_app),
    ("ana", a_refused_checkout_of_a_member),
    ("ana", a_refused_brand),
    ("ana", a_page_open_for_too_long),
    ("mira", a_refused_product),
]
