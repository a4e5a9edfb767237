"""Invented personal numbers in running Danish text, and harmless numbers that look like them."""

import random
from datetime import date, timedelta

TODAY = date(2026, 11, 22)
SEPARATORS = [
    "-",
    " ",
    "–",
    "—",
    "‑",
    "−",
    ".",
    "/",
    "_",
    ":",
    "\u00a0",
    "\u2009",
    "\t",
    "\n",
    "*",
    "|",
    " - ",
    "- ",
    " -",
    "-\n",
    "\r\n",
    "\u00ad",
    "\u200b",
    "&nbsp;",
    "&#45;",
    "&ndash;",
    "%20",
    "%2D",
    "<br>",
    "</b>-",
    "+",
    "~",
    "=",
    " – ",
    "\\n",
]
SENTENCES = [
    "{}",
    "Borgeren {} har været ledig i tre år.",
    "Jeg talte med {} i går om praktikken hos bageren.",
    "Samtale med Jens ({}) den 3. marts kl. 10.30.",
    "Vi har sendt brev til {}, men har intet hørt.",
    "cpr {}",
    "CPR-nr.: {}",
    "Cprnr. {} – husk samtykke",
    "Hans personnummer er {}, og han bor på Fyn.",
    "{} ringede og meldte afbud.",
    "Se referat_{}.docx i mappen",
    "Hun er født og registreret som {}",
    "Kan I hjælpe? Det drejer sig om {}. Hun vil gerne i job.",
    "12;{};Aalborg;2 uger",
    "<p>Borger: <strong>{}</strong></p>",
    "3 timer om ugen for {} fra mandag",
    "Vores case handler om en mand på 45 ({}) med ondt i ryggen og 2 børn.",
    "»{}« stod der på sedlen",
]
WITH_WORD = [
    "cpr {}",
    "CPR-nummer: {}",
    "personnummer {}",
    "person nr. {}",
    "Cpr.nr. {} er oprettet",
    "{} (cpr)",
    "cprnr={}",
    "CPR{}",
    "sygesikringskort {}",
]
ZERO_WIDTH = ["\u200b", "\u200c", "\u2060", "\ufeff"]
FULL_WIDTH = {ord("0") + n: chr(0xFF10 + n) for n in range(10)}
ARABIC = {ord("0") + n: chr(0x0660 + n) for n in range(10)}
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def born(dice, *, first=date(1930, 1, 1), last=date(2010, 12, 31)):
    return first + timedelta(days=dice.randrange((last - first).days))


