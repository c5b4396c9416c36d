"""From a won group buy to the thing: the desk's page of its milestones, its promised day, and bringing it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moothall.catalog.models import PUBLISHED
from moothall.core.refusals import NotAllowed, Refusal
from moothall.orders import afterwards
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.people.viewers import somebody
from moothall.pools import actions, queries
from moothall.pools.forms import MilestoneForm, MovedForm, ReachedForm, StepForm
from moothall.pools.models import Milestone, Pledge, Pool


@require_http_methods(["GET", "POST"])
def desk_making(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    """What is planned and done; each form is sent here, says in `do` what it is and in `step` of which milestone."""
    me = somebody(request)
    rows = afterwards.count_waiting(people.desks_of(me).select_related("portrait"))
    brand = get_object_or_404(rows, handle=handle)
    found = get_object_or_404(queries.pools_at(me, brand).filter(concept=True).exclude(decided=None), public=public)
    sent, do = request.POST if request.method == "POST" else None, request.POST.get("do", "")
    of = request.POST.get("step", "")
    steps = [(one, _of_step(one, sent if of == one.public else None, do)) for one in queries.milestones_of(found)]
    plan = MilestoneForm(sent if do == "plan" else None, auto_id="plan-%s")
    promise = MovedForm(sent if do == "promise" else None, auto_id="promise-%s")
    done = _sent(me, found, do, plan, promise) or next(filter(None, (_done(me, *one) for one in steps)), "")
    if done:
        messages.success(request, done)
        return redirect("desk_making", handle=handle, public=public)
    context = {
        "nav": "desk",
        "tab": "pools",
        "brand": brand,
        "pool": found,
        "steps": steps,
        "plan": plan,
        "promise": promise,
        "may_make": queries.may_make(me, found),
        "may_sell": people.may_sell(me, brand),
        "is_out": found.product.state == PUBLISHED,
        "offered": Pledge.objects.filter(pool=found, state=Pledge.PAID, offered__isnull=False).count(),
    }
    return render(request, "pages/desk_making.html", context, status=422 if request.method == "POST" else 200)


def _sent(me: Profile, pool: Pool, do: str, plan: StepForm, promise: StepForm) -> str:
    """What is said of the whole when it is done; nothing where nothing was sent, or it was refused."""
    if do == "out":
        actions.bring_out(by=me, pool=pool)
        return _("It is out: everybody finds it in your shop now.")
    if _taken(plan, lambda: actions.plan_milestone(by=me, pool=pool, **plan.cleaned_data)):
        return _("Planned. Who paid is told.")
    if _taken(promise, lambda: actions.move_promise(by=me, pool=pool, **promise.cleaned_data)):
        return _("Moved. Who paid may wait or have the money back.")
    return ""


def _of_step(step: Milestone, sent: Any, do: str) -> dict[str, StepForm]:
    """The two forms of a milestone; the one that was sent is filled."""
    kinds: dict[str, type[StepForm]] = {"reached": ReachedForm, "moved": MovedForm}
    return {
        name: kind(sent if do == name else None, auto_id=f"{name}-{step.public}-%s") for name, kind in kinds.items()
    }


def _done(me: Profile, step: Milestone, forms: dict[str, StepForm]) -> str:
    """What is said of a milestone when it is done; nothing where nothing was sent, or it was refused."""
    reached, moved = forms["reached"], forms["moved"]
    if _taken(reached, lambda: actions.reach_milestone(by=me, milestone=step, **reached.cleaned_data)):
        return _("Ticked off. Who paid is told.")
    if _taken(moved, lambda: actions.move_milestone(by=me, milestone=step, **moved.cleaned_data)):
        return _("Moved. Who paid is told why.")
    return ""


def _taken(form: StepForm, act: Callable[[], object]) -> bool:
    """Whether what was filled in was taken; else the form says why not."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True
