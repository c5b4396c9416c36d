"""How allauth meets the house: accounts are opened by people's action, mails leave through the outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from moothall.core import ids
from moothall.orders.actions import adopt_guests
from moothall.outbox.actions import put
from moothall.pages.baskets import carry_over
from moothall.people import actions
from moothall.people.models import Account


class Accounts(DefaultAccountAdapter):
    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True
    ) -> AbstractBaseUser:
        """Open the account with its public face."""
        assert isinstance(user, Account)
        user.email = form.cleaned_data["email"].lower()
        self.set_password(user, form.cleaned_data["password1"])
        return actions.join(account=user, name=form.cleaned_data["name"], handle=form.cleaned_data["handle"])

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        user.set_password(password)
        if user.pk:
            user.save(update_fields=["password"])

    def send_account_already_exists_mail(self, email: str) -> None:
        """Hashes a password as a new account would: how long the answer takes must not tell who is here."""
        Account().set_password(ids.secret())
        super().send_account_already_exists_mail(email)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        assert isinstance(user, Account)
        carry_over(request, user.profile)
        answer: HttpResponse = super().post_login(request, user, **more)
        return answer

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """An address is proved: what was bought with it as a guest is the person's from now on."""
        proved: bool = super().confirm_email(request, email_address)
        if proved:
            adopt_guests(by=email_address.user.profile, email=email_address.email)
        return proved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's own words, sent by the worker like every mail of the house."""
        letter = self.render_mail(template_prefix, email, context)
        put(key=f"account {ids.secret()}", to=email, subject=str(letter.subject), text=str(letter.body))