def last_four(dice, year):
    """Any four digits whose first one gives the year its century."""
    is_early = year % 100 < 37
    centuries = {(19, True): "0123", (19, False): "012349", (20, True): "456789", (20, False): "5678"}
    sevenths = centuries[year // 100, is_early]
    return dice.choice(sevenths) + f"{dice.randrange(1000):03}"


def number(dice, **limits):
    day = born(dice, **limits)
    return f"{day:%d%m%y}", last_four(dice, day.year)


def with_modulus(dice):
    while True:
        digits = "".join(number(dice))
        if sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11 == 0:
            return digits


def replacement(dice):
    digits, four = number(dice)
    return str(int(digits[0]) + 6) + digits[1:], four


def dotted(digits, sign):
    return sign.join([digits[:2], digits[2:4], digits[4:]])


def long_date(dice):
    day = born(dice)
    sign = dice.choice(["-", ".", "/"])
    return day.strftime(f"%d{sign}%m{sign}%Y") + "-" + last_four(dice, day.year)


def personal_number(dice):
    """One invented number, written as somebody might; and the sentences it may stand in."""
    digits, four = number(dice)
    kind = dice.randrange(12)
    separator = dice.choice(SEPARATORS)
    written = {
        0: lambda: with_modulus(dice),
        1: lambda: "-".join(replacement(dice)),
        2: lambda: dotted(digits, dice.choice([".", "-", "/", " "])) + dice.choice(["-", " - ", "–"]) + four,
        3: lambda: f"{digits}-{four}".translate(dice.choice([FULL_WIDTH, ARABIC])),
        4: lambda: dice.choice(ZERO_WIDTH).join(f"{digits}-{four}"),
        5: lambda: "".join(f"&#{ord(sign)};" for sign in f"{digits}-{four}"),
        6: lambda: "".join(f"%{ord(sign):02X}" for sign in f"{digits}-{four}"),
        7: lambda: long_date(dice),
        8: lambda: dotted(digits, " ") + " " + four,
    }.get(kind, lambda: digits + separator + four)()
    return dice.choice(SENTENCES).format(written)


def personal_number_beside_a_word(dice):
    digits = dice.choice(["".join(number(dice)), "".join(replacement(dice))])
    return dice.choice(WITH_WORD).format(digits)


def recent(dice):
    return born(dice, first=date(2018, 1, 1), last=date(2027, 12, 31))


def hour_minute(dice):
    return f"{dice.randrange(24):02}{dice.randrange(60):02}"


def some_digits(dice, count):
    return "".join(dice.choice("0123456789") for _ in range(count))


def impossible(dice):
    day, month = dice.choice([(32, 1), (31, 2), (30, 2), (31, 4), (0, 5), (45, 6), (12, 13), (99, 9), (15, 0)])
    return f"{day:02}{month:02}{dice.randrange(100):02}-{some_digits(dice, 4)}"


def unborn(dice):
    """By the century table a day after today."""
    day = born(dice, first=date(2027, 1, 1), last=date(2036, 12, 31))
    return f"{day:%d%m%y}-{dice.choice('49')}{some_digits(dice, 3)}"


HARMLESS = [
    lambda d: f"Ring på {some_digits(d, 2)} {some_digits(d, 2)} {some_digits(d, 2)} {some_digits(d, 2)} efter kl. 9",
    lambda d: f"Tlf. +45 {some_digits(d, 8)}",
    lambda d: f"Telefon 0045{some_digits(d, 8)}",
    lambda d: f"Mobil +45 {some_digits(d, 2)} {some_digits(d, 2)} {some_digits(d, 2)} {some_digits(d, 2)}",
    lambda d: f"Svensk nummer +46{some_digits(d, 9)}",
    lambda d: (
        f"Kontoen er DK{some_digits(d, 2)} {some_digits(d, 4)} {some_digits(d, 4)} {some_digits(d, 4)} {some_digits(d, 2)}"
    ),
    lambda d: f"IBAN DK{some_digits(d, 16)}",
    lambda d: f"Reg. {some_digits(d, 4)} konto {some_digits(d, 10)}",
    lambda d: f"EAN {some_digits(d, 13)}",
    lambda d: f"CVR {some_digits(d, 8)}",
    lambda d: f"P-nummer {some_digits(d, 10)}",
    lambda d: f"ISBN 978-87-{some_digits(d, 4)}-{some_digits(d, 3)}-{some_digits(d, 1)}",
    lambda d: f"ISBN {some_digits(d, 10)}",
    lambda d: f"Ordrenr. {recent(d):%d%m%y}-{some_digits(d, 4)} er afsendt",
    lambda d: f"Faktura {recent(d):%d%m%y}-{some_digits(d, 4)}",
    lambda d: f"Ordre nr. {some_digits(d, 12)}",
    lambda d: f"Sagsnr. {recent(d):%Y}-{some_digits(d, 6)}-{some_digits(d, 4)}",
    lambda d: f"Journalnummer {recent(d):%d%m%y}-{some_digits(d, 4)}",
    lambda d: f"Sag {recent(d):%y}/{some_digits(d, 6)}",
    lambda d: f"Mødet {recent(d):%d%m%y}-{hour_minute(d)} i kantinen",
    lambda d: f"backup_{recent(d):%d%m%y}-{hour_minute(d)}.zip",
    lambda d: f"Afgang {recent(d):%d%m%y} {hour_minute(d)} fra Vejle",
    lambda d: f"Vi ses {recent(d):%d.%m.%y} kl. {hour_minute(d)}",
    lambda d: f"Den {recent(d):%d-%m-%Y} {hour_minute(d)} begyndte vi",
    lambda d: f"Perioden {recent(d):%d%m%y}-{recent(d):%d%m%y}",
    lambda d: f"Fra {recent(d):%d.%m.%y} til {recent(d):%d.%m.%Y}",
    lambda d: f"{recent(d):%Y-%m-%d} {hour_minute(d)}",
    lambda d: f"{recent(d):%Y%m%d}-{hour_minute(d)}",
    lambda d: f"Beløb {d.randrange(10**6)},{some_digits(d, 2)} kr.",
    lambda d: f"Pr. {recent(d):%d%m%y} {d.randrange(1000, 9999)} kr. til kurset",
    lambda d: f"I alt {d.randrange(1000)}.{some_digits(d, 3)}.{some_digits(d, 3)} kr.",
    lambda d: f"{d.choice([2300, 8000, 5000, 9000])} {d.choice(['Aarhus', 'Odense', 'Aalborg'])}",
    lambda d: f"Rejsen {recent(d):%d%m%y} 8000 Aarhus",
    lambda d: f"Postnr. {some_digits(d, 4)}-{some_digits(d, 4)}",
    lambda d: f"Nummeret {impossible(d)} findes ikke",
    lambda d: f"Nummeret {unborn(d)} er ikke givet endnu",
    lambda d: f"{some_digits(d, 8)}-{some_digits(d, 4)}-4{some_digits(d, 3)}-a{some_digits(d, 3)}-{some_digits(d, 12)}",
    lambda d: f"commit {d.getrandbits(160):040x}",
    lambda d: f"Versionen er {d.randrange(9)}.{some_digits(d, 6)}.{some_digits(d, 4)}",
    lambda d: f"Kort {some_digits(d, 4)} {some_digits(d, 4)} {some_digits(d, 4)} {some_digits(d, 4)}",
    lambda d: f"Position 55.{some_digits(d, 6)}, 12.{some_digits(d, 6)}",
    lambda d: f"Tidsstempel {d.randrange(16 * 10**8, 18 * 10**8)}",
    lambda d: f"Tallet {d.randrange(1000)},{some_digits(d, 10)} er en decimalbrøk",
    lambda d: f"{recent(d):%d.%m.%y}: {d.randrange(1000, 9999)} besøgende",
    lambda d: f"Vare nr. {born(d):%d%m%y} {some_digits(d, 4)}",
    lambda d: f"Rapport nr. {some_digits(d, 3)}-{some_digits(d, 6)}-{some_digits(d, 4)}",
    lambda d: f"Lokale {some_digits(d, 2)}-{some_digits(d, 2)}, 2. sal, {recent(d):%d/%m} kl. 9-15",
    lambda d: f"Lottotal: {' '.join(some_digits(d, 2) for _ in range(7))}",
    lambda d: f"KLE 15.20.{some_digits(d, 2)}-P{some_digits(d, 2)}-{d.randrange(9)}-{some_digits(d, 2)}",
    lambda d: f"https://example.dk/nyheder/{some_digits(d, 12)}?id={some_digits(d, 7)}",
]


def positives(seed, count):
    dice = random.Random(seed)
    return [(personal_number_beside_a_word if index % 6 == 0 else personal_number)(dice) for index in range(count)]


def negatives(seed, count):
    dice = random.Random(seed)
    return [HARMLESS[index % len(HARMLESS)](dice) for index in range(count)]
