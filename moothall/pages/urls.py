"""The pages of the hall."""

from django.urls import path, re_path

from .views import basket, desk, front, installed, market, notices, people, steward, you

PICTURE = r"pictures/[0-9a-f]{2}/[0-9a-f]{32}-\d{1,4}\.(?:webp|avif)"

urlpatterns = [
    path("", front.front, name="home"),
    path("hall", front.hall_page, name="hall"),
    path("ui", front.parts, name="ui"),
    path("mailbox", front.mailbox, name="mailbox"),
    path("mailbox/<int:number>", front.letter, name="letter"),
    path("cast", front.cast, name="cast"),
    path("health", front.health, name="health"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("service-worker.js", installed.service_worker, name="service_worker"),
    path("offline", installed.offline, name="offline"),
    re_path(rf"^media/(?P<name>{PICTURE})$", front.picture, name="picture"),
    path("market", market.market, name="market"),
    path("brands", market.brands, name="brands"),
    path("basket", basket.basket, name="basket"),
    path("checkout", basket.checkout, name="checkout"),
    path("orders/<slug:public>", basket.purchase, name="purchase"),
    path("orders/<slug:public>/door", basket.door, name="door"),
    path("orders/<slug:public>/pay", basket.pay, name="pay"),
    path("orders/<slug:public>/return", basket.come_back, name="come_back"),
    path("you", you.you, name="you"),
    path("you/orders", you.orders, name="orders"),
    path("you/circles", you.circles, name="circles"),
    path("you/privacy", you.privacy, name="privacy"),
    path("you/security", you.security, name="security"),
    path("you/notices", notices.notices, name="notices"),
    path("you/notices/choices", notices.choices, name="notice_choices"),
    path("notices/stop/<str:word>", notices.stop, name="stop_notices"),
    path("you/brands/new", you.new_brand, name="new_brand"),
    path("desk/<slug:handle>", desk.orders, name="desk"),
    path("desk/<slug:handle>/orders/<slug:public>", desk.order, name="desk_order"),
    path("desk/<slug:handle>/products", desk.products, name="desk_products"),
    path("desk/<slug:handle>/products/new", desk.new_product, name="desk_new"),
    path("desk/<slug:handle>/products/<slug:slug>", desk.product, name="desk_product"),
    path("desk/<slug:handle>/imports", desk.imports, name="desk_imports"),
    path("desk/<slug:handle>/imports/<slug:public>", desk.import_page, name="desk_import"),
    path("desk/<slug:handle>/team", desk.team, name="desk_team"),
    path("desk/<slug:handle>/shop", desk.shop, name="desk_shop"),
    path("steward", steward.people, name="steward"),
    path("steward/work", steward.works, name="steward_work"),
    path("steward/work/<slug:name>/<int:row>/retry", steward.retry, name="retry"),
    path("@<slug:handle>", people.profile, name="profile"),
    path("@<slug:handle>/<slug:slug>", market.product, name="product"),
]
