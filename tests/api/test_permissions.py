"""Every operation × role in one table: what is done, what is not there, what is refused; and that all of it is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from pydantic import TypeAdapter

from moothall.api.described import document
from moothall.api.models import Answer
from moothall.core import clock
from moothall.payments import provider
from moothall.people import tokens
from moothall.people.models import Token
from tests import town as the_town
from tests.api.callers import OPERATIONS, Callers, gather, secret_of
from tests.kept import Kept, kept
from tests.pages.test_permissions import ROLES
from tests.rows import rows, state, undone

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# As in the table of the pages: Ana is the member, Bob is parted from her and from the brand, `other` owns another.
# o: done  n: not found  r: refused with words  t: asks for a token
TABLE = """
improvements         /products/tidewater/{bowl}/improvements                ooonooooooo
improvements         /products/tidewater/secret-jug/improvements            nnnnooooonn
like_improvements    /products/tidewater/{bowl}/improvements/like?title=rim toonooooooo
ask_improvement      /products/tidewater/{bowl}/improvements                toonrrrrroo
revisions            /products/tidewater/{bowl}/revisions                   ooonooooooo
improvement          /improvements/{ask}                                    ooonooooooo
improvement          /improvements/{back_ask}                               nonnnnnnnnn
join_improvement     /improvements/{bens_ask}/voice                         toonrrrrroo
leave_improvement    /improvements/{bens_ask}/voice                         toonooooooo
take_back_improvement /improvements/{ask}                                   tornrrrrrrr
ask_improvement_again /improvements/{back_ask}/again                        tonnnnnnnnn
decline_improvement  /improvements/{ask}/answer                             trrnoorrrrr
reopen_improvement   /improvements/{declined_ask}/answer                    trrnoorrrrr
decisions            /brands/tidewater/decisions                            ooonooooooo
decisions_share      /brands/tidewater/decisions/share                      ooonooooooo
desk_improvements    /desks/tidewater/improvements                          tnnnooooonn
desk_improvements    /desks/north-wool/improvements                         tnnnnnnnnon
bring_revision       /desks/tidewater/products/{bowl}/revisions             tnnnoorrrnn
bring_revision       /desks/north-wool/products/{bowl}/revisions            tnnnnnnnnnn
take_back_revision   /desks/tidewater/products/{revised}/revisions/2        tnnnoorrrnn
credit               /ideas/{idea}/credit                                   ooonooooooo
credit               /ideas/{withdrawn}/credit                              nonnnnnnnnn
idea_splits          /ideas/{idea}/splits                                   ooonooooooo
my_splits            /me/splits                                             toooooooooo
propose_split        /ideas/{idea}/splits                                   tornrrrrrrr
propose_split        /ideas/{bens_idea}/splits                              trrrrrrrrrr
sign_split           /splits/{split}/signature                              torrrrrrrrr
decline_split        /splits/{split}/refusal                                torrrrrrrrr
decline_split        /splits/{own_split}/refusal                            tornrrrrrrr
take_back_split      /splits/{own_split}                                    tornrrrrrrr
take_back_split      /splits/{split}                                        trrrrrrrrrr
my_royalties         /me/royalties                                          toooooooooo
my_royalty_sums      /me/royalties/sums                                     toooooooooo
my_royalties_csv     /me/royalties.csv                                      toooooooooo
desk_royalties       /desks/tidewater/royalties                             tnnnooooonn
royalties_owed       /steward/royalties                                     tnnnnnnnnno
payouts              /steward/payouts                                       tnnnnnnnnno
pay_out              /steward/payouts                                       tnnnnnnnnno
payout_csv           /steward/payouts/1/lines.csv                           tnnnnnnnnno
payout_csv           /steward/payouts/7/lines.csv                           tnnnnnnnnnn
idea_gates           /ideas/{idea}/gates                                    ooooooooooo
judgements           /brands/tidewater/judgements                           ooonooooooo
mark                 /brands/tidewater/mark                                 ooonooooooo
gate                 /gates/{gate}                                          ooonooooooo
sheet                /sheets/{own_sheet}                                    ooonooooooo
argue                /gates/{gate}/arguments                                toonrrrrroo
end_argument         /sheets/{own_sheet}                                    tonnnnnnnnn
appeal_judgement     /gates/{gate}/appeal                                   tornrrrrrrr
come_again           /gates/{gate}/again                                    trrnrrrrrrr
accept               /gates/{gate}/acceptance                               tornrrrrrrr
desk_gates           /desks/tidewater/gates                                 tnnnooooonn
free_ideas           /desks/tidewater/free-ideas                            tnnnooooonn
desk_gate            /desks/tidewater/gates/{open_gate}                     tnnnooooonn
desk_gate            /desks/north-wool/gates/{open_gate}                    tnnnnnnnnnn
set_mark             /desks/tidewater/mark                                  tnnnoorrrnn
take_to_gate         /desks/tidewater/free-ideas/{free_idea}                tnnnoorrrnn
keep_sheet           /desks/tidewater/gates/{open_gate}/sheet               tnnnoorrrnn
judge                /desks/tidewater/gates/{open_gate}/judgement           tnnnoorrrnn
undo_judgement       /desks/tidewater/gates/{gate}/judgement/end            tnnnoorrrnn
answer_appeal        /desks/tidewater/gates/{gate}/answer                   tnnnrrrrrnn
basket               /basket                                                toooooooooo
put                  /basket/lines                                          toorooooooo
set_quantity         /basket/lines/{variant}                                toooooooooo
take_out             /basket/lines/{variant}                                toooooooooo
place                /purchases                                             torrrrrrrrr
purchases            /purchases                                             toooooooooo
purchase             /purchases/{purchase}                                  tonnnnnnnnn
pay_page             /purchases/{waiting}/page                              tonnnnnnnnn
pay_by_card          /purchases/{promised}/card                             tonnnnnnnnn
look                 /purchases/{waiting}/look                              tonnnnnnnnn
abandon              /purchases/{waiting}                                   tonnnnnnnnn
orders               /orders                                                toooooooooo
order                /orders/{order}                                        tonnnnnnnnn
share                /orders/{order}/shares                                 tonnnnnnnnn
ideas                /ideas                                                 ooooooooooo
my_ideas             /me/ideas                                              toooooooooo
idea                 /ideas/{idea}                                          ooonooooooo
idea                 /ideas/{draft}                                         nonnnnnnnnn
idea_versions        /ideas/{idea}/versions                                 ooonooooooo
idea                 /ideas/{merged}                                        ooonooooooo
idea_contributions   /ideas/{idea}/contributions                            ooonooooooo
similar_ideas        /ideas/{draft}/similar                                 tonnnnnnnnn
fork_idea            /ideas/{idea}/forks                                    toonooooooo
fork_idea            /ideas/{draft}/forks                                   tnnnnnnnnnn
idea_authors         /ideas/{idea}/authors                                  tonnnnnnnnn
invite_author        /ideas/{idea}/authors                                  tonnnnnnnnn
invite_author        /ideas/{led}/authors                                   trnnnnnnnnn
join_authors         /authors/{invited}/standing                            tonnnnnnnnn
leave_authors        /authors/{author}                                      tonnnnnnnnn
offer_lead           /authors/{author}/offer                                tonnnnnnnnn
keep_lead            /authors/{offered}/offer                               tonnnnnnnnn
take_lead            /authors/{offered}/lead                                tonnnnnnnnn
my_mergers           /me/mergers                                            toooooooooo
ask_merger           /ideas/{idea}/merger                                   tonnnnnnnnn
end_merger           /ideas/{merged}/merger                                 tonnnnnnnnn
end_merger           /ideas/{idea}/merger                                   tnnnnnnnnnn
merger               /mergers/{merger}                                      tonnnnnnnnn
accept_merger        /mergers/{merger}/acceptance                           tonnnnnnnnn
decline_merger       /mergers/{merger}/refusal                              tonnnnnnnnn
revise_idea          /ideas/{led}/versions                                  tonnnnnnnnn
draw_idea            /ideas/{led}/picture                                   tonnnnnnnnn
contribution         /contributions/{contribution}                          ooonooooooo
draft_idea           /ideas                                                 toooooooooo
keep_draft           /ideas/{draft}                                         tonnnnnnnnn
draw_idea            /ideas/{idea}/picture                                  tonnnnnnnnn
propose_idea         /ideas/{draft}/proposal                                tonnnnnnnnn
revise_idea          /ideas/{idea}/versions                                 tonnnnnnnnn
discard_idea         /ideas/{draft}                                         tonnnnnnnnn
withdraw_idea        /ideas/{idea}/withdrawal                               tonnnnnnnnn
bring_back_idea      /ideas/{withdrawn}/withdrawal                          tonnnnnnnnn
back_idea            /ideas/{idea}/backing                                  tronooooooo
unback_idea          /ideas/{idea}/backing                                  toonooooooo
contribute           /ideas/{idea}/contributions                            tronrrrrroo
take_in              /contributions/{contribution}/taking                   tornrrrrrrr
decline_contribution /contributions/{contribution}/decline                  tornrrrrrrr
idea_polls           /ideas/{idea}/polls                                    ooonooooooo
idea_polls           /ideas/{draft}/polls                                   nnnnnnnnnnn
product_polls        /products/tidewater/pot/polls                          ooonooooooo
product_polls        /products/tidewater/secret-jug/polls                   nnnnnnnnnnn
ask_of_idea          /ideas/{idea}/polls                                    tornrrrrrrr
ask_of_product       /products/tidewater/pot/polls                          trrnoorrrrr
poll                 /polls/{poll}                                          ooonooooooo
reword_poll          /polls/{fresh_poll}                                    tornrrrrrrr
reword_poll          /polls/{poll}                                          trrnrrrrrrr
withdraw_poll        /polls/{fresh_poll}                                    tornrrrrrrr
add_words_to_poll    /polls/{poll}/words                                    tornrrrrrrr
close_poll           /polls/{poll}/end                                      tornrrrrrrr
close_poll           /polls/{pot_poll}/end                                  trrnoorrrrr
answer_poll          /polls/{poll}/answer                                   toonooooooo
answer_poll          /polls/{fresh_poll}/answer                             trrnrrrrrrr
take_back_answer     /polls/{poll}/answer                                   toonooooooo
talk                 /talk/idea/{idea}                                      ooonooooooo
talk                 /talk/idea/{draft}                                     nnnnnnnnnnn
talk                 /talk/product/pot                                      nnnnnnnnnnn
found_comments       /comments?q=drips                                      ooooooooooo
comment              /comments/{comment}                                    ooonooooooo
comment              /comments/{back_comment}                               nonnnnnnnnn
say                  /talk/idea/{idea}                                      toonooooooo
answer               /comments/{comment}/answers                            toonooooooo
answer               /comments/{back_comment}/answers                       trnnnnnnnnn
change_comment       /comments/{own_comment}                                tonnnnnnnnn
show_picture         /comments/{own_comment}/picture                        tonnnnnnnnn
hide_picture         /comments/{own_comment}/picture                        tonnnnnnnnn
withdraw_comment     /comments/{own_comment}/withdrawal                     tonnnnnnnnn
bring_back_comment   /comments/{back_comment}/withdrawal                    tonnnnnnnnn
brand_talk           /brands/tidewater/posts                                ooonooooooo
brand_talk           /brands/ana/posts                                      nnnnnnnnnnn
posts_of             /profiles/ana/posts                                    ooonooooooo
posts_of             /profiles/tidewater/posts                              nnnnnnnnnnn
found_posts          /posts?q=drip                                          ooooooooooo
post                 /posts/{post}                                          ooonooooooo
post                 /posts/{own_post}                                      ooonooooooo
post                 /posts/{back_post}                                     nonnnnnnnnn
write_post           /posts                                                 toooooooooo
write_in_talk        /brands/tidewater/posts                                toonooooooo
write_in_talk        /brands/ana/posts                                      tnnnnnnnnnn
change_post          /posts/{own_post}                                      tonnnnnnnnn
show_post            /posts/{own_post}/picture                              tonnnnnnnnn
bare_post            /posts/{own_post}/picture                              tonnnnnnnnn
withdraw_post        /posts/{own_post}/withdrawal                           tonnnnnnnnn
bring_back_post      /posts/{back_post}/withdrawal                          tonnnnnnnnn
react_to_post        /posts/{post}/reaction                                 toonooooooo
react_to_post        /posts/{own_post}/reaction                             tronooooooo
unreact_to_post      /posts/{post}/reaction                                 toonooooooo
react                /comments/{comment}/reaction                           toonooooooo
react                /comments/{own_comment}/reaction                       tronooooooo
unreact              /comments/{own_comment}/reaction                       toonooooooo
report               /reports                                               toonooooooo
my_reports           /reports                                               toooooooooo
removals             /moderation                                            ooooooooooo
removal              /moderation/{case}                                     ooooooooooo
removal              /moderation/{open_case}                                nnnnnnnnnnn
appeal               /moderation/{case}/appeal                              torrrrrrrrr
appeal               /moderation/{open_case}/appeal                         tnnnnnnnnnn
cases                /steward/cases                                         tnnnnnnnnno
case                 /steward/cases/{open_case}                             tnnnnnnnnno
decide               /steward/cases/{open_case}/decision                    tnnnnnnnnno
decide               /steward/cases/{case}/decision                         tnnnnnnnnnr
order_of_ideas       /order-of-ideas                                        ooooooooooo
crowds               /steward/crowds                                        tnnnnnnnnno
let_crowd            /steward/crowds/{idea}/let                             tnnnnnnnnnr
keep_crowd           /steward/crowds/{idea}/keep                            tnnnnnnnnnr
keep_crowd           /steward/crowds/{removed_idea}/keep                    tnnnnnnnnnn
idea                 /ideas/{removed_idea}                                  nonnnnnnnnn
take_back_contribution /contributions/{own_contribution}                    tornrrrrrrr
pools                /pools                                                 ooooooooooo
pool                 /pools/{pool}                                          ooonooooooo
pledge               /pools/{pool}/pledge                                   toonrrrrroo
pledges              /pledges                                               toooooooooo
my_pledge            /pledges/{pledge}                                      tonnnnnnnnn
withdraw_pledge      /pledges/{pledge}                                      tonnnnnnnnn
card_page            /pledges/{pledge}/card                                 tonnnnnnnnn
look_for_card        /pledges/{pledge}/look                                 tonnnnnnnnn
pay_pledge           /pledges/{failing}/payment                             tonnnnnnnnn
desk_pools           /desks/tidewater/pools                                 tnnnooooonn
open_pool            /desks/tidewater/pools                                 tnnnororrnn
desk_pool            /desks/tidewater/pools/{pool}                          tnnnooooonn
desk_pool            /desks/north-wool/pools/{pool}                         tnnnnnnnnnn
cancel_pool          /desks/tidewater/pools/{pool}                          tnnnororrnn
pool                 /pools/{gathering}                                     ooonooooooo
milestones           /pools/{made_pool}/milestones                          ooonooooooo
begin_gathering      /ideas/{gathers_not}/gathering                         tornrrrrrrr
end_gathering        /ideas/{gathers}/gathering                             tornrrrrrrr
take_back_money      /pledges/{late}/money                                  tonnnnnnnnn
plan_milestone       /desks/tidewater/pools/{made_pool}/milestones          tnnnooorrnn
plan_milestone       /desks/north-wool/pools/{made_pool}/milestones         tnnnnnnnnnn
move_milestone       /desks/tidewater/pools/{made_pool}/milestones/{milestone}/move   tnnnooorrnn
reach_milestone      /desks/tidewater/pools/{made_pool}/milestones/{milestone}/reach  tnnnooorrnn
move_promise         /desks/tidewater/pools/{made_pool}/promise             tnnnrrrrrnn
bring_out            /desks/tidewater/pools/{made_pool}/out                 tnnnororrnn
desk_orders          /desks/tidewater/orders                                tnnnooooonn
desk_order           /desks/tidewater/orders/{order}                        tnnnonoonnn
desk_order           /desks/north-wool/orders/{order}                       tnnnnnnnnnn
pack                 /desks/tidewater/orders/{order}/packing                tnnnonornnn
ship                 /desks/tidewater/orders/{order}/shipments              tnnnonornnn
cancel               /desks/tidewater/orders/{order}/cancellation           tnnnonornnn
refund               /desks/tidewater/orders/{order}/refunds                tnnnonornnn
refund               /desks/north-wool/orders/{order}/refunds               tnnnnnnnnnn
retry_refund         /desks/tidewater/refunds/{refund}/retry                tnnnonornnn
retry_refund         /desks/north-wool/refunds/{refund}/retry               tnnnnnnnnnn
profile              /profiles/ana                                          ooonooooooo
profile              /profiles/tidewater                                    ooonooooooo
profile              /profiles/nobody                                       nnnnnnnnnnn
acts                 /profiles/ana/acts                                     ooonooooooo
home                 /home                                                  toooooooooo
follows              /follows                                               toooooooooo
follow               /profiles/ana/follow                                   tronooooooo
follow               /profiles/tidewater/follow                             toonooooooo
unfollow             /profiles/ana/follow                                   toonooooooo
blocks               /blocks                                                toooooooooo
block                /profiles/ana/block                                    tronooooooo
unblock              /profiles/ana/block                                    toonooooooo
unblock              /profiles/bob/block                                    toooooooooo
mutes                /mutes                                                 toooooooooo
mute                 /profiles/ana/mute                                     tronooooooo
unmute               /profiles/ana/mute                                     toonooooooo
put_into_circles     /profiles/ben/circles                                  toooooooooo
me                   /me                                                    toooooooooo
change_me            /me                                                    toooooooooo
change_my_picture    /me/picture                                            toooooooooo
open_brand           /brands                                                toooooooooo
circles              /circles                                               toooooooooo
make_circle          /circles                                               toooooooooo
end_circle           /circles/{circle}                                      tonnnnnnnnn
join_circle          /circles/{circle}/people/ben                           tonnnnnnnnn
leave_circle         /circles/{circle}/people/ben                           tonnnnnnnnn
shares               /shares                                                toooooooooo
withdraw_share       /shares/{share}                                        tonnnnnnnnn
desk_products        /desks/tidewater/products                              tnnnooooonn
make_product         /desks/tidewater/products                              tnnnororrnn
desk_product         /desks/tidewater/products/secret-jug                   tnnnooooonn
desk_product         /desks/north-wool/products/secret-jug                  tnnnnnnnnnn
change_product       /desks/tidewater/products/secret-jug                   tnnnororrnn
publish              /desks/tidewater/products/secret-jug/publication       tnnnororrnn
withdraw             /desks/tidewater/products/pot/publication              tnnnororrnn
count_stock          /desks/tidewater/products/pot/variants/{variant}/stock tnnnororrnn
add_picture          /desks/tidewater/products/pot/pictures                 tnnnororrnn
remove_picture       /desks/tidewater/products/pictured/pictures/1          tnnnororrnn
export               /desks/tidewater/products.csv                          tnnnooooonn
imports              /desks/tidewater/imports                               tnnnooooonn
begin_import         /desks/tidewater/imports                               tnnnororrnn
import_run           /desks/tidewater/imports/{run}                         tnnnooooonn
import_run           /desks/north-wool/imports/{run}                        tnnnnnnnnnn
import_lines         /desks/tidewater/imports/{run}/lines                   tnnnooooonn
the_desk             /desks/tidewater                                       tnnnooooonn
change_brand         /desks/tidewater                                       tnnnorrrrnn
change_brand_picture /desks/tidewater/picture                               tnnnorrrrnn
team                 /desks/tidewater/team                                  tnnnooooonn
zones                /desks/tidewater/zones                                 tnnnooooonn
make_zone            /desks/tidewater/zones                                 tnnnororrnn
change_zone          /desks/tidewater/zones/{zone}                          tnnnororrnn
change_zone          /desks/north-wool/zones/{zone}                         tnnnnnnnnnn
remove_zone          /desks/tidewater/zones/{zone}                          tnnnororrnn
taxes                /desks/tidewater/taxes                                 tnnnooooonn
set_taxes            /desks/tidewater/taxes                                 tnnnororrnn
vouchers             /desks/tidewater/vouchers                              tnnnooooonn
make_voucher         /desks/tidewater/vouchers                              tnnnororrnn
end_voucher          /desks/tidewater/vouchers/POTS                         tnnnororrnn
invite_to_team       /desks/tidewater/team/noor                             tnnnorrrrnn
join_team            /me/teams/tidewater                                    tonnnnnnnnn
decline_team         /me/teams/tidewater                                    tonnnnnnnnn
set_country          /basket/country                                        toooooooooo
set_code             /basket/voucher                                        toooooooooo
leave_team           /desks/tidewater/team/the-maker                        tnnnoorrrnn
hall                 /hall                                                  ooooooooooo
products             /products                                              ooooooooooo
facets               /products/facets                                       ooooooooooo
product              /products/tidewater/pot                                ooonooooooo
product              /products/tidewater/secret-jug                         nnnnooooonn
brands               /brands                                                ooooooooooo
accounts             /steward/people                                        tnnnnnnnnno
works                /steward/works                                         tnnnnnnnnno
retry                /steward/works/mail/{mail}/retry                       tnnnnnnnnno
papers               /orders/{order}/papers                                tonnnnnnnnn
paper                /orders/{order}/papers/{paper}                        tonnnnnnnnn
paper                /orders/{tray_order}/papers/{paper}                   tnnnnnnnnnn
returns              /returns                                              toooooooooo
the_return           /returns/{back}                                       tonnnnnnnnn
returnable           /orders/{tray_order}/returnable                       tonnnnnnnnn
ask_return           /orders/{tray_order}/returns                          tonnnnnnnnn
take_back_return     /returns/{back}                                       tonnnnnnnnn
send_return          /returns/{agreed}/parcel                              tonnnnnnnnn
buy_again            /orders/{order}/again                                 tonnnnnnnnn
desk_papers          /desks/tidewater/papers                               tnnnooooonn
desk_paper           /desks/tidewater/papers/{paper}                       tnnnonoonnn
desk_paper           /desks/north-wool/papers/{paper}                      tnnnnnnnnnn
papers_csv           /desks/tidewater/papers.csv                           tnnnooooonn
imprint              /desks/tidewater/imprint                              tnnnooooonn
set_imprint          /desks/tidewater/imprint                              tnnnorrrrnn
desk_returns         /desks/tidewater/returns                              tnnnooooonn
desk_return          /desks/tidewater/returns/{back}                       tnnnonoonnn
desk_return          /desks/north-wool/returns/{back}                      tnnnnnnnnnn
agree_to_return      /desks/tidewater/returns/{back}/agreement             tnnnonornnn
agree_to_return      /desks/north-wool/returns/{back}/agreement            tnnnnnnnnnn
decline_return       /desks/tidewater/returns/{back}/refusal               tnnnonornnn
receive_return       /desks/tidewater/returns/{agreed}/arrival             tnnnonornnn
close_return         /desks/tidewater/returns/{agreed}/closing             tnnnonornnn
close_return         /desks/north-wool/returns/{agreed}/closing            tnnnnnnnnnn
correct_parcel       /desks/tidewater/parcels/{parcel}                     tnnnonornnn
correct_parcel       /desks/north-wool/parcels/{parcel}                    tnnnnnnnnnn
team_invitations     /desks/tidewater/invitations                          tnnnooooonn
voucher              /desks/tidewater/vouchers/POTS                        tnnnooooonn
voucher              /desks/north-wool/vouchers/POTS                       tnnnnnnnnnn
voucher_uses         /desks/tidewater/vouchers/POTS/uses                   tnnnooooonn
invitations          /invitations                                          toooooooooo
invite               /invitations                                          toooooooooo
invitation           /invitations/{invitation}                             ooonooooooo
end_invitation       /invitations/{invitation}                             tonnnnnnnnn
meet                 /invitations/{invitation}/meeting                     tronooooooo
brought              /me/brought                                           toooooooooo
strangers            /me/strangers                                         toooooooooo
be_findable          /me/findable                                          toooooooooo
be_hidden            /me/findable                                          toooooooooo
find_friend          /friends/found                                        torrrrrrrrr
notices              /notices                                              toooooooooo
see_notice           /notices/{told}/seen                                  tonnnnnnnnn
see_notice           /notices/nothing/seen                                 tnnnnnnnnnn
see_notices          /notices/seen                                         toooooooooo
choices              /notices/choices                                      toooooooooo
choose_notices       /notices/choices                                      toooooooooo
security             /me/security                                          toooooooooo
sign_ins             /me/sign-ins                                          toooooooooo
my_tokens            /me/tokens                                            toooooooooo
teams                /me/teams                                             toooooooooo
find                 /search?q=pot                                         ooooooooooo
complete             /search/completion?q=po                               ooooooooooo
profiles             /profiles?q=ana                                       ooooooooooo
voices               /voices                                               ooooooooooo
account              /steward/people/ana                                   tnnnnnnnnno
account              /steward/people/nobody                                tnnnnnnnnnn
suspend              /steward/people/ana/suspension                        tnnnnnnnnno
suspend              /steward/people/stella/suspension                     tnnnnnnnnnr
end_suspension       /steward/people/shut/suspension                       tnnnnnnnnno
end_suspension       /steward/people/ana/suspension                        tnnnnnnnnnr
health               /steward/health                                       tnnnnnnnnno
pulse                /steward/pulse                                        tnnnnnnnnno
readers              /steward/readers                                      tnnnnnnnnno
days                 /steward/daily                                        tnnnnnnnnno
run_daily            /steward/daily/check/run                              tnnnnnnnnno
run_daily            /steward/daily/nothing/run                            tnnnnnnnnnn
mails                /steward/mails                                        tnnnnnnnnno
trial_mail           /steward/mails/trial                                  tnnnnnnnnno
awaited              /steward/transfers                                     tnnnnnnnnno
receive_transfer     /steward/transfers/{promised}/arrivals                 tnnnnnnnnno
receive_transfer     /steward/transfers/nothing/arrivals                    tnnnnnnnnnn
paybacks             /steward/paybacks                                      tnnnnnnnnno
send_back            /steward/paybacks/{payback}/sent                       tnnnnnnnnno
bank                 /steward/bank                                          tnnnnnnnnno
set_bank             /steward/bank                                          tnnnnnnnnno
end_bank             /steward/bank                                          tnnnnnnnnno
"""
ROWS = [tuple(line.split()) for line in TABLE.strip().splitlines()]


KEPT = {Answer._meta.db_table}  # a no to what spends is kept under its key

made = kept(lambda: gather(the_town.make()))


@pytest.fixture
def callers(made: Kept[Callers], monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callers:
    settings.API_LIMITS = {}  # else each request would write
    monkeypatch.setattr(provider, "open_session", lambda ask: _state(ask.reference))
    monkeypatch.setattr(provider, "keep_card", _page)
    return made.fresh(settings)


def _page(ask: provider.Keeping) -> provider.Kept:
    return provider.Kept("cs_2", ask.reference, False, False, "https://pay.example/2")


def _state(reference: str) -> provider.State:
    return provider.State("cs_1", reference, False, False, "", 3800, "GBP", "https://pay.example/1")


def test_every_operation_is_in_the_table() -> None:
    assert {name for name, *_rest in ROWS} == set(OPERATIONS)
    assert not [row for row in ROWS if len(row[2]) != len(ROLES) or set(row[2]) - set("onrt")]


@pytest.mark.parametrize("role", ROLES)
def test_each_operation_answers_as_the_table_says(callers: Callers, role: str) -> None:
    """What is done comes back in the shape and with the status that the description tells; a no changes nothing."""
    callers.headers(role)
    Token.objects.update(used=clock.now())
    before, column, told = state(), ROLES.index(role), statuses()
    wrong: list[str] = []
    for name, path, letters in ROWS:
        with undone() as wrote:
            answer = callers.ask(name, path, role)
            found, said = letter(answer.status_code), f"{name} {path} as {role}"
            if found != letters[column]:
                wrong.append(f"{said}: {found} ({answer.status_code}), not {letters[column]}")
            if answer.status_code not in told[name]:
                wrong.append(f"{said}: {answer.status_code} is not told")
            if found != "o" and any(now != before[one] for one, now in rows(wrote - KEPT).items()):
                wrong.append(f"{said}: {found}, and yet something changed")
            if found == "o":
                wrong += misshapen(name, answer)
    assert not wrong, "\n".join(wrong)


def test_without_its_scope_nothing_is_done(callers: Callers) -> None:
    """A token with every other scope is refused, and told which it lacks; so is no token, and one that is ended."""
    mira = callers.place.people["owner"]
    assert mira
    ended = secret_of(mira)
    Token.objects.update(ended=clock.now())
    others = {scope: secret_of(mira, *(other for other in tokens.SCOPES if other != scope)) for scope in tokens.SCOPES}
    before = state()
    for name, path, _letters in ROWS:
        scope = OPERATIONS[name].scope
        if not scope:
            continue
        refused = callers.ask(name, path, Authorization=f"Bearer {others[scope]}")
        assert (refused.status_code, refused.json()["scope"]) == (403, scope), name
        assert f'scope="{scope}"' in refused["WWW-Authenticate"]
        for unknown in ({}, {"Authorization": f"Bearer {ended}"}, {"Authorization": "Bearer moot_x"}):
            answer = callers.ask(name, path, **unknown)
            assert answer.status_code == 401, name
            assert answer["WWW-Authenticate"].startswith("Bearer")
    assert state() == before


def test_a_browser_signed_in_is_nobody_here(callers: Callers) -> None:
    """No other site can send anything in somebody's name."""
    client = callers.place.client("member")
    assert client.get("/api/v1/me").status_code == 401
    assert client.put("/api/v1/profiles/mira/follow").status_code == 401


def statuses() -> dict[str, set[int]]:
    paths = document()["paths"]
    return {
        one["operationId"]: {int(status) for status in one["responses"]}
        for methods in paths.values()
        for one in methods.values()
    }


def letter(status: int) -> str:
    if status < 300:
        return "o"
    return {401: "t", 404: "n", 403: "r", 409: "r", 422: "r"}.get(status, "?")


def misshapen(name: str, answer: Any) -> Iterator[str]:
    one = OPERATIONS[name]
    if answer.status_code != one.status:
        yield f"{name}: {answer.status_code}, not {one.status}"
    if isinstance(answer, StreamingHttpResponse):
        return
    if isinstance(one.gives, str):
        if answer["Content-Type"] != one.gives or not answer.content:
            yield f"{name}: {answer['Content-Type']}, not {one.gives}"
    elif one.gives is None:
        if answer.content:
            yield f"{name} says something where nothing is to be said"
    else:
        TypeAdapter(one.gives).validate_json(answer.content)
