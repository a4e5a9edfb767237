"""Phone numbers and addresses as Danes write them in running text, and what only looks like them.

Written from how people write, before there was anything to find them with.
"""

import random

from tests.people.methods.cpr_corpus import hour_minute, recent, some_digits

SENTENCES = [
    "{}",
    "Hun kan træffes på {} om formiddagen.",
    "Du får fat i mig på {}, ring bare.",
    "Jeg skrev {} ned på en lap.",
    "Mor: {}",
    "Vi aftalte at mødes ({}).",
    "Han gav mig {} og bad mig ringe.",
    "»{}«, stod der i beskeden.",
    "Kontakt {}.",
    "- {}\n- efter kl. 9",
    "Se her: {}; det er det rigtige.",
    "Praktikstedet er {}, spørg efter chefen.",
]
PLACES = [
    "{}",
    "Hun bor på {}.",
    "Borgeren er flyttet til {} i foråret.",
    "Vi mødtes ved {}, hvor han har en lejlighed.",
    "Adresse: {}",
    "Praktikken er på {}, og det går godt.",
    "Jeg kørte forbi {} i går.",
    "({})",
    "Brevet gik til {}\nmen kom retur.",
    "Hjemme hos hende, {}, var der stille.",
]
STREETS = [
    "Nørregade", "Østervangsvej", "Skolevej", "Ved Skoven", "H.C. Andersens Boulevard", "Gl. Kongevej", "Strandvejen",
    "Jens Baggesens Vej", "Åboulevarden", "Vestergade", "Kirkestræde", "Rosenvænget", "Søndre Allé", "Lindealleen",
    "Store Torv", "Rådhuspladsen", "Møllevangen", "Solbakken", "Fasanvænget", "Sankt Knuds Vej", "Kærlighedsstien",
    "Ndr. Ringgade", "Dronning Margrethes Vej", "Bakkegårdsvej", "Peder Skrams Gade", "Vesterbrogade", "Industrivej",
]  # fmt: skip
ODD_STREETS = ["Solsikken", "Kløvermarken", "Nyhavn", "Egelund", "Porsen", "Fjordglimt", "Ulvehaven", "Østerbro"]
TOWNS = ["Horsens", "Aalborg SØ", "Vejle", "Brønderslev", "Aarhus C", "København N", "Thisted", "Hedensted", "Ribe"]
FLOORS = ["", "", ", 3. tv", ", 1. th.", " st. mf.", ", 2. sal", ", 4.tv", ", kl.", ", st. th", " 1. tv", ", 2., dør 4"]


def digits(dice, count):
    return dice.choice("2345679") + some_digits(dice, count - 1)


def phone(dice):
    eight = digits(dice, 8)
    pairs = [eight[place : place + 2] for place in range(0, 8, 2)]
    gap = dice.choice([" ", " ", " ", ".", "-", "\u00a0"])
    return dice.choice(
        [
            gap.join(pairs),
            gap.join(pairs),
            " ".join(pairs),
            f"{eight[:4]} {eight[4:]}",
            eight,
            f"+45 {' '.join(pairs)}",
            f"+45{eight}",
            f"0045 {eight}",
            f"(+45) {eight[:4]} {eight[4:]}",
            f"+45 {eight[:4]} {eight[4:]}",
            f"tlf. {eight}",
            f"mobil {eight[:2]} {eight[2:5]} {eight[5:]}",
            f"tlf.nr. {eight[:3]} {eight[3:5]} {eight[5:]}",
            f"+46 70 {some_digits(dice, 3)} {some_digits(dice, 2)} {some_digits(dice, 2)}",
            f"+49 {some_digits(dice, 3)} {some_digits(dice, 7)}",
        ]
    )


def house(dice):
    return f"{dice.randrange(1, 300)}{dice.choice(['', '', '', 'A', ' B', 'c'])}"


def address(dice):
    street, town = f"{dice.choice(STREETS)} {house(dice)}", f"{dice.randrange(1050, 9990)} {dice.choice(TOWNS)}"
    return dice.choice(
        [
            street,
            street,
            f"{street}{dice.choice(FLOORS)}",
            f"{street}{dice.choice(FLOORS)}, {town}",
            f"{street}, {town}",
            f"{street}\n{town}",
            f"{dice.choice(ODD_STREETS)} {house(dice)}, {town}",
            f"{dice.choice(ODD_STREETS)} {house(dice)}{dice.choice(FLOORS)}, DK-{town}",
            f"{street.lower()}, {dice.choice(['3. tv', '1. th', 'st. tv', '2. sal'])}",
        ]
    )


