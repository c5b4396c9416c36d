"""Currencies the till takes and how an amount in their smallest unit is written for people."""

WITHOUT_DECIMALS = "bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf"
WITH_THREE = "bhd jod kwd omr tnd"
WITH_TWO = """
    aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop crc
    cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs
    khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab
    pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah
    usd uyu uzs wst xcd yer zar zmw
"""
NO_DECIMALS, THREE_DECIMALS = frozenset(WITHOUT_DECIMALS.split()), frozenset(WITH_THREE.split())
CURRENCIES = NO_DECIMALS | THREE_DECIMALS | frozenset(WITH_TWO.split())
SIGNS = {"eur": "€", "usd": "$", "gbp": "£", "jpy": "¥", "inr": "₹"}
MOST = 99_999_999


def written(amount: int, currency: str) -> str:
    """2450, "eur" becomes €24.50; a currency without a sign of its own is named."""
    places = 0 if currency in NO_DECIMALS else 3 if currency in THREE_DECIMALS else 2
    whole, rest = divmod(amount, 10**places)
    number = f"{whole:,}" + (f".{rest:0{places}d}" if places else "")
    sign = SIGNS.get(currency)
    return f"{sign}{number}" if sign else f"{number}\u00a0{currency.upper()}"
