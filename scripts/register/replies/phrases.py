"""The words that our letters ask for, and what people put around them, in the three languages.

A clause says something beyond doubt where nothing is left of it but one of these phrases: CORES,
once FILLERS, which change nothing, and EXTRAS, which a person should read, are taken out. Whatever
else stands there may be a condition, another day, somebody else: that is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Mapping


def words_in(text: str) -> frozenset[str]:
    """Return the words of a text, as a set."""
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(one.split()) for one in text.split("|"))


CORES: Mapping[str, frozenset[str]] = {
    "coming": _phrases(
        "tulossa | tulossa ollaan | olen tulossa | olemme tulossa | ollaan tulossa | oon tulossa"
        " | tulen | tulemme | tullaan | tuun | pääsen | pääsemme | päästään | pääsen tulemaan"
        " | pääsemme tulemaan | osallistun | osallistumme | ilmoittaudun | ilmoittaudumme"
        " | ilmoitan mukaan | mukana | mukana ollaan | olen mukana | olemme mukana"
        " | ollaan mukana | olen paikalla | olemme paikalla | ollaan paikalla | tulen mukaan"
        " | tulemme mukaan | tullaan mukaan | pääsen mukaan | pääsemme mukaan | vastaus tulossa"
        " | ilmoittaudun mukaan | ilmoittaudumme mukaan"
        " | kommer | jag kommer | vi kommer | kommer jag | kommer vi | jag deltar | vi deltar"
        " | deltar | jag är med | vi är med | är med | jag ska delta | vi ska delta"
        " | jag kommer att delta | vi kommer att delta | kommer att delta | jag anmäler mig"
        " | vi anmäler oss | anmäler mig"
        " | coming | i'm coming | i am coming | we're coming | we are coming | i'll come"
        " | i will come | we'll come | we will come | i'll be there | i will be there"
        " | we'll be there | we will be there | i'll attend | i will attend | we'll attend"
        " | we will attend | i'm attending | we're attending | i am attending"
        " | we are attending | attending | count me in | count us in | i can come | we can come"
        " | i can make it | we can make it | i'll join | i will join | we'll join | we will join"
    ),
    "maybe": _phrases(
        "ehkä | ehkä tulossa | ehkä tulen | ehkä tulemme | ehkä pääsen | ehkä pääsemme"
        " | ehkä mukana | olen ehkä tulossa | olemme ehkä tulossa | tulen ehkä | tulemme ehkä"
        " | pääsen ehkä | pääsemme ehkä | vastaus ehkä"
        " | kanske | jag kommer kanske | vi kommer kanske | kommer kanske | kanske kommer jag"
        " | kanske kommer vi | kanske jag kommer | kanske vi kommer"
        " | maybe | maybe coming | perhaps | i might come | we might come | i may come"
        " | we may come | i'm a maybe | tentative"
    ),
    "not_coming": _phrases(
        "en pääse | emme pääse | ei pääse | ei päästä | me ei päästä | en tule | emme tule"
        " | ei tulla | en ole tulossa | emme ole tulossa | ei tulossa | ei olla tulossa"
        " | en osallistu | emme osallistu | en ehdi | emme ehdi | ei ehditä | en voi tulla"
        " | emme voi tulla | en voi osallistua | emme voi osallistua | en pysty tulemaan"
        " | emme pysty tulemaan | en pysty osallistumaan | emme pysty osallistumaan"
        " | en ole paikalla | en ole mukana | emme ole mukana | olen estynyt"
        " | olen estynyt tulemasta"
        " | olemme estyneitä | este | on este | minulla on este | meillä on este | tuli este"
        " | minulle tuli este | ei onnistu | ei sovi | jää väliin | joudun jättämään väliin"
        " | joudun perumaan | perun tuloni | vastaus en pääse"
        " | kommer inte | jag kommer inte | vi kommer inte | kan inte | jag kan inte | vi kan inte"
        " | kan jag inte | kan vi inte | kan inte komma | jag kan inte komma | vi kan inte komma"
        " | kan jag inte komma | kan vi inte komma | kan inte delta | jag kan inte delta"
        " | vi kan inte delta | kan jag inte delta | kan vi inte delta | kan inte vara med"
        " | jag kan inte vara med | vi kan inte vara med | kan jag inte vara med"
        " | kan vi inte vara med | deltar inte | jag deltar inte | vi deltar inte"
        " | kommer inte att delta | jag har förhinder | vi har förhinder | har förhinder"
        " | har jag förhinder | har vi förhinder | förhinder | jag är förhindrad"
        " | är förhindrad | jag hinner inte | hinner inte | vi hinner inte"
        " | not coming | i'm not coming | i am not coming | we're not coming | we are not coming"
        " | can't come | i can't come | we can't come | cannot come | i cannot come"
        " | we cannot come | can't make it | i can't make it | we can't make it"
        " | cannot make it | i cannot make it | we cannot make it | won't make it"
        " | i won't make it | we won't make it | can't attend | i can't attend | we can't attend"
        " | cannot attend | i cannot attend | we cannot attend | i won't come | i will not come"
        " | we won't come | we will not come | unable to come | unable to attend"
        " | unable to make it | i'm unable to come | i am unable to come | i'm unable to attend"
        " | i am unable to attend | we are unable to attend | not attending | i'm not attending"
        " | i won't be there | i can't be there | i have to decline | we have to decline"
    ),
    "unsubscribe": _phrases(
        "ei kutsuja | ei enää kutsuja | ei lisää kutsuja | ei kutsuja enää | ei mitään kutsuja"
        " | haluan ei kutsuja | vastaus ei kutsuja | vastaan ei kutsuja | en halua kutsuja"
        " | en halua enää kutsuja | en halua kutsuja enää | emme halua kutsuja"
        " | emme halua enää kutsuja | en halua lisää kutsuja | en halua saada kutsuja"
        " | en halua enää saada kutsuja | ei viestejä | ei enää viestejä"
        " | en halua enää viestejä | en halua enää näitä viestejä | en halua näitä viestejä"
        " | en halua enää näitä | en halua näitä | en halua enää näitä kutsuja"
        " | en halua näitä kutsuja | emme halua enää näitä kutsuja | emme halua enää viestejä"
        " | emme halua enää näitä viestejä | perun tilauksen | peruutan tilauksen"
        " | perun kutsut | haluan pois listalta | haluan pois postituslistalta"
        " | pois listalta | pyydän pois listalta | älkää lähettäkö kutsuja"
        " | älkää lähettäkö enää kutsuja | älä lähetä kutsuja | älä lähetä enää kutsuja"
        " | älkää lähettäkö enää mitään | älkää lähettäkö mitään | älä lähetä enää mitään"
        " | älkää lähettäkö enää viestejä | älkää lähettäkö viestejä | älä lähetä viestejä"
        " | älä lähetä enää viestejä | älkää enää lähettäkö kutsuja"
        " | älkää enää lähettäkö viestejä | älkää enää lähettäkö | älkää lähettäkö enää"
        " | älä lähetä enää | älä enää lähetä | älkää lähettäkö enää näitä"
        " | poista listalta | poistakaa listalta | poista postituslistalta"
        " | poistakaa postituslistalta | poista jakelulistalta | poistakaa jakelulistalta"
        " | poista jakelusta | poistakaa jakelusta | poista osoitteeni | poistakaa osoitteeni"
        " | poista osoitteeni listalta | poistakaa osoitteeni listalta | poista tietoni"
        " | poistakaa tietoni | poista tietoni rekisteristä | poistakaa tietoni rekisteristä"
        " | inga inbjudningar | inga fler inbjudningar | inga mer inbjudningar"
        " | jag vill inte ha inbjudningar | jag vill inte ha fler inbjudningar"
        " | jag vill inte ha mer inbjudningar | vill inte ha fler inbjudningar"
        " | vill inte ha inbjudningar | vi vill inte ha fler inbjudningar"
        " | jag vill inte få fler inbjudningar | jag vill inte få inbjudningar"
        " | jag vill inte ha fler utskick | jag vill inte ha fler mejl | inga fler mejl"
        " | inga fler utskick | avregistrera | avregistrera mig | ta bort mig"
        " | ta bort mig från listan | ta bort mig från er lista | ta bort oss från listan"
        " | ta bort min adress | skicka inga fler inbjudningar | skicka inte fler inbjudningar"
        " | skicka inga inbjudningar | stryk mig från listan"
        " | no invitations | no more invitations | no further invitations | unsubscribe"
        " | unsubscribe me | unsubscribe us | i want to unsubscribe | i would like to unsubscribe"
        " | i wish to unsubscribe | remove me | remove me from the list"
        " | remove me from your list | remove me from this list | remove us from your list"
        " | take me off the list | take me off your list | stop | stop sending | stop sending these"
        " | stop sending me these | stop sending invitations | stop sending me invitations"
        " | stop emailing me | stop writing | stop writing to me | do not send me invitations"
        " | do not send any more invitations | do not send me any more invitations"
        " | don't send me any more invitations | don't send any more invitations"
        " | i don't want invitations | i don't want any more invitations | no more emails"
        " | i do not want any more invitations | i do not want invitations | opt out"
    ),
    "no_letters": _phrases(
        "ei kirjeitä | ei enää kirjeitä | en halua kirjeitä | en halua enää kirjeitä"
        " | älkää lähettäkö kirjeitä | inga brev | inga fler brev | jag vill inte ha brev"
        " | vill inte ha brev | jag vill inte ha fler brev | skicka inga brev | no letters"
        " | no more letters | i don't want letters | i do not want letters | stop sending letters"
    ),
    "no_reminders": _phrases(
        "ei muistutuksia | ei enää muistutuksia | en halua muistutuksia"
        " | en halua enää muistutuksia | älkää lähettäkö muistutuksia | inga påminnelser"
        " | inga fler påminnelser | jag vill inte ha påminnelser | vill inte ha påminnelser"
        " | skicka inga påminnelser | no reminders | no more reminders | i don't want reminders"
        " | i do not want reminders | stop sending reminders"
    ),
    "want_invitations": _phrases(
        "haluan kutsuja | haluan taas kutsuja | haluan kutsut | lähettäkää kutsuja"
        " | jag vill ha inbjudningar | vill ha inbjudningar | skicka inbjudningar"
        " | i want invitations | i would like invitations | send me invitations"
    ),
    "want_letters": _phrases(
        "haluan kirjeitä | haluan taas kirjeitä | haluan kirjeet | lähettäkää kirjeitä"
        " | jag vill ha brev | vill ha brev | skicka brev"
        " | i want letters | i would like letters | send me letters"
    ),
    "want_reminders": _phrases(
        "haluan muistutuksia | haluan taas muistutuksia | haluan muistutukset"
        " | lähettäkää muistutuksia | jag vill ha påminnelser | vill ha påminnelser"
        " | skicka påminnelser | i want reminders | i would like reminders | send me reminders"
    ),
}
"""What clauses say, by the keys of ``rsvp``, ``unsubscribe``, and those of preferences."""

FILLERS = words_in(
    "hei moi moikka terve heippa kyllä joo juu jep ok okei kiitos kiitoksia kiitti paljon"
    " kutsusta kutsustanne muistutuksesta viestistä viestistänne tiedosta valitettavasti ikävä"
    " harmi harmillisesti pahoitteluni pahoittelut pahoittelen sori anteeksi"
    " mielelläni mielellämme mielellään"
    " ilolla ehdottomasti varmasti tietysti tietenkin toki minä mä me myös mukavaa hienoa kiva"
    " paikalle tällä kertaa silloin tuolloin kyseisenä päivänä tänä vuonna nyt tapaamiseen"
    " tilaisuuteen kokoukseen koulutukseen tapahtumaan seminaariin verkostotapaamiseen"
    " syystapaamiseen kevättapaamiseen minua minut minulle meille meidät meitä pliis ystävällisesti"
    " taas jälleen igen again längre"
    " totta tulemaan osallistumaan mitenkään nytkään jatkossa vastaisuudessa"
    " hej hejsan hallå tack så mycket tyvärr gärna absolut självklart naturligtvis nog jättegärna"
    " med glädje inbjudan inbjudningen för då denna gång den här gången dagen på mötet till"
    " ledsen beklagar ja jo snälla vänligen oss framöver"
    " hello hi dear thanks thank you many very much yes sure certainly definitely gladly happily"
    " sorry unfortunately regretfully afraid but please this time that day for the invitation"
    " inviting kindly to your meeting event happy great"
)
"""Words that change nothing in a clause. What a phrase itself is made of is looked for first."""

EXTRAS = words_in(
    "kahdestaan kaksin molemmat kaikki kahden kolmen neljän hengen voimin henkeä henkilöä hlö hlöä"
    " kaksi kolme neljä yksi porukalla täältä meiltä puolisoni kollegani kollegan kollegani kanssa"
    " etänä verkossa matkoilla lomalla töissä työmatkalla sairaana ulkomailla"
    " båda två tre personer tillsammans på distans vi är bortrest sjuk utomlands"
    " both two three of us people persons remotely online"
)
"""Words beside an answer that leave it clear, and that a person should still read."""

IFS = (
    r"jos|mikäli|ellei|elleivät|kunhan|riippu\w+|edellyttäen|vasta"
    r"|ifall|förutsatt|beror|beroende|såvida|om (?:jag|vi|det|inte|ni|någon|man|allt|bara)"
    r"|if|unless|provided|depend\w*"
)
CONDITIONS = rf"\b(?:{IFS}|paitsi|except|only|vain|endast|bara)\b"
"""What makes an answer depend on something; anywhere in the message."""

DOUBTS = (
    r"\b(?:ehkä|varmaan|varmaankin|luultavasti|todennäköisesti|mahdollisesti|kai|kaiketi"
    r"|toivottavasti"
    r"|alustavasti|en (?:\w+ )?tiedä|en ole (?:\w+ )?varma|saatan|yritän|kanske|troligen"
    r"|troligtvis|förmodligen"
    r"|antagligen|eventuellt|preliminärt|hoppas|försöker|vet (?:\w+ )?inte"
    r"|osäker|inte (?:\w+ )?säker"
    r"|maybe|perhaps|probably"
    r"|likely|hopefully|possibly|might|tentative\w*|not (?:\w+ )?sure|try|hope)\b"
)
"""What makes a yes or a no doubtful, within its sentence."""

FAREWELLS = (
    r"\b(?:nähdään|näkemisiin|tavataan|ensi kerralla|seuraavalla kerralla|vi ses|ses vi|nästa gång"
    r"|see you|next time)\b"
)
"""Ends a message; says nothing about coming."""

TO_THE_READER = (
    r"\b(?:vastaa|vastaathan|etkö|niin emme|svara|vill du|så skickar|reply|would you|click"
    r"|klikkaa|klicka|jos|if|om du)\b"
)
"""Words of a letter to its reader: nobody says so of themselves."""

PROGRAMS = (
    r"^(?:lähetetty|skickat från|sent from|hanki outlook|get outlook|hämta outlook)\b"
    r"|^[+0-9][0-9 ()-]{5,20}$|^\S+@\S+$|^(?:https?://|www\.)\S+$"
    r"|^(?:when|where|milloin|missä|när|var|plats|paikka|aika)\s*:"
)
"""A line that programs or signatures add; what it says is nobody's answer."""

CLOSERS = words_in(
    "t terv terveisin terveiset yt yst ystävällisin parhain lämpimin terkuin mvh hälsningar"
    " hälsn vänliga vänligen bästa hälsar br rgds regards best kind warm sincerely cheers"
    " yours greetings"
)
"""Words that a signature begins with."""
