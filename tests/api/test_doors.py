"""Whatever the pages can send, a program can ask, and whatever they show it can read: each address has its operations,
or its reason."""

from __future__ import annotations

import pytest

from tests.api.callers import OPERATIONS
from tests.pages.test_permissions import ROWS, patterns

# By the name of the page's address: the operations that do the same.
SAME = {
    "follow": "follow",
    "unfollow": "unfollow",
    "block": "block",
    "unblock": "unblock",
    "mute": "mute",
    "unmute": "unmute",
    "put_into_circles": "put_into_circles",
    "join_circle": "join_circle",
    "leave_circle": "leave_circle",
    "end_circle": "end_circle",
    "you": "change_me change_my_picture",
    "circles": "make_circle",
    "new_brand": "open_brand",
    "new_idea": "draft_idea propose_idea",
    "edit_idea": "keep_draft draw_idea revise_idea",
    "contribute": "contribute",
    "contribution": "take_in decline_contribution",
    "take_back_contribution": "take_back_contribution",
    "back_idea": "back_idea",
    "fork_idea": "fork_idea",
    "idea_authors": "invite_author",
    "merge_idea": "ask_merger",
    "merger": "accept_merger decline_merger",
    "end_merger": "end_merger",
    "join_authors": "join_authors",
    "leave_authors": "leave_authors",
    "offer_lead": "offer_lead",
    "keep_lead": "keep_lead",
    "take_lead": "take_lead",
    "unback_idea": "unback_idea",
    "discard_idea": "discard_idea",
    "withdraw_idea": "withdraw_idea",
    "bring_back_idea": "bring_back_idea",
    "pool": "pledge",
    "withdraw_pledge": "withdraw_pledge",
    "give_card": "card_page",
    "pay_pledge": "pay_pledge",
    "desk_pools": "open_pool",
    "cancel_pool": "cancel_pool",
    "talk": "say show_picture",
    "comment": "answer",
    "edit_comment": "change_comment show_picture hide_picture",
    "withdraw_comment": "withdraw_comment",
    "bring_back_comment": "bring_back_comment",
    "react": "react",
    "unreact": "unreact",
    "report": "report",
    "case": "appeal",
    "steward_report": "decide",
    "gate": "appeal_judgement come_again accept",
    "argue": "argue",
    "end_argument": "end_argument",
    "desk_gates": "set_mark",
    "desk_gate": "keep_sheet judge undo_judgement answer_appeal",
    "take_gate": "take_to_gate",
    "put": "put",
    "set_quantity": "set_quantity take_out",
    "checkout": "place",
    "pay": "pay_page",
    "pay_by_card": "pay_by_card",
    "steward_transfer": "receive_transfer",
    "steward_payback": "send_back",
    "steward_bank": "set_bank",
    "end_bank": "end_bank",
    "abandon": "abandon",
    "share": "share",
    "withdraw_share": "withdraw_share",
    "pack": "pack",
    "ship": "ship",
    "cancel": "cancel",
    "refund": "refund",
    "retry_refund": "retry_refund",
    "desk_new": "make_product",
    "desk_product": "change_product count_stock",
    "publish": "publish",
    "withdraw": "withdraw",
    "add_picture": "add_picture",
    "remove_picture": "remove_picture",
    "begin_import": "begin_import",
    "join_team": "join_team",
    "leave_team": "leave_team",
    "desk_shop": "change_brand change_brand_picture",
    "basket": "set_country set_code",
    "invite_to_team": "invite_to_team",
    "change_role": "invite_to_team",
    "take_back_team": "leave_team",
    "decline_team": "decline_team",
    "desk_new_zone": "make_zone",
    "desk_zone": "change_zone",
    "remove_zone": "remove_zone",
    "desk_tax": "set_taxes",
    "desk_vouchers": "make_voucher",
    "end_voucher": "end_voucher",
    "retry": "retry",
    "ask_return": "ask_return",
    "take_back_return": "take_back_return",
    "send_return": "send_return",
    "buy_again": "buy_again",
    "desk_return": "agree_to_return decline_return receive_return close_return",
    "correct_parcel": "correct_parcel",
    "desk_papers": "set_imprint",
    "invite": "invite",
    "end_invitation": "end_invitation",
    "meet": "meet",
    "be_findable": "be_findable",
    "be_hidden": "be_hidden",
    "find_friend": "find_friend",
    "see_notice": "see_notice",
    "see_notices": "see_notices",
    "notice_choices": "choose_notices",
    "suspend": "suspend",
    "end_suspension": "end_suspension",
    "run_daily": "run_daily",
    "trial_mail": "trial_mail",
}
NONE = {
    "cast": "the demo's own door, for browsers",
    "door": "a guest's way back from a mail, for browsers; programs buy as somebody",
    "sign_out_everywhere": "ends the sessions of browsers; a token is no session",
    "tokens": "a token that could make tokens could not be ended",
    "end_token": "ended where it was made",
    "webhook": "the payment provider's own",
    "no_mail": "a word from a mail, for whoever got it",
    "stop_notices": "a word from a mail, for whoever got it",
    "end_sign_in": "ends a browser's session; a token is no session",
    "sign_out_elsewhere": "ends the sessions of browsers; a token is no session",
    **dict.fromkeys(
        (
            *(
                "mfa_activate_totp",
                "mfa_authenticate",
                "mfa_deactivate_totp",
                "mfa_login_webauthn",
                "mfa_reauthenticate",
            ),
            *("mfa_reauthenticate_webauthn", "new_passkey", "passkey", "passkey_challenge", "recovery_codes"),
            "remove_passkey",
        ),
        "how one signs in is changed by whoever just signed in",
    ),
}

