"""Every address × method × role in one table: what may be done, what leads to the sign-in, what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import ERROR, get_messages
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from moothall.activity.tells import SORTS
from moothall.core import clock, hearts
from moothall.core.hall import hall
from moothall.ideas.gates import today
from moothall.payments import provider
from tests import town as the_town
from tests.kept import Kept, kept
from tests.pages.places import Place, file_of, settle
from tests.rows import rows, state, undone

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Ana is the member, and what stands in an address is hers or the brand's; the blocked one is parted from both; the
# owner, maker, seller, agent and marketer are the brand's; the other owns another brand.
ROLES = "guest member stranger blocked owner maker seller agent marketer other steward".split()
# g: removed, with the reason
# o: done or shown  s: to the sign-in  n: not found  r: refused with words  f: the form comes back  -: no such method
TABLE = """
home                                /                                                ooooooooooo -----------
hall                                /hall                                            ooooooooooo -----------
ui                                  /ui                                              ooooooooooo -----------
api                                 /api                                             ooooooooooo -----------
api_room                            /api/rooms/buying                                ooooooooooo -----------
health                              /health                                          ooooooooooo -----------
manifest                            /manifest.webmanifest                            ooooooooooo -----------
service_worker                      /service-worker.js                               ooooooooooo -----------
offline                             /offline                                         ooooooooooo -----------
health_worker                       /health/worker                                   ooooooooooo -----------
metrics                             /metrics                                         nnnnnnnnnnn -----------
picture                             /media/{picture}                                 ooooooooooo -----------
mailbox                             /mailbox                                         nnnnnnnnnnn -----------
letter                              /mailbox/{mail}                                  nnnnnnnnnnn -----------
cast                                /cast                                            nnnnnnnnnnn nnnnnnnnnnn
market                              /market                                          ooooooooooo -----------
search                              /search                                          ooooooooooo -----------
complete                            /search/complete                                 ooooooooooo -----------
brands                              /brands                                          ooooooooooo -----------
ideas                               /ideas                                           ooooooooooo -----------
new_idea                            /ideas/new                                       soooooooooo soooooooooo
idea                                /ideas/{idea}                                    ooonooooooo -----------
idea                                /ideas/{draft}                                   nonnnnnnnnn -----------
idea                                /ideas/{withdrawn}                               nonnnnnnnnn -----------
edit_idea                           /ideas/{idea}/edit                               sonnnnnnnnn sonnnnnnnnn
edit_idea                           /ideas/{draft}/edit                              sonnnnnnnnn sonnnnnnnnn
edit_idea                           /ideas/{led}/edit                                sonnnnnnnnn sonnnnnnnnn
idea                                /ideas/{merged}                                  ooonooooooo -----------
idea_version                        /ideas/{idea}/versions/1                         ooonooooooo -----------
idea_versions                       /ideas/{idea}/versions                           ooonooooooo -----------
idea_versions                       /ideas/{withdrawn}/versions                      nonnnnnnnnn -----------
idea_contributions                  /ideas/{idea}/contributions                      ooonooooooo -----------
idea_contributions                  /ideas/{draft}/contributions                     nnnnnnnnnnn -----------
fork_idea                           /ideas/{idea}/fork                               ----------- soonooooooo
fork_idea                           /ideas/{draft}/fork                              ----------- snnnnnnnnnn
idea_authors                        /ideas/{idea}/authors                            sonnnnnnnnn sonnnnnnnnn
idea_authors                        /ideas/{led}/authors                             sonnnnnnnnn srnnnnnnnnn
idea_credit                         /ideas/{idea}/credit                            ooonooooooo sornrrrrrrr
idea_credit                         /ideas/{bens_idea}/credit                       ooooooooooo srrrrrrrrrr
idea_credit                         /ideas/{withdrawn}/credit                       nonnnnnnnnn srnnnnnnnnn
idea_credit                         /ideas/{draft}/credit                           nnnnnnnnnnn snnnnnnnnnn
sign_split                          /splits/{split}/signature                       ----------- sorrrrrrrrr
sign_split                          /splits/{own_split}/signature                   ----------- sornrrrrrrr
take_back_split                     /splits/{own_split}/end                         ----------- sornrrrrrrr
take_back_split                     /splits/{split}/end                             ----------- srrrrrrrrrr
my_royalties                        /you/royalties                                  soooooooooo -----------
royalties_csv                       /you/royalties.csv                              soooooooooo -----------
payee                               /you/royalties/account                          soooooooooo soooooooooo
end_payee                           /you/royalties/account/end                      ----------- soooooooooo
desk_royalties                      /desk/tidewater/royalties                       snnnooooonn -----------
desk_royalties                      /desk/north-wool/royalties                      snnnnnnnnon -----------
steward_royalties                   /steward/royalties                              snnnnnnnnno snnnnnnnnno
payout_file                         /steward/royalties/1.csv                        snnnnnnnnno -----------
payout_file                         /steward/royalties/7.csv                        snnnnnnnnnn -----------
merge_idea                          /ideas/{idea}/merger                             sonnnnnnnnn sonnnnnnnnn
end_merger                          /ideas/{merged}/merger/end                       ----------- sonnnnnnnnn
end_merger                          /ideas/{idea}/merger/end                         ----------- snnnnnnnnnn
merger                              /mergers/{merger}                                sonnnnnnnnn sonnnnnnnnn
join_authors                        /authors/{invited}/standing                      ----------- sonnnnnnnnn
leave_authors                       /authors/{author}/end                            ----------- sonnnnnnnnn
offer_lead                          /authors/{author}/offer                          ----------- sonnnnnnnnn
keep_lead                           /authors/{offered}/offer/end                     ----------- sonnnnnnnnn
take_lead                           /authors/{offered}/lead                          ----------- sonnnnnnnnn
contribute                          /ideas/{idea}/contribute                         soonooooooo sronrrrrroo
contribution                        /contributions/{contribution}                    ooonooooooo sornrrrrrrr
take_back_contribution              /contributions/{own_contribution}/end            ----------- sornrrrrrrr
back_idea                           /ideas/{idea}/backing                            ----------- sronooooooo
unback_idea                         /ideas/{idea}/backing/end                        ----------- soonooooooo
discard_idea                        /ideas/{draft}/discard                           ----------- sonnnnnnnnn
discard_idea                        /ideas/{idea}/discard                            ----------- srnnnnnnnnn
withdraw_idea                       /ideas/{idea}/withdrawal                         ----------- sonnnnnnnnn
bring_back_idea                     /ideas/{withdrawn}/withdrawal/end                ----------- sonnnnnnnnn
talk                                /talk/idea/{idea}                                ooonooooooo soonooooooo
talk                                /talk/idea/{draft}                               nnnnnnnnnnn snnnnnnnnnn
talk                                /talk/product/pot                                nnnnnnnnnnn snnnnnnnnnn
talk                                /talk/idea/{bens_idea}                           ooooooooooo soooooooooo
idea                                /ideas/{bens_idea}                               ooooooooooo -----------
idea                                /ideas/{removed_idea}                            gognggggggg -----------
talk                                /talk/idea/{removed_idea}                        nnnnnnnnnnn snnnnnnnnnn
talk                                /talk/idea/{merged}                              ooonooooooo srrnrrrrrrr
report                              /report/comment/{comment}                        soonooooooo soonooooooo
report                              /report/idea/{idea}                              soonooooooo sronooooooo
report                              /report/idea/{removed_idea}                      snnnnnnnnnn snnnnnnnnnn
report                              /report/idea/{merged}                            soonooooooo sronooooooo
report                              /report/product/tidewater/pot                    soonooooooo soonooooooo
report                              /report/profile/ana                              soonooooooo sronooooooo
report                              /report/token/{token}                            snnnnnnnnnn snnnnnnnnnn
my_reports                          /you/reports                                     soooooooooo -----------
moderation                          /moderation                                      ooooooooooo -----------
case                                /moderation/{case}                               ooooooooooo sorrrrrrrrr
case                                /moderation/{open_case}                          nnnnnnnnnnn snnnnnnnnnn
steward_reports                     /steward/reports                                 snnnnnnnnno -----------
steward_report                      /steward/reports/{open_case}                     snnnnnnnnno snnnnnnnnno
steward_report                      /steward/reports/{case}                          snnnnnnnnno snnnnnnnnnr
order_of_ideas                      /ideas/order                                     ooooooooooo -----------
steward_crowds                      /steward/crowds                                  snnnnnnnnno -----------
steward_crowd                       /steward/crowds/{idea}                           ----------- snnnnnnnnnr
steward_crowd                       /steward/crowds/{removed_idea}                   ----------- snnnnnnnnnn
comment                             /comments/{comment}                              ooonooooooo soonooooooo
comment                             /comments/{own_comment}                          ooonooooooo soonooooooo
comment                             /comments/{back_comment}                         nonnnnnnnnn srnnnnnnnnn
comment                             /comments/{answer}                               ooonooooooo soonooooooo
edit_comment                        /comments/{own_comment}/edit                     sonnnnnnnnn sonnnnnnnnn
withdraw_comment                    /comments/{own_comment}/withdrawal               ----------- sonnnnnnnnn
bring_back_comment                  /comments/{back_comment}/withdrawal/end          ----------- sonnnnnnnnn
react                               /comments/{comment}/reaction                     ----------- soonooooooo
react                               /comments/{own_comment}/reaction                 ----------- sronooooooo
brand_talk                          /@tidewater/talk                                 ooonooooooo soonooooooo
brand_talk                          /@ana/talk                                       nnnnnnnnnnn snnnnnnnnnn
new_post                            /posts/new                                       soooooooooo soooooooooo
post                                /posts/{post}                                    ooonooooooo -----------
post                                /posts/{own_post}                                ooonooooooo -----------
post                                /posts/{back_post}                               nonnnnnnnnn -----------
edit_post                           /posts/{own_post}/edit                           sonnnnnnnnn sonnnnnnnnn
edit_post                           /posts/{back_post}/edit                          snnnnnnnnnn snnnnnnnnnn
withdraw_post                       /posts/{own_post}/withdrawal                     ----------- sonnnnnnnnn
bring_back_post                     /posts/{back_post}/withdrawal/end                ----------- sonnnnnnnnn
react_to_post                       /posts/{post}/reaction                           ----------- soonooooooo
react_to_post                       /posts/{own_post}/reaction                       ----------- sronooooooo
unreact_to_post                     /posts/{post}/reaction/end                       ----------- soonooooooo
talk                                /talk/post/{own_post}                            ooonooooooo soonooooooo
talk                                /talk/post/{back_post}                           nnnnnnnnnnn snnnnnnnnnn
report                              /report/post/{post}                              soonooooooo soonooooooo
unreact                             /comments/{own_comment}/reaction/end             ----------- soonooooooo
improvements                        /@tidewater/{bowl}/improvements                  ooonooooooo soonrrrrroo
improvements                        /@tidewater/secret-jug/improvements              nnnnooooonn snnnrrrrrnn
improvement                         /improvements/{ask}                              ooonooooooo srrnoorrrrr
improvement                         /improvements/{back_ask}                         nonnnnnnnnn srnnnnnnnnn
join_improvement                    /improvements/{bens_ask}/voice                   ----------- soonrrrrroo
leave_improvement                   /improvements/{bens_ask}/voice/end               ----------- soonooooooo
take_back_improvement               /improvements/{ask}/end                          ----------- sornrrrrrrr
ask_improvement_again               /improvements/{back_ask}/again                   ----------- sonnnnnnnnn
reopen_improvement                  /improvements/{declined_ask}/answer/end          ----------- srrnoorrrrr
decisions                           /decisions/tidewater                             ooonooooooo -----------
desk_improvements                   /desk/tidewater/improvements                     snnnooooonn -----------
desk_revision                       /desk/tidewater/products/{bowl}/revisions        snnnooooonn snnnoorrrnn
desk_revision                       /desk/north-wool/products/{bowl}/revisions       snnnnnnnnnn snnnnnnnnnn
take_back_revision                  /desk/tidewater/products/{revised}/revisions/2/end ----------- snnnoorrrnn
report                              /report/improvement/{ask}                        soonooooooo sronooooooo
idea_polls                          /ideas/{idea}/polls                              ooonooooooo sornrrrrrrr
idea_polls                          /ideas/{draft}/polls                             nnnnnnnnnnn snnnnnnnnnn
idea_polls                          /ideas/{withdrawn}/polls                         nnnnnnnnnnn snnnnnnnnnn
product_polls                       /@tidewater/pot/polls                            ooonooooooo srrnoorrrrr
product_polls                       /@tidewater/secret-jug/polls                     nnnnnnnnnnn snnnnnnnnnn
poll                                /polls/{poll}                                    ooonooooooo soonooooooo
poll                                /polls/{fresh_poll}                              ooonooooooo srrnrrrrrrr
edit_poll                           /polls/{fresh_poll}/edit                         sonnnnnnnnn sonnnnnnnnn
edit_poll                           /polls/{poll}/edit                               sonnnnnnnnn srnnnnnnnnn
take_back_answer                    /polls/{poll}/answer/end                         ----------- soonooooooo
close_poll                          /polls/{poll}/end                                ----------- sornrrrrrrr
close_poll                          /polls/{pot_poll}/end                            ----------- srrnoorrrrr
withdraw_poll                       /polls/{fresh_poll}/withdrawal                   ----------- sornrrrrrrr
report                              /report/poll/{poll}                              soonooooooo sronooooooo
gate                                /gates/{gate}                                    ooonooooooo sornrrrrrrr
gate                                /gates/{open_gate}                               ooonooooooo srrnrrrrrrr
gate_figures                        /gates/{gate}/figures.json                       ooonooooooo -----------
argue                               /gates/{gate}/argue                              soonooooooo soonrrrrroo
sheet                               /sheets/{own_sheet}                              ooonooooooo -----------
end_argument                        /sheets/{own_sheet}/end                          ----------- sonnnnnnnnn
judgements                          /judgements/tidewater                            ooonooooooo -----------
desk_gates                          /desk/tidewater/gates                            snnnooooonn snnnoorrrnn
desk_gate                           /desk/tidewater/gates/{open_gate}                snnnooooonn snnnoorrrnn
desk_gate                           /desk/north-wool/gates/{open_gate}               snnnnnnnnnn snnnnnnnnnn
take_gate                           /desk/tidewater/gates/take/{free_idea}           snnnooooonn snnnoorrrnn
profile                             /@ana                                            ooonooooooo -----------
profile                             /@tidewater                                      ooonooooooo -----------
product                             /@tidewater/pot                                  ooonooooooo -----------
product                             /@tidewater/secret-jug                           nnnnooooonn -----------
account_login                       /account/login/                                  ooooooooooo foooooooooo
account_logout                      /account/logout/                                 ooooooooooo ooooooooooo
account_inactive                    /account/inactive/                               ooooooooooo -----------
account_signup                      /account/signup/                                 ooooooooooo foooooooooo
account_reauthenticate              /account/reauthenticate/                         soooooooooo sffffffffff
account_email                       /account/email/                                  soooooooooo soooooooooo
account_email_verification_sent     /account/confirm-email/                          ooooooooooo ooooooooooo
account_change_password             /account/password/change/                        soooooooooo sffffffffff
account_set_password                /account/password/set/                           soooooooooo soooooooooo
account_reset_password              /account/password/reset/                         ooooooooooo fffffffffff
account_confirm_login_code          /account/login/code/confirm/                     ooooooooooo ooooooooooo
account_confirm_password_reset_code /account/password/reset/confirm/                 ooooooooooo ooooooooooo
account_complete_password_reset     /account/password/reset/complete/                ooooooooooo ooooooooooo
account_password_reset_completed    /account/password/reset/done/                    ooooooooooo -----------
account_request_login_code          /account/login/code/                             ooooooooooo ooooooooooo
mfa_login_webauthn                  /account/passkey                                 ooooooooooo roooooooooo
passkey_challenge                   /account/passkey/challenge                       ----------- fffffffffff
mfa_authenticate                    /account/second-step                             ooooooooooo ooooooooooo
mfa_reauthenticate                  /account/again/code                              soooooooooo soooooooooo
mfa_reauthenticate_webauthn         /account/again/passkey                           soooooooooo srooooooooo
follow                              /@ana/follow                                     ----------- sronooooooo
follow                              /@tidewater/follow                               ----------- soonooooooo
unfollow                            /@ana/follow/end                                 ----------- soonooooooo
block                               /@ana/block                                      ----------- sronooooooo
unblock                             /@ana/block/end                                  ----------- soonooooooo
unblock                             /@bob/block/end                                  ----------- soooooooooo
mute                                /@ana/mute                                       ----------- sronooooooo
unmute                              /@ana/mute/end                                   ----------- soonooooooo
put_into_circles                    /@ben/circles                                    ----------- soooooooooo
join_circle                         /you/circles/{circle}/members                    ----------- sonnnnnnnnn
leave_circle                        /you/circles/{circle}/members/ben/end            ----------- sonnnnnnnnn
end_circle                          /you/circles/{circle}/end                        ----------- sonnnnnnnnn
you                                 /you                                             soooooooooo soooooooooo
orders                              /you/orders                                      soooooooooo -----------
circles                             /you/circles                                     soooooooooo soooooooooo
privacy                             /you/privacy                                     soooooooooo -----------
friends                             /you/friends                                     soooooooooo -----------
find_friend                         /you/friends/found                               ----------- sfrrrrrrrrr
invite                              /you/invitations                                 ----------- soooooooooo
end_invitation                      /you/invitations/{invitation}/end                ----------- sonnnnnnnnn
be_findable                         /you/findable                                    ----------- soooooooooo
be_hidden                           /you/findable/end                                ----------- soooooooooo
invitation                          /join/{invitation}                               ooonooooooo -----------
meet                                /join/{invitation}/meeting                       ----------- sronooooooo
no_mail                             /no-mail/{stop}                                  ooooooooooo ooooooooooo
no_mail                             /no-mail/{invitation}                            nnnnnnnnnnn nnnnnnnnnnn
security                            /you/security                                    soooooooooo -----------
notices                             /you/notices                                     soooooooooo -----------
notice_choices                      /you/notices/choices                             soooooooooo soooooooooo
see_notice                          /you/notices/{notice}/seen                       ----------- sonnnnnnnnn
see_notices                         /you/notices/seen                                ----------- soooooooooo
stop_notices                        /notices/stop/{hush}                             ooooooooooo ooooooooooo
stop_notices                        /notices/stop/{hush}x                            nnnnnnnnnnn nnnnnnnnnnn
mfa_activate_totp                   /you/security/app                                soooooooooo srrrrrrrrrr
mfa_deactivate_totp                 /you/security/app/end                            soooooooooo soooooooooo
recovery_codes                      /you/security/codes                              soooooooooo srrrrrrrrrr
new_passkey                         /you/security/passkeys/new                       soooooooooo srrrrrrrrrr
passkey                             /you/security/passkeys/{passkey}                 sonnnnnnnnn sonnnnnnnnn
remove_passkey                      /you/security/passkeys/{passkey}/end             ----------- sonnnnnnnnn
sign_out_elsewhere                  /you/sessions/others/end                         ----------- soooooooooo
end_sign_in                         /you/sessions/{sign_in}/end                      ----------- soooooooooo
new_brand                           /you/brands/new                                  soooooooooo soooooooooo
tokens                              /you/tokens                                      soooooooooo srrrrrrrrrr
end_token                           /you/tokens/{token}/end                          ----------- sonnnnnnnnn
sign_out_everywhere                 /you/sessions/end                                ----------- soooooooooo
webhook                             /hooks/stripe                                    ----------- rrrrrrrrrrr
basket                              /basket                                          ooooooooooo ooooooooooo
put                                 /basket/lines                                    ----------- ooorooooooo
set_quantity                        /basket/lines/{variant}                          ----------- ooooooooooo
checkout                            /checkout                                        ooooooooooo ooooooooooo
purchase                            /orders/{purchase}                               nonnnnnnnnn -----------
door                                /orders/{purchase}/door                          nnnnnnnnnnn nnnnnnnnnnn
pay                                 /orders/{waiting}/pay                            ----------- nonnnnnnnnn
door                                /orders/{purchase}/door                          nnnnnnnnnnn nnnnnnnnnnn
pay_by_card                         /orders/{promised}/card                          ----------- nonnnnnnnnn
come_back                           /orders/{waiting}/return                         nonnnnnnnnn -----------
abandon                             /orders/{waiting}/end                            ----------- nonnnnnnnnn
share                               /orders/{order}/shares                           ----------- sonnnnnnnnn
withdraw_share                      /shares/{share}/end                              ----------- sonnnnnnnnn
desk                                /desk/tidewater                                  snnnooooonn -----------
desk_order                          /desk/tidewater/orders/{order}                   snnnonoonnn -----------
desk_order                          /desk/north-wool/orders/{order}                  snnnnnnnnnn -----------
pack                                /desk/tidewater/orders/{order}/packing           ----------- snnnonornnn
ship                                /desk/tidewater/orders/{order}/shipments         ----------- snnnonornnn
cancel                              /desk/tidewater/orders/{order}/cancellation      ----------- snnnonornnn
refund                              /desk/tidewater/orders/{order}/refunds           ----------- snnnonornnn
refund                              /desk/north-wool/orders/{order}/refunds          ----------- snnnnnnnnnn
retry_refund                        /desk/tidewater/refunds/{refund}/retry           ----------- snnnonornnn
retry_refund                        /desk/north-wool/refunds/{refund}/retry          ----------- snnnnnnnnnn
desk_products                       /desk/tidewater/products                         snnnooooonn -----------
desk_new                            /desk/tidewater/products/new                     snnnooooonn snnnororrnn
desk_product                        /desk/tidewater/products/secret-jug              snnnooooonn snnnororrnn
desk_product                        /desk/north-wool/products/secret-jug             snnnnnnnnnn snnnnnnnnnn
publish                             /desk/tidewater/products/secret-jug/publication  ----------- snnnororrnn
withdraw                            /desk/tidewater/products/pot/publication/end     ----------- snnnororrnn
add_picture                         /desk/tidewater/products/pot/pictures            ----------- snnnororrnn
remove_picture                      /desk/tidewater/products/pictured/pictures/1/end ----------- snnnororrnn
export                              /desk/tidewater/products.csv                     snnnooooonn -----------
desk_imports                        /desk/tidewater/imports                          snnnooooonn -----------
desk_import                         /desk/tidewater/imports/{run}                    snnnooooonn -----------
desk_import                         /desk/north-wool/imports/{run}                   snnnnnnnnnn -----------
begin_import                        /desk/tidewater/imports/new                      ----------- snnnororrnn
desk_team                           /desk/tidewater/team                             snnnooooonn -----------
join_team                           /you/teams/tidewater                             ----------- sonnnnnnnnn
decline_team                        /you/teams/tidewater/end                         ----------- sonnnnnnnnn
invite_to_team                      /desk/tidewater/team/invitations                 ----------- snnnorrrrnn
take_back_team                      /desk/tidewater/team/invitations/ana/end         ----------- snnnorrrrnn
change_role                         /desk/tidewater/team/members/the-maker           ----------- snnnorrrrnn
leave_team                          /desk/tidewater/team/members/the-maker/end       ----------- snnnoorrrnn
paper                               /orders/{purchase}/papers/{paper}.pdf            nonnnnnnnnn -----------
ask_return                          /orders/{tray}/returns/{tray_order}              nonnnnnnnnn nonnnnnnnnn
buy_again                           /orders/{order}/again                            ----------- nonnnnnnnnn
correct_parcel                      /desk/tidewater/parcels/{parcel}                 ----------- snnnonornnn
correct_parcel                      /desk/north-wool/parcels/{parcel}                ----------- snnnnnnnnnn
take_back_return                    /returns/{back}/end                              ----------- nonnnnnnnnn
send_return                         /returns/{agreed}/parcel                         ----------- nonnnnnnnnn
desk_returns                        /desk/tidewater/returns                          snnnooooonn -----------
desk_return                         /desk/tidewater/returns/{back}                   snnnonoonnn snnnonornnn
desk_return                         /desk/north-wool/returns/{back}                  snnnnnnnnnn snnnnnnnnnn
desk_papers                         /desk/tidewater/papers                           snnnooooonn snnnorrrrnn
papers_csv                          /desk/tidewater/papers.csv                       snnnooooonn -----------
desk_paper                          /desk/tidewater/papers/{paper}.pdf               snnnonoonnn -----------
desk_paper                          /desk/north-wool/papers/{paper}.pdf              snnnnnnnnnn -----------
desk_shop                           /desk/tidewater/shop                             snnnooooonn snnnorrrrnn
desk_new_zone                       /desk/tidewater/zones/new                        snnnooooonn snnnororrnn
desk_zone                           /desk/tidewater/zones/{zone}                     snnnooooonn snnnororrnn
desk_zone                           /desk/north-wool/zones/{zone}                    snnnnnnnnnn snnnnnnnnnn
remove_zone                         /desk/tidewater/zones/{zone}/end                 ----------- snnnororrnn
remove_zone                         /desk/north-wool/zones/{zone}/end                ----------- snnnnnnnnnn
desk_tax                            /desk/tidewater/tax                              snnnooooonn snnnororrnn
desk_vouchers                       /desk/tidewater/vouchers                         snnnooooonn snnnororrnn
desk_voucher                        /desk/tidewater/vouchers/POTS                    snnnooooonn -----------
desk_voucher                        /desk/north-wool/vouchers/POTS                   snnnnnnnnnn -----------
end_voucher                         /desk/tidewater/vouchers/POTS/end                ----------- snnnororrnn
end_voucher                         /desk/north-wool/vouchers/POTS/end               ----------- snnnnnnnnnn
steward                             /steward                                         snnnnnnnnno -----------
steward_work                        /steward/work                                    snnnnnnnnno -----------
steward_transfers                   /steward/transfers                               snnnnnnnnno -----------
steward_transfer                    /steward/transfers/{promised}                    snnnnnnnnno snnnnnnnnno
steward_transfer                    /steward/transfers/nothing                       snnnnnnnnnn snnnnnnnnnn
steward_paybacks                    /steward/paybacks                                snnnnnnnnno -----------
steward_payback                     /steward/paybacks/{payback}                      snnnnnnnnno snnnnnnnnno
steward_bank                        /steward/bank                                    snnnnnnnnno snnnnnnnnno
end_bank                            /steward/bank/end                                ----------- snnnnnnnnno
steward_person                      /steward/people/ana                              snnnnnnnnno -----------
steward_person                      /steward/people/nobody-here                      snnnnnnnnnn -----------
suspend                             /steward/people/ana/suspension                   ----------- snnnnnnnnno
suspend                             /steward/people/stella/suspension                ----------- snnnnnnnnnf
end_suspension                      /steward/people/shut/suspension/end              ----------- snnnnnnnnno
end_suspension                      /steward/people/ana/suspension/end               ----------- snnnnnnnnnr
steward_mail                        /steward/mail                                    snnnnnnnnno -----------
trial_mail                          /steward/mail/trial                              ----------- snnnnnnnnno
steward_health                      /steward/health                                  snnnnnnnnno -----------
pools                               /pools                                           ooooooooooo -----------
pool                                /pools/{pool}                                    ooonooooooo soonrrrrroo
card_kept                           /pools/{pool}/card                               soonooooooo -----------
pledges                             /you/pledges                                     soooooooooo -----------
withdraw_pledge                     /pledges/{pledge}/end                            ----------- sonnnnnnnnn
give_card                           /pledges/{pledge}/card                           ----------- sonnnnnnnnn
pay_pledge                          /pledges/{failing}/payment                       ----------- sonnnnnnnnn
desk_pools                          /desk/tidewater/pools                            snnnooooonn snnnororrnn
desk_pool                           /desk/tidewater/pools/{pool}                     snnnooooonn -----------
desk_pool                           /desk/north-wool/pools/{pool}                    snnnnnnnnnn -----------
cancel_pool                         /desk/tidewater/pools/{pool}/end                 ----------- snnnororrnn
cancel_pool                         /desk/north-wool/pools/{pool}/end                ----------- snnnnnnnnnn
pool                                /pools/{gathering}                               ooonooooooo srrnrrrrrrr
begin_gathering                     /ideas/{gathers_not}/gathering                   ----------- sonnnnnnnnn
begin_gathering                     /ideas/{bens}/gathering                          ----------- snnnnnnnnnn
end_gathering                       /ideas/{gathers}/gathering/end                   ----------- sonnnnnnnnn
take_back_money                     /pledges/{late}/money                            ----------- sonnnnnnnnn
desk_making                         /desk/tidewater/pools/{made_pool}/making         snnnooooonn snnnooorrnn
desk_making                         /desk/north-wool/pools/{made_pool}/making        snnnnnnnnnn snnnnnnnnnn
desk_making                         /desk/tidewater/pools/{pool}/making              snnnnnnnnnn snnnnnnnnnn
run_daily                           /steward/health/check/run                        ----------- snnnnnnnnno
run_daily                           /steward/health/nothing/run                      ----------- snnnnnnnnnn
retry                               /steward/work/mail/{mail}/retry                  ----------- snnnnnnnnno
"""
ROWS = [tuple(line.split()) for line in TABLE.strip().splitlines()]

ZONE = {"name": "Far", "rate-TOTAL_FORMS": "1", "rate-INITIAL_FORMS": "0", "rate-0-amount": "9"}
QUESTION = {"sort": "options", "question": "Wood?", "choice_1": "Oak", "choice_2": "Ash", "days": "7", "shown": "over"}
BODIES: dict[str, dict[str, str]] = {
    "idea_polls": QUESTION,
    "product_polls": QUESTION,
    "edit_poll": QUESTION,
    "poll": {"do": "answer", "choice": "{choice}"},
    "put_into_circles": {"circle": "{circle}"},
    "join_circle": {"handle": "mira"},
    "you": {"name": "New Name", "handle": "new-handle", "picture": "pot.png"},
    "circles": {"name": "Choir"},
    "notice_choices": {
        **{f"mail_{sort}": "daily" for sort in SORTS},
        "zone": "Europe/London",
        "digest_hour": "8",
        "digest_day": "0",
    },
    "see_notices": {"until": "{notice}"},
    "stop_notices": {"List-Unsubscribe": "One-Click", "page": "1"},
    "new_idea": {"title": "Left-hand ladle"},
    "edit_idea": {"title": "Ladle", "problem": "Spills", "use": "Soup", "base": "1"},
    "contribute": {"part": "use", "words": "At breakfast too", "base": "1"},
    "contribution": {"do": "decline", "answer": "Two hands are the point"},
    "back_idea": {"level": "like"},
    "pool": {
        "variant": "{tureen}",
        "quantity": "1",
        "limit": "34",
        "seen": "3400",
        "email": "ana@example.org",
        "name": "Ana",
        "street": "3 Quay",
        "postcode": "TR26",
        "town": "St Ives",
        "country": "GB",
    },
    "desk_making": {"do": "plan", "words": "The glaze is mixed", "due": str(today() + timedelta(days=9))},
    "desk_pools": {
        "product": "{mug}",
        "pieces1": "3",
        "price1": "30",
        "deadline": (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"),
        "grace_days": "3",
    },
    "idea_authors": {"handle": "noor"},
    "idea_credit": {"handle_1": "ana", "share_1": "100"},
    "payee": {"holder": "Somebody", "iban": "GB29 NWBK 6016 1331 9268 19"},
    "steward_royalties": {"after": "1"},
    "merge_idea": {"into": "{bens}"},
    "merger": {"do": "accept"},
    "talk": {"words": "It drips"},
    "comment": {"words": "With me it does not"},
    "edit_comment": {"words": "It pours"},
    "react": {"sort": "agree"},
    "brand_talk": {"words": "It drips"},
    "new_post": {"words": "It drips"},
    "edit_post": {"words": "It pours"},
    "react_to_post": {"sort": "agree"},
    "report": {"sort": "spam"},
    "case": {"words": "They are teapots"},
    "steward_report": {"do": "hide", "reason": "It sells kettles."},
    "improvements": {"title": "A wider rim", "seen": "1"},
    "improvement": {"answer": "It is a bowl"},
    "desk_revision": {"words": "It has a rim."},
    "gate": {"do": "appeal", "words": "The lid was overlooked"},
    "argue": {"words": "A turner would do it for less", "price": "36", "pieces_1": "5", "unit_1": "9"},
    "desk_gates": {"voices": "9", "days": "14"},
    "desk_gate": {"do": "sheet", "price": "36", "pieces_1": "5", "unit_1": "9"},
    "take_gate": {"due": str(today() + timedelta(days=3))},
    "new_brand": {"name": "Second Brand", "handle": "second-brand"},
    "put": {"variant": "{variant}", "quantity": "1"},
    "set_quantity": {"quantity": "1"},
    "checkout": {
        "email": "ana@example.org",
        "name": "Ana",
        "street": "3 Quay",
        "postcode": "TR26",
        "town": "St Ives",
        "country": "GB",
    },
    "share": {"who": "public", "line": "{untold}"},
    "ship": {"pieces-{line}": "1"},
    "cancel": {"reason": "Broken"},
    "refund": {"pieces-{line}": "1"},
    "desk_new": {"title": "Bowl", "kind-TOTAL_FORMS": "1", "kind-INITIAL_FORMS": "0", "kind-0-price": "12"},
    "desk_product": {"title": "Bowl", "kind-TOTAL_FORMS": "1", "kind-INITIAL_FORMS": "0", "kind-0-price": "12"},
    "add_picture": {"picture": "pot.png"},
    "begin_import": {"file": "bowls.csv"},
    "invite_to_team": {"handle": "noor", "role": "agent"},
    "change_role": {"role": "agent"},
    "find_friend": {"email": "ben@example.org"},
    "invite": {"email": "cleo@example.org", "words": "Come"},
    "account_request_login_code": {"email": "ana@example.org"},
    "passkey": {"name": "Phone"},
    "desk_shop": {"name": "New Name", "handle": "new-handle", "picture": "pot.png"},
    "ask_return": {"pieces-{tray_line}": "1", "reason": "mind"},
    "correct_parcel": {"carrier": "DHL", "tracking": "12"},
    "desk_return": {"step": "agree", "answer": "To the office"},
    "desk_papers": {
        "legal": "Tidewater Ltd",
        "street": "3 Quay",
        "postcode": "TR26",
        "town": "St Ives",
        "country": "GB",
        "stem": "TW",
        "return_days": "30",
    },
    "steward_transfer": {"amount": "38", "reference": "B-1", "day": clock.now().date().isoformat()},
    "steward_payback": {"reference": "OUT-1"},
    "steward_bank": {"holder": "Hall", "account": "12-34-56 12345678", "days": "7"},
    "suspend": {"reason": "Sells what is not theirs."},
    "basket": {"country": "GB"},
    "desk_new_zone": ZONE | {"countries": "FR"},
    "desk_zone": ZONE,
    "desk_vouchers": {"percent": "10"},
    "desk_tax": {"included": "without", "tax-TOTAL_FORMS": "0", "tax-INITIAL_FORMS": "0"},
}


made = kept(lambda: settle(the_town.make()))


@pytest.fixture
def place(made: Kept[Place], monkeypatch: pytest.MonkeyPatch, settings: Any) -> Place:
    def page(ask: provider.Ask) -> provider.State:
        return provider.State(
            "cs_1", ask.reference, False, False, "", ask.amount, ask.currency, "https://pay.example/1"
        )

    def card_page(ask: provider.Keeping) -> provider.Kept:
        return provider.Kept("cs_2", ask.reference, False, False, "https://pay.example/2")

    monkeypatch.setattr(provider, "open_session", page)
    monkeypatch.setattr(provider, "keep_card", card_page)
    hearts.beat("machine 1", clock.now())  # else the worker seems to have died since the town was made
    return made.fresh(settings)


def patterns(found: list[URLPattern | URLResolver] | None = None) -> Iterator[str]:
    """The name of each address of the hall; one without a name stands for itself."""
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver) and one.namespace == "api":
            continue  # has a table of its own: tests/api/test_permissions.py
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one.name or str(one.pattern)


def test_every_address_is_in_the_table() -> None:
    named = list(patterns())
    assert len(set(named)) == len(named)
    assert set(named) == {name for name, *_rest in ROWS}


def test_the_table_is_whole() -> None:
    assert not [row for row in ROWS if len(row) != 4 or {len(row[2]), len(row[3])} != {len(ROLES)}]
    assert not [row for row in ROWS if set(row[2] + row[3]) - set("osnrfg-")]


@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_as_the_table_says(place: Place, role: str) -> None:
    nothing = words(place.client(role).get("/nothing-at-all"))
    before, column = state(), ROLES.index(role)
    wrong: list[str] = []
    for name, address, get, post in ROWS:
        for method, expected in (("GET", get[column]), ("POST", post[column])):
            with undone() as wrote:
                answer = ask(place, role, method, name, address)
                found = outcome(answer, method)
                told = f"{method} {address} as {role}"
                if found != expected:
                    wrong.append(f"{told}: {found} ({answer.status_code}), not {expected}")
                if (found != "o" or method == "GET") and any(now != before[one] for one, now in rows(wrote).items()):
                    wrong.append(f"{told}: {found}, and yet something changed")
                if found == "n" and words(answer) != nothing:
                    wrong.append(f"{told}: says more than that there is nothing")
    assert not wrong, "\n".join(wrong)


def test_nothing_is_sent_from_other_sites(place: Place) -> None:
    """Without the token of a page of ours every POST is refused; the provider's is known by its signature."""
    client = Client(enforce_csrf_checks=True)
    client.cookies.load(place.cookies("member"))
    before, wrong = state(), []
    for name, address, _get, _post in ROWS:
        if name == "stop_notices":
            continue  # a mail program presses it from elsewhere: its address is signed for this one thing
        answer = client.post(address.format(**place.ids), bodies(place, name))
        if answer.status_code != (400 if name == "webhook" else 403):
            wrong.append(f"{address}: {answer.status_code}")
    assert not wrong
    assert state() == before


