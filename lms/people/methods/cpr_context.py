"""What the words and signs around ten digits say about them."""

import re

NUMBER_WORDS = re.compile(
    r"c\.?\s?p\.?\s?r|person(?:lige?)?[\s_-]{0,2}(?:nr|num|id)|pers\.?[\s-]?nr|fødselsn|foedselsn|sygesikring|"
    r"sundhedskort|civilregist|identitetsn|social security",
    re.IGNORECASE,
)
PERSON_WORDS = re.compile(
    r"\b(?:borger|født|f\.|person|klient|patient|ledig|kandidat|hedder|navn|hustru|mand|kvinde|søn|datter|mor|far\b|"
    r"hans|hendes|kursist|ansøger|fru|hr\.)",
    re.IGNORECASE,
)
# A word such as "ordre" followed by nothing but "nr.", "er", a colon and the like.
OTHER_NUMBER = re.compile(
    r"(?:ordre|order|faktura|invoice|bestilling|vare|kunde[\s-]?(?:nr|num|id)|kvittering|bilag|rekvisition|pakke|track|forsendelse|"
    r"serie|model|artikel|produkt|tilbud|kontrakt|licens|police|medlems|lånern|sags?[\s-]?(?:nr|num|id)|journal|"
    r"\bj\.?\s?nr|\bjr\.?\s?nr|løbe|\bref\b|reference|ticket|booking|reservation|projekt|\bdok|dokument|esdh|\bkle\b|"
    r"matrikel|\bp[\s-]?(?:nr|num)|produktionsenhed|\bean|\bgln|\bcvr|\bse[\s-]?nr|isbn|issn|\bdoi|konto|\breg\b|"
    r"\bkort|giro|betalings|version|build|firmware|batch|\blot\b|stregkode|\bpart\.?\s?n|patent|\biban|sporings|\brma\b|"
    r"tidsstempel|timestamp|unix|epoch|\bkr\b|\bdkk|€|\$|\bbeløb|\bsaldo|\bpris)"
    r"\w{0,9}[\s:.#=\-(\"'_/]{0,4}(?:nr|nummer|no|id|num|er|var|lyder|hedder|på|til)?[\s:.#=\-(\"'_/]{0,4}$",
    re.IGNORECASE,
)
# Ten digits in a row may be a phone number abroad; six and four with something between them are nobody's.
PHONE_NUMBER = re.compile(
    r"(?:tlf|telefon|mobil|phone|\bfax|\bsms|\bring)"
    r"\w{0,9}[\s:.#=\-(\"'_/]{0,4}(?:nr|nummer|no|er|på|til)?[\s:.#=\-(\"'_/]{0,4}$",
    re.IGNORECASE,
)
SOME_NUMBER = re.compile(r"(?:\bsag\w{0,3}|\bnr|nummer|\bno|#)[\s.:#]{0,3}$", re.IGNORECASE)
MOMENT_BEFORE = re.compile(
    r"møde|\bkl|klokken|\bdato|\bden\b|\bd\.|log\b|logfil|backup|\bfil|version|referat|tidspunkt|start|slut|aftale|"
    r"modtaget|sendt|vagt|booking|kursus|undervisning|optag|\bimg|\bvid|scan|screenshot|skærm|rapport|udskri|kørsel|målt|"
    r"afgang|ankomst|gemt|opdateret|oprettet|senest|frist|deadline|\w+dag\b|\bfra\b|\btil\b|kopi|samtale|tid\b|import|"
    r"eksport|kørt|dump|hændelse|registreret|timestamp|besøg|supervision",
    re.IGNORECASE,
)
MOMENT_AFTER = re.compile(r"\.[a-z]{2,4}\b|\s?(?:utc|cet|kl\b|i lokale|i mødelokale|hos\b)|[-–]\d{4}", re.IGNORECASE)
UNIT = re.compile(
    r"\s?(?:kr\b|kroner|dkk|,-|:-|€|euro?\b|usd|\$|%|procent|stk|kg\b|km\b|m2\b|cm\b|mm\b|timer\b|personer|borgere|"
    r"deltagere|besøgende|ansatte|sider\b|mb\b|gb\b|kb\b|mio|mia|tkr|point|enheder|liter|kwh)",
    re.IGNORECASE,
)
TOWNS = re.compile(
    r",?\s(?:København|Kbh|Frederiksberg|Aarhus|Århus|Odense|Aalborg|Ålborg|Esbjerg|Randers|Kolding|Horsens|Vejle|"
    r"Roskilde|Herning|Silkeborg|Hørsholm|Helsingør|Næstved|Viborg|Fredericia|Køge|Holstebro|Taastrup|Høje|Slagelse|"
    r"Hillerød|Sønderborg|Svendborg|Hjørring|Holbæk|Frederikshavn|Nørresundby|Haderslev|Skive|Ringsted|Ølstykke|"
    r"Nykøbing|Aabenraa|Greve|Glostrup|Ballerup|Rødovre|Hvidovre|Brøndby|Albertslund|Ishøj|Vallensbæk|Gentofte|"
    r"Hellerup|Charlottenlund|Klampenborg|Lyngby|Kgs|Kongens|Virum|Holte|Birkerød|Allerød|Farum|Værløse|Herlev|"
    r"Søborg|Gladsaxe|Bagsværd|Kastrup|Dragør|Tårnby|Valby|Vanløse|Brønshøj|Nivå|Fredensborg|Humlebæk|Frederiks|"
    r"Kalundborg|Sorø|Korsør|Vordingborg|Maribo|Nakskov|Rønne|Nyborg|Middelfart|Faaborg|Assens|Bogense|Kerteminde|"
    r"Varde|Ribe|Vejen|Billund|Grindsted|Ikast|Brande|Struer|Lemvig|Ringkøbing|Skjern|Tarm|Thisted|Hobro|Brønderslev|"
    r"Skagen|Sæby|Støvring|Grenaa|Grenå|Ebeltoft|Skanderborg|Odder|Hedensted|Juelsminde|Tønder|Padborg|Stege|"
    r"Haslev|Faxe|Solrød|Lejre|Egedal|Stenløse|Hundested|Frederikssund|Helsinge|Gilleleje|Samsø|Læsø|Ærø|Bjerringbro)"
)


def near_number_word(candidate):
    """Does a word such as "personnummer" stand near?"""
    return NUMBER_WORDS.search(candidate.before(45)) is not None or NUMBER_WORDS.search(candidate.after(30)) is not None


def is_other_number(candidate):
    """Do the words just before say that this is an order, an account, a phone …?"""
    before = candidate.before(45)
    if not candidate.separator and PHONE_NUMBER.search(before):
        return True
    return OTHER_NUMBER.search(before) is not None


def is_some_number(candidate):
    """Do the words just before call it a number or a case, without saying which?"""
    return SOME_NUMBER.search(candidate.before(14)) is not None


def has_unit(candidate):
    return UNIT.match(candidate.after(14)) is not None


def is_postal_address(candidate):
    return TOWNS.match(candidate.after(20)) is not None


def speaks_of_a_moment(candidate):
    before, after = candidate.before(30), candidate.after(14)
    return MOMENT_BEFORE.search(before) is not None or MOMENT_AFTER.match(after) is not None


def speaks_of_a_person(candidate):
    return PERSON_WORDS.search(candidate.before(30)) is not None
