"""Words that plainly refuse letters, and words beside letters and lists that refuse nothing."""

import pytest

from register.people.refusal_words import refuses_plainly


@pytest.mark.parametrize(
    "text",
    [
        *("Emme enää tarvitse kutsuja", "emme jaksa näitä sähköposteja", "en halua olla listalla"),
        *("lopettakaa viestien lähettäminen meille", "pyysi lopettamaan sähköpostit"),
        *("Kuoro ei ole kiinnostunut kutsuista", "hän ei halua meidän ottavan yhteyttä"),
        *("haluaa erota postituslistalta", "jättäydymme pois jakelusta", "ei saa kutsua enää"),
        *("Marja kieltää lähettämästä postia", "peruutti tilauksen ja uutiskirjeen"),
        *("Sluta skicka brev till oss", "lämna listan", "Vi vill inte längre stå på listan"),
        *("ei halua enää uutiskirjettä", "en halua tapahtumakutsuja", "ei uutiskirjettä, kiitos"),
        *("emme tarvitse jäsenpostia", "ei kiinnostunut uutiskirjeestä", "vill inte ha nyhetsbrev"),
        *("doesn't want the newsletter", "they do not want your emails"),
        *("stop emailing me", "please stop sending these", "take us off your list"),
    ],
)
def test_it_refuses(text):
    assert refuses_plainly(text)


@pytest.mark.parametrize(
    "text",
    [
        *("hei, en ole saanut kutsua viime kokoukseen", "kutsut eivät tulleet perille"),
        *("peru kokous ja lähetä uusi kutsu", "peruutti tulonsa tapaamiseen"),
        *("emme lähetä kutsuja vielä", "ei tarvitse kutsua kahdesti", "on kiinnostunut kutsuista"),
        *("ei ehdi nyt, ottaa yhteyttä myöhemmin", "lopetti puheenjohtajana, kirje tulee"),
        *("poista vanha numero listalta", "lämnar listan över medlemmar till oss"),
        *("ei sähköpostia, vain puhelin", "ei halua puhua kokouksessa", "do not want a lift"),
        *("hon slutar som ordförande", "jag fick inte inbjudan", "did not get the invitation"),
    ],
)
def test_it_does_not(text):
    assert not refuses_plainly(text)
