"""Fills an oscar shop with as many products as the hall has: in one category, with stock, and a reader who is signed
in. Says the reader's session."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
import django

django.setup()

from decimal import Decimal  # noqa: E402
from io import BytesIO  # noqa: E402

from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from oscar.apps.address.models import Country  # noqa: E402
from oscar.apps.catalogue.models import Category, Product, ProductCategory, ProductClass, ProductImage  # noqa: E402
from oscar.apps.catalogue.reviews.models import ProductReview  # noqa: E402
from oscar.apps.partner.models import Partner, StockRecord  # noqa: E402
from PIL import Image  # noqa: E402

READERS = 4
WORDS = "It stands on the table and does what it is for, quietly and for years. " * 8


def fill(number: int) -> None:
    call_command("migrate", verbosity=0)
    if Product.objects.exists():
        return
    Country.objects.create(
        iso_3166_1_a2="GB", iso_3166_1_a3="GBR", printable_name="United Kingdom", name="UK", is_shipping_country=True
    )
    sort = ProductClass.objects.create(name="Thing", requires_shipping=True, track_stock=True)
    category = Category.add_root(name="Things")
    partner = Partner.objects.create(name="Partner")
    users = get_user_model()
    reader, *_others = [
        users.objects.create_user(f"reader{n}", f"reader{n}@example.org", "slow green kettle") for n in range(READERS)
    ]
    picture = BytesIO()
    Image.new("RGB", (960, 960), "teal").save(picture, "JPEG")
    for n in range(number):
        product = Product.objects.create(
            title=f"Thing {n}", description=WORDS, product_class=sort, slug=f"thing-{n}", upc=str(n)
        )
        ProductCategory.objects.create(product=product, category=category)
        StockRecord.objects.create(
            product=product, partner=partner, partner_sku=str(n), price=Decimal(10), num_in_stock=1_000_000
        )
        if n == 0:
            image = ProductImage(product=product)
            image.original.save("thing.jpg", ContentFile(picture.getvalue()))
            ProductReview.objects.bulk_create(
                ProductReview(product=product, score=4, title="Good", body="It does not drip.", user=reader, status=1)
                for _review in range(1)
            )
        else:
            ProductImage.objects.create(product=product, original="images/thing.jpg")
    call_command("rebuild_index", interactive=False, verbosity=0)


def session(number: int) -> str:
    reader = get_user_model().objects.get(username=f"reader{number}")
    store = SessionStore()
    store["_auth_user_id"] = str(reader.pk)
    store["_auth_user_backend"] = "oscar.apps.customer.auth_backends.EmailBackend"
    store["_auth_user_hash"] = reader.get_session_auth_hash()
    store.create()
    return store.session_key


fill(int(sys.argv[1]))
print(*(session(number) for number in range(READERS)))
print(Product.objects.order_by("pk")[0].get_absolute_url())
