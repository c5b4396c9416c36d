"""Carriers whose public page shows where a parcel is, by what people call them."""

from __future__ import annotations

import re
from urllib.parse import quote

CARRIERS = {
    "An Post": "https://www.anpost.com/Post-Parcels/Track/History?item={number}",
    "bpost": "https://track.bpost.cloud/btr/web/#/search?itemCode={number}",
    "Chronopost": "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT={number}",
    "Colissimo": "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    "Correos": "https://www.correos.es/es/es/herramientas/localizador/envios/detalle?tracking-number={number}",
    "Deutsche Post": "https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode={number}",
    "DHL": "https://www.dhl.com/global-en/home/tracking.html?submit=1&tracking-id={number}",
    "DPD": "https://tracking.dpd.de/status/en_US/parcel/{number}",
    "Evri": "https://www.evri.com/track/parcel/{number}",
    "FedEx": "https://www.fedex.com/fedextrack/?trknbr={number}",
    "GLS": "https://gls-group.eu/EU/en/parcel-tracking?match={number}",
    "Hermes": "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#{number}",
    "InPost": "https://inpost.pl/sledzenie-przesylek?number={number}",
    "La Poste": "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    "Österreichische Post": "https://www.post.at/sv/sendungsdetails?snr={number}",
    "Parcelforce": "https://www.parcelforce.com/track-trace?trackNumber={number}",
    "Poste Italiane": "https://www.poste.it/cerca/index.html#/risultati-spedizioni/{number}",
    "PostNL": "https://jouw.postnl.nl/track-and-trace/{number}",
    "PostNord": "https://tracking.postnord.com/en/tracking?id={number}",
    "Royal Mail": "https://www.royalmail.com/track-your-item#/tracking-results/{number}",
    "Swiss Post": "https://service.post.ch/ekp-web/ui/entry/search/{number}",
    "UPS": "https://www.ups.com/track?tracknum={number}",
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
}


def _plainly(name: str) -> str:
    return re.sub(r"\W", "", name.casefold())


_BY_NAME = {_plainly(name): page for name, page in CARRIERS.items()}


def page_of(carrier: str, tracking: str) -> str:
    """Where the carrier shows this parcel, or nothing: of a carrier we do not know, or without a number."""
    page = _BY_NAME.get(_plainly(carrier), "")
    number = "".join(tracking.split())
    return page.format(number=quote(number, safe="")) if page and number else ""