HARMLESS = [
    lambda d: f"Vi ses {recent(d):%d.%m.%Y} kl. {hour_minute(d)}",
    lambda d: f"Mødet {recent(d):%d/%m-%Y} kl. 9.00-15.30",
    lambda d: f"Fra {recent(d):%d.%m.%y} til {recent(d):%d.%m.%y}",
    lambda d: f"Dato {recent(d):%Y%m%d} og igen {recent(d):%d%m%Y}",
    lambda d: f"Perioden {recent(d):%Y-%m-%d} til {recent(d):%Y-%m-%d}",
    lambda d: f"Årene {d.randrange(1990, 2027)}-{d.randrange(1990, 2030)} og {d.randrange(1990, 2027)} 2027",
    lambda d: f"Det kostede {d.randrange(1, 99)}.{some_digits(d, 3)}.{some_digits(d, 3)} kr.",
    lambda d: f"Budgettet er {d.randrange(10**7, 10**8)} kr. i alt",
    lambda d: f"kr. {d.randrange(1, 99)} {some_digits(d, 3)} {some_digits(d, 3)},00",
    lambda d: f"DKK {d.randrange(10**7, 10**8)}",
    lambda d: f"{d.randrange(1050, 9990)} {d.choice(TOWNS)}",
    lambda d: f"Han bor i {d.choice(TOWNS)} og arbejder i {d.randrange(1050, 9990)} {d.choice(TOWNS)}",
    lambda d: f"Kommunekode 0{d.randrange(101, 861)} og 0{d.randrange(101, 861)}",
    lambda d: f"CVR {d.randrange(10**7, 10**8)}",
    lambda d: f"CVR-nr. {some_digits(d, 2)} {some_digits(d, 2)} {some_digits(d, 2)} {some_digits(d, 2)}",
    lambda d: f"Ordrenr. {d.randrange(10**7, 10**8)} er afsendt",
    lambda d: f"Faktura {d.randrange(10**7, 10**8)}",
    lambda d: f"Reg. {some_digits(d, 4)} konto {some_digits(d, 10)}",
    lambda d: f"IBAN DK{some_digits(d, 16)}",
    lambda d: f"EAN {some_digits(d, 13)}",
    lambda d: f"ISBN 978-87-{some_digits(d, 4)}-{some_digits(d, 3)}-{some_digits(d, 1)}",
    lambda d: f"Kort {some_digits(d, 4)} {some_digits(d, 4)} {some_digits(d, 4)} {some_digits(d, 4)}",
    lambda d: f"Lottotal: {' '.join(some_digits(d, 2) for _ in range(7))}",
    lambda d: f"Sag {recent(d):%y}/{some_digits(d, 6)}",
    lambda d: f"KLE 15.20.{some_digits(d, 2)}-P{some_digits(d, 2)}-{d.randrange(9)}-{some_digits(d, 2)}",
    lambda d: f"commit {d.getrandbits(160):040x}",
    lambda d: f"https://example.dk/nyheder/{d.randrange(10**7, 10**8)}?id={d.randrange(10**7, 10**8)}",
    lambda d: f"Version {d.randrange(9)}.{d.randrange(99)}.{d.randrange(99)}.{d.randrange(99)}",
    lambda d: f"Position 55.{some_digits(d, 6)}, 12.{some_digits(d, 6)}",
    lambda d: f"{d.randrange(2, 40)} borgere, {d.randrange(2, 9)} kommuner og {d.randrange(100, 999)} timer",
    lambda d: f"Vi er på vej {d.randrange(1, 9)} skridt frem og et tilbage",
    lambda d: f"Det er en omvej på {d.randrange(1, 90)} km, men vejen er god",
    lambda d: f"Han er på rette vej. {d.randrange(2, 9)} dage om ugen nu",
    lambda d: f"Side {d.randrange(1, 90)} i bilag {d.randrange(1, 20)}, afsnit 3.{d.randrange(1, 9)}",
    lambda d: f"Lokale {d.randrange(1, 90)}, {d.randrange(1, 4)}. sal kl. {d.randrange(8, 16)}",
    lambda d: f"Dag {d.randrange(1, 9)} af {d.randrange(9, 12)}, hold {d.randrange(1, 40)}",
    lambda d: f"Genvej {d.randrange(1, 9)}: spørg borgeren først",
    lambda d: f"Gaden var tom, og torvet havde {d.randrange(2, 40)} boder",
    lambda d: f"Arbejdspladsen {d.randrange(1, 30)} km herfra har plads til {d.randrange(1, 5)}",
    lambda d: f"Praktikpladsen: {d.randrange(1, 30)} timer, {d.randrange(1, 5)} dage",
    lambda d: f"Projekthaven {d.randrange(1, 5)} dage om ugen",
    lambda d: f"Vejle {d.randrange(1, 9)}-{d.randrange(1, 9)} Horsens, sagde radioen",
    lambda d: f"Gruppe {d.choice(['Vest', 'Øst'])} {d.randrange(1, 6)} mødes uge {d.randrange(1, 52)}",
    lambda d: f"{d.randrange(10, 99)} % af {d.randrange(1000, 9999)} svarede i {d.randrange(2019, 2027)}",
    lambda d: f"Kl. {hour_minute(d)} og {hour_minute(d)} ringer klokken",
    lambda d: f"Der var {d.randrange(1000, 9999)} i {d.randrange(2019, 2027)} og {d.randrange(1000, 9999)} året efter",
    lambda d: f"Måling {d.randrange(1, 99)},{some_digits(d, 8)} er en decimalbrøk",
    lambda d: f"Indfaldsvejen {d.randrange(1, 9)} gange om dagen, karrierevej {d.randrange(1, 9)} er en anden",
    lambda d: f"Paragraf {d.randrange(1, 99)}, stk. {d.randrange(1, 9)}, nr. {d.randrange(1, 9)}",
    lambda d: f"Deltagere: {d.randrange(10, 99)}, {d.randrange(10, 99)}, {d.randrange(10, 99)}, {d.randrange(10, 99)}",
]


def phones(seed, count):
    dice = random.Random(seed)
    return [dice.choice(SENTENCES).format(phone(dice)) for _ in range(count)]


def addresses(seed, count):
    dice = random.Random(seed)
    return [dice.choice(PLACES).format(address(dice)) for _ in range(count)]


def negatives(seed, count):
    dice = random.Random(seed)
    return [HARMLESS[index % len(HARMLESS)](dice) for index in range(count)]
