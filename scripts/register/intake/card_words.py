"""The words that tell what a line of a business card is, in Finnish, Swedish and English."""

import re

from register.values.person_name import first_names

_FLAGS = re.IGNORECASE

ROLE = re.compile(
    r"\b(?:\w*-)?(?:\w*(?:puheenjohtaja|sihteeri|johtaja|päällikkö|koordinaattori|suunnittelija"
    r"|ohjaaja|asiantuntija|diakoni|pastori|rahastonhoitaja|kansanedustaja|valtuutettu|työntekijä"
    r"|tutkija|professori|opettaja|hallituksen jäsen|neuvoja|avustaja|tuottaja|lehtori|vastaava"
    r"|ordförande|sekreterare|ledare|koordinator|planerare|chef|kassör|konsulent|handledare|lärare"
    r"|ombudsman|rådgivare|sakkunnig|direktör|riksdagsledamot)"
    r"|(?:\w+ )?(?:director|manager|coordinator|officer|chair(?:person|man|woman)?|secretary"
    r"|specialist|advis[eo]r|president|ceo|treasurer|teacher|professor|planner))\b",
    _FLAGS,
)
ORGANISATION = re.compile(
    r"\w*(?:yliopisto|korkeakoulu|opisto|eduskunta|keskus|liitto|verkosto|säätiö|toimisto|virasto"
    r"|ministeriö|kyläyhdistys|yhdistys|yhtymä|järjestö|seura)\b"
    r"|\bpunainen risti\b|\w*(?:universitet|högskola|förbund(?:et)?|förening(?:en)?|nätverk(?:et)?"
    r"|stiftelse(?:n)?|centralen|samfund)\b"
    r"|\b(?:university|association|foundation|centre|center|society|network|church|institute"
    r"|federation|ltd|inc|agency)\b",
    _FLAGS,
)
BODY = re.compile(
    r"\w*(?:lautakunta|valtuusto|hallitus|jaosto|nämnd(?:en)?|fullmäktige|styrelse(?:n)?)$"
    r"|\b(?:committee|council|board)$",
    _FLAGS,
)
UNIT = re.compile(
    r"\w*(?:toimiala|osasto|yksikkö|palvelut|piiri|avdelning(?:en)?|enhet(?:en)?|sektor(?:n)?)$"
    r"|\b(?:department|unit|division|services)\b",
    _FLAGS,
)
STREET = re.compile(
    r"\b\w*(?:katu|tie|kuja|polku|raitti|kaari|tori|väylä|ranta|puisto|gatan|vägen|gränden|stigen"
    r"|esplanaden)\s+\d|\b(?:street|road|avenue)\b|\b(?:PL|PB|P\.?O\.? ?Box)\s*\d",
    _FLAGS,
)
_LABELS = {
    "Full name": r"nimi|namn|name",
    "Role": r"tehtävä|nimike|titteli|titel|uppgift|title|position|role",
    "Organization": r"järjestö|organisaatio|yhdistys|yritys|organisation|organization|förening"
    r"|company",
}
"""Labels that may stand before a colon, by the header for the rest of the line."""

FIELD_LABELS = {
    header: re.compile(rf"^(?:{words})\s*:\s*(?=\S)", _FLAGS) for header, words in _LABELS.items()
}
REACH_LABEL = re.compile(
    r"(?<!\w)(?:puh(?:elin|\.\s?koti)?|puhelin|matkapuhelin|kännykkä|vaihde|koti|työ|suora|gsm"
    r"|tel(?:efon)?|tfn|mob(?:ile?|il)?|mobil|växel|phone|cell|direct|s-posti|sähköposti|e-?mail"
    r"|e-?post|www|web|kotisivu|p|t|m|e|w|d)(?!\w)\s*[.:]*",
    _FLAGS,
)
"""Labels of numbers and addresses; they say nothing once the number or address is taken out."""

_LONGEST_TASK = 3

FAX = re.compile(r"\b(?:fax|faksi|telefax|telekopio)\b", _FLAGS)


def is_task(words: str) -> bool:
    """Whether up to three words are a person's task: "kulttuurituottaja", "Project Manager"."""
    plain = words.strip()
    parts = plain.casefold().split()
    ends = [found.end() for found in ROLE.finditer(plain)]
    few = len(parts) <= _LONGEST_TASK and all(part.replace("-", "").isalpha() for part in parts)
    return few and ends[-1:] == [len(plain)] and first_names().isdisjoint(parts)
