"""What people write back in their own words; is it clear, and is there more for a person to read?

``N`` stands for something that a person has to read besides.
"""

CLEAR = {
    "coming": (
        "Tulossa", "Tulossa!", "TULOSSA", "tulossa.", "tulossa, kiitos kutsusta",
        "Tulossa ollaan, terv. Liisa", "Hei! Olen tulossa. T. Maija", "Kiitos kutsusta, olen tulossa!",
        "Hei\n\nTulen mielelläni.\n\nYstävällisin terveisin\nMaija Meri\nPuheenjohtaja\n040 123 4567",
        "Pääsen paikalle.", "Olemme ehdottomasti mukana!", "Joo, tulossa :)", "Kyllä, tulemme!",
        "Tulossa 👍", "*Tulossa*", "Ilmoittaudun mukaan", "Moi, tulossa – kiitos!", "tulossa\n\nMaija",
        "Olemme tulossa\nterveisin Maija ja Pekka", "Nähdään, olen tulossa!", "Vastaus: tulossa",
        "Kommer", "Kommer gärna", "Jag kommer gärna!", "Tack för inbjudan, vi kommer!",
        "Hej! Jag deltar. Mvh Nils", "Vi är med!", "kommer, tack", "Jag kommer. Vi ses!",
        "Coming", "I'm coming", "I’m coming!", "Yes, I will attend.", "Count me in",
        "Thanks, we'll be there! Best regards, Amina", "Coming, thanks for the invitation",
        "See you there, I'm coming!", "Pääsenkin tulemaan!", "Olemmekin tulossa.",
    ),
    "maybe": (
        "ehkä", "Ehkä", "Ehkä tulossa", "Hei, ehkä. Terv. Maija", "Tulen ehkä", "Kanske",
        "Kanske, tack för inbjudan", "Jag kommer kanske", "Maybe", "maybe, thanks", "I might come",
    ),
    "not_coming": (
        "En pääse", "en pääse tällä kertaa", "Valitettavasti en pääse", "Ei tulossa",
        "Valitettavasti en pääse tulemaan. Kiitos kutsusta!", "Emme pääse, pahoittelut",
        "Hei, en valitettavasti pääse. Terveisin Maija", "En ole tulossa", "Minulla on este",
        "Ikävä kyllä en ehdi", "En pääse, mutta kiitos kutsusta", "Harmi, en pääse silloin",
        "En pääse. Nähdään ensi kerralla!", "Ei onnistu tällä kertaa", "En voi valitettavasti tulla.",
        "Hei! Kiitos kutsusta, valitettavasti olen silloin estynyt.", "Olen valitettavasti estynyt.",
        "Kommer inte", "kan tyvärr inte", "Tyvärr kan jag inte komma.", "Jag har tyvärr förhinder",
        "Jag kan tyvärr inte delta. Hälsningar Nils", "Vi kommer inte, tyvärr",
        "Not coming", "sorry can't make it", "Sorry, I can't make it", "I’m not coming",
        "Unfortunately we cannot attend.", "I won't make it this time, sorry!",
        "Valitettavasti en pääsekään.", "Hei, emme tulekaan. Terv. Maija", "En ehdikään, pahoittelut",
    ),
    "unsubscribe": (
        "ei kutsuja", "Ei kutsuja!", "Ei kutsuja, kiitos", "Ei enää kutsuja minulle.",
        "Hei, en halua enää kutsuja. Terv. Maija", "Älkää lähettäkö minulle enää mitään.",
        "Poistakaa minut listalta, kiitos.", "En halua enää näitä viestejä",
        "EI KUTSUJA\n\nLähetetty iPhonesta", "Vastaus: ei kutsuja", "Kiitos mutta ei kutsuja",
        "inga inbjudningar", "Inga inbjudningar, tack", "Ta bort mig från listan",
        "Jag vill inte ha fler inbjudningar.", "Avregistrera mig, tack",
        "no invitations", "No invitations please", "Please unsubscribe me", "No more invitations",
        "Stop sending these", "Remove me from your list", "Unsubscribe",
    ),
}  # fmt: skip
"""Counts at once, and nothing is left for a person."""

MORE = {
    "coming": (
        "Tulossa. Onko paikalla pysäköintiä?", "Tulossa 2 hlö", "Tulemme Pekan kanssa",
        "Olen tulossa, tuon kahvit", "Ilmoittaudun mukaan, samoin Pekka.",
        "Tulossa, mutta myöhästyn hieman", "Vi kommer två personer", "I'm coming with Pekka",
    ),
    "not_coming": (
        "Valitettavasti en pääse, olen matkoilla.", "En pääse. Voisitteko lähettää muistion?",
        "Emme pääse, hallitus kokoontuu.", "Jag kommer inte, är bortrest.",
        "Sorry, I can't make it. Could you send the notes?",
    ),
    "unsubscribe": (
        "Ei kutsuja, olen jo eläkkeellä.", "En pääse. Ei kutsuja jatkossakaan, kiitos.",
        "Olen muuttanut Ruotsiin, joten ei enää kutsuja minulle, kiitos vaan.",
        "Tulossa vielä tähän, mutta sen jälkeen ei kutsuja.",
        "We have moved abroad, so no more invitations to us any longer.",
    ),
}  # fmt: skip
"""Counts at once, and a person reads what is added."""

UNCLEAR = (
    "en tiedä vielä", "tulossa jos pääsen", "Tulossa, jos saan kyydin", "Tulossa?", "Onko Pekka tulossa?",
    "Tulossa on kiireinen viikko", "Olen tulossa kaupunkiin perjantaina, sopisiko silloin?",
    "Pekka on tulossa, minä en pääse", "En pääse. Pekka tulee tilalleni, hän on tulossa.",
    "Luultavasti tulossa", "Tulossa toivottavasti", "Olen varmaan tulossa", "Yritän päästä",
    "Tulossa, en ole vielä varma", "En pääse ellei aikaa muuteta", "Tulossa tai en pääse",
    "Tulossa. Mikäli tulee este, ilmoitan.", "Ehkä tulossa, ehkä en pääse", "Kuka kaikki on tulossa?",
    "Kommer, om jag hinner", "Kommer det finnas parkering?", "Jag kommer förmodligen", "Vet inte än",
    "Coming if I can", "Probably coming", "Are you coming?", "I hope I can come", "Not sure yet",
    "Kiitos!", "Välitän viestin hallitukselle.", "Mikä on osoite?", "Kiitos kutsusta",
    "Ei kutsuja ole tullut meille enää, miksi?", "Meille ei kutsuja ole tullut.",
    "Miten pääsen pois listalta?", "Haluatteko, että poistan teidät listalta?",
    "Poistakaa Pekka listalta, hän on lopettanut.", "En halua kutsuja, jos ne ovat kaukana.",
    "Etkö halua enää kutsuja? Vastaa ei kutsuja, niin emme enää lähetä niitä.",
    "Vill du inte ha fler inbjudningar? Svara inga inbjudningar, så skickar vi inga fler.",
    "Would you rather not get invitations? Reply no invitations and we will send you no more.",
    "Click here to unsubscribe", "", "🙂", "Onko ei kutsuja oikea vastaus?",
)  # fmt: skip
"""A person judges."""