DOORS = ("/mailbox", "/mailbox/{mail}", "/cast")


@pytest.mark.parametrize("role", ["guest", "stranger", "steward"])
def test_the_doors_of_the_demo_open_in_a_demo_on_this_machine_only(
    place: Place, role: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    addresses = [address.format(**place.ids) for address in DOORS]
    client = place.client(role)
    monkeypatch.setattr(hall(), "demo", True)
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    settings.LOOPBACK = False
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert client.post("/cast", {"handle": "ana"}).status_code == 404
    assert client.get("/you/orders").status_code == (302 if role == "guest" else 200)


def ask(place: Place, role: str, method: str, name: str, address: str) -> Any:
    client, there = place.client(role), address.format(**place.ids)
    return client.get(there) if method == "GET" else client.post(there, bodies(place, name))


def bodies(place: Place, name: str) -> dict[str, Any]:
    said = {key.format(**place.ids): value.format(**place.ids) for key, value in BODIES.get(name, {}).items()}
    return {key: file_of(value) if value.endswith((".png", ".csv")) else value for key, value in said.items()}


def outcome(answer: Any, method: str) -> str:
    """One letter, as in the table."""
    if answer.status_code in (301, 302):
        if answer["Location"].startswith("/account/login/?next="):
            return "s"
        return "r" if any(one.level == ERROR for one in get_messages(answer.wsgi_request)) else "o"
    by_status = {
        200: "o" if method == "GET" else "f",
        404: "n",
        405: "-",
        400: "r",
        403: "r",
        410: "g",
        409: "r",
        422: "r",
    }
    return by_status.get(answer.status_code, "?")


def words(answer: Any) -> str:
    """The page without what is new in every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