# What a page shows: the operations that tell it.
SHOWN = {
    "home": "home strangers products",
    "hall": "hall products brands voices",
    "health": "pulse",
    "health_worker": "pulse",
    "market": "products facets",
    "search": "find profiles found_comments",
    "complete": "complete",
    "brands": "brands",
    "ideas": "ideas my_ideas",
    "idea": "idea",
    "edit_idea": "idea similar_ideas",
    "idea_version": "idea_versions",
    "idea_versions": "idea_versions",
    "idea_contributions": "idea_contributions",
    "idea_authors": "idea_authors",
    "merge_idea": "ideas my_mergers",
    "merger": "merger",
    "contribute": "idea",
    "contribution": "contribution",
    "pools": "pools",
    "pool": "pool my_pledge",
    "card_kept": "look_for_card",
    "pledges": "pledges",
    "desk_pools": "desk_pools",
    "desk_pool": "desk_pool",
    "talk": "talk",
    "comment": "comment",
    "edit_comment": "comment",
    "my_reports": "my_reports",
    "moderation": "removals",
    "case": "removal",
    "steward_reports": "cases",
    "steward_report": "case",
    "gate": "gate idea_gates",
    "gate_figures": "gate",
    "argue": "gate",
    "sheet": "sheet",
    "judgements": "judgements mark",
    "desk_gates": "desk_gates free_ideas mark",
    "desk_gate": "desk_gate",
    "take_gate": "idea",
    "profile": "profile acts products",
    "product": "product",
    "you": "me teams",
    "orders": "orders",
    "circles": "circles follows",
    "privacy": "shares blocks mutes",
    "friends": "invitations brought me",
    "invitation": "invitation",
    "security": "security sign_ins",
    "tokens": "my_tokens",
    "notices": "notices",
    "notice_choices": "choices",
    "basket": "basket",
    "checkout": "basket circles hall",
    "purchase": "purchase papers returns returnable",
    "come_back": "look",
    "paper": "paper",
    "ask_return": "returnable",
    "desk": "the_desk desk_orders",
    "desk_order": "desk_order desk_papers desk_returns",
    "desk_products": "desk_products",
    "desk_product": "desk_product",
    "export": "export",
    "desk_imports": "imports",
    "desk_import": "import_run import_lines",
    "desk_team": "team team_invitations",
    "desk_returns": "desk_returns",
    "desk_return": "desk_return",
    "desk_papers": "desk_papers imprint",
    "papers_csv": "papers_csv",
    "desk_paper": "desk_paper",
    "desk_shop": "the_desk zones taxes",
    "desk_zone": "zones",
    "desk_tax": "taxes",
    "desk_vouchers": "vouchers",
    "desk_voucher": "voucher voucher_uses",
    "steward": "accounts",
    "steward_person": "account",
    "steward_work": "works readers pulse",
    "steward_mail": "mails",
    "steward_health": "health days",
    "steward_transfers": "awaited",
    "steward_transfer": "awaited",
    "steward_paybacks": "paybacks",
    "steward_payback": "paybacks",
    "steward_bank": "bank",
}
UNTOLD = {
    **dict.fromkeys(
        ("ui", "api", "manifest", "service_worker", "offline", "picture", "metrics"), "no page of a person"
    ),
    **dict.fromkeys(("mailbox", "letter", "cast"), "the demo's own doors, for browsers"),
    **dict.fromkeys(("door", "no_mail", "stop_notices"), "a word from a mail, for whoever got it"),
    **dict.fromkeys(("new_brand", "new_idea", "desk_new", "desk_new_zone", "report"), "an empty form"),
    **dict.fromkeys(
        (
            *("mfa_activate_totp", "mfa_authenticate", "mfa_deactivate_totp", "mfa_login_webauthn"),
            *("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "new_passkey", "passkey", "recovery_codes"),
        ),
        "how one signs in is changed by whoever just signed in",
    ),
}


def taking() -> set[str]:
    """The names of all addresses that take a POST, save those of signing in and out."""
    return {name for name, _address, _get, post in ROWS if set(post) != {"-"} and not name.startswith("account_")}


def test_every_post_has_its_operation_or_its_reason() -> None:
    assert taking() == SAME.keys() | NONE.keys()
    assert not SAME.keys() & NONE.keys()
    assert set(patterns()) >= taking()


@pytest.mark.parametrize("name", sorted(SAME))
def test_that_operation_is_there(name: str) -> None:
    assert all(OPERATIONS[one].method != "GET" for one in SAME[name].split())


def showing() -> set[str]:
    """The names of all addresses that take a GET, save those of signing in and out."""
    return {name for name, _address, get, _post in ROWS if set(get) != {"-"} and not name.startswith("account_")}


def test_every_page_is_told_or_has_its_reason() -> None:
    assert showing() == SHOWN.keys() | UNTOLD.keys()
    assert not SHOWN.keys() & UNTOLD.keys()


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_what_it_shows_is_told(name: str) -> None:
    assert all(OPERATIONS[one].safe or one in ("look", "look_for_card") for one in SHOWN[name].split())
