"""Business cards as a phone reads them: texts of many layouts, and what each says.

Name, task, organisation, mailbox, phones, website, postal code.
"""

CARDS = [
    (
        "\n".join(
            (
                "ESPOON KAUPUNKI",
                "Maija Malli",
                "Kotouttamispäällikkö",
                "Kasvun ja oppimisen toimiala",
                "PL 30",
                "02070 ESPOON KAUPUNKI",
                "puh. 046 877 1234",
                "maija.malli@espoo.example.org",
                "www.espoo.example.org",
            )
        ),
        (
            "Maija Malli",
            "Kotouttamispäällikkö",
            "ESPOON KAUPUNKI",
            "maija.malli@espoo.example.org",
            "046 877 1234",
            "www.espoo.example.org",
            "02070",
        ),
    ),
    (
        "\n".join(
            (
                "Maija Malli",
                "Kotouttamispäällikkö",
                "Espoon kaupunki",
                "Espoontie 1 A 3",
                "02770 Espoo",
                "Puh 046 877 1234",
                "maija.malli@espoo.example.org",
            )
        ),
        (
            "Maija Malli",
            "Kotouttamispäällikkö",
            "Espoon kaupunki",
            "maija.malli@espoo.example.org",
            "046 877 1234",
            "",
            "02770",
        ),
    ),
    (
        "\n".join(
            (
                "Vantaan Apu ry",
                "Yhdessä olemme enemmän!",
                "RITVA RIVI",
                "toiminnanjohtaja",
                "GSM 040 123 4567",
                "Kielotie 14, 01300 Vantaa",
                "ritva.rivi@apu.example.org | www.apu.example.org",
            )
        ),
        (
            "RITVA RIVI",
            "toiminnanjohtaja",
            "Vantaan Apu ry",
            "ritva.rivi@apu.example.org",
            "040 123 4567",
            "www.apu.example.org",
            "01300",
        ),
    ),
    (
        "\n".join(
            (
                "Folkhälsan i Esbo rf",
                "Gun-Britt Sjöström-Lindqvist",
                "Verksamhetsledare",
                "Mobil: +358 50 555 1234",
                "Tel: 09 315 5100",
                "gun-britt.sjostrom@folk.example.org",
            )
        ),
        (
            "Gun-Britt Sjöström-Lindqvist",
            "Verksamhetsledare",
            "Folkhälsan i Esbo rf",
            "gun-britt.sjostrom@folk.example.org",
            "+358 50 555 1234 / 09 315 5100",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "John Smith",
                "Executive Director",
                "Multicultural Association of Espoo",
                "T: +358 40 765 4321",
                "E: john.smith@multi.example.org",
                "W: multi.example.org",
                "Kirkkojärventie 6 B",
                "FI-02770 Espoo, Finland",
            )
        ),
        (
            "John Smith",
            "Executive Director",
            "Multicultural Association of Espoo",
            "john.smith@multi.example.org",
            "+358 40 765 4321",
            "multi.example.org",
            "02770",
        ),
    ),
    (
        "\n".join(
            (
                "Dr. Aino Korhonen, VTT",
                "Professori",
                "Helsingin yliopisto",
                "Unioninkatu 37",
                "00014 Helsingin yliopisto",
                "aino.korhonen@helsinki.example.org",
                "+358 (0)50 123 4567",
            )
        ),
        (
            "Dr. Aino Korhonen, VTT",
            "Professori",
            "Helsingin yliopisto",
            "aino.korhonen@helsinki.example.org",
            "+358 (0)50 123 4567",
            "",
            "00014",
        ),
    ),
    (
        "\n".join(
            (
                "Pekka Testi, puheenjohtaja",
                "Kylän Apu ry",
                "040-1112223",
                "pekka@kyla.example.org",
            )
        ),
        (
            "Pekka Testi",
            "puheenjohtaja",
            "Kylän Apu ry",
            "pekka@kyla.example.org",
            "040-1112223",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Puheenjohtaja Pekka Testi",
                "Kylän Apu ry",
                "0401112223",
                "pekka @ kyla.example.org",
            )
        ),
        (
            "Pekka Testi",
            "Puheenjohtaja",
            "Kylän Apu ry",
            "pekka@kyla.example.org",
            "0401112223",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "TESTI PEKKA",
                "Kylän Apu r.y.",
                "p. O40 111 2223",
                "pekka.testi@kyla.example.org",
            )
        ),
        (
            "TESTI PEKKA",
            "",
            "Kylän Apu r.y.",
            "pekka.testi@kyla.example.org",
            "040 111 2223",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Kylän Apu r.y.",
                "Pekka Testi I puheenjohtaja",
                "Puh. 040 lll 2223",
                "pekka.testi(ät)kyla.example.org",
            )
        ),
        (
            "Pekka Testi",
            "puheenjohtaja",
            "Kylän Apu r.y.",
            "pekka.testi@kyla.example.org",
            "040 111 2223",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Esbo stad",
                "Espoon kaupunki",
                "Liisa Ek",
                "Integrationskoordinator / Kotoutumiskoordinaattori",
                "liisa.ek@esbo.example.org",
                "043 825 1234",
            )
        ),
        (
            "Liisa Ek",
            "Integrationskoordinator / Kotoutumiskoordinaattori",
            "Esbo stad",
            "liisa.ek@esbo.example.org",
            "043 825 1234",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Liisa Ek",
                "Integrationskoordinator",
                "Esbo stad",
                "Esbogatan 1",
                "02770 Esbo",
                "liisa.ek@esbo.example.org",
            )
        ),
        (
            "Liisa Ek",
            "Integrationskoordinator",
            "Esbo stad",
            "liisa.ek@esbo.example.org",
            "",
            "",
            "02770",
        ),
    ),
    (
        "\n".join(
            (
                "Espoon seurakuntayhtymä",
                "Olli Ovi",
                "diakoni",
                "Kirkkokatu 1, 02770 ESPOO",
                "PL 200, 02771 Espoo",
                "Vaihde 09 80 501",
                "Matkapuhelin 050 380 1234",
                "olli.ovi@evl.example.org",
                "espoonseurakunnat.example.org",
            )
        ),
        (
            "Olli Ovi",
            "diakoni",
            "Espoon seurakuntayhtymä",
            "olli.ovi@evl.example.org",
            "09 80 501 / 050 380 1234",
            "espoonseurakunnat.example.org",
            "02770",
        ),
    ),
    (
        "\n".join(
            (
                "www.nakyma.example.org",
                "Näkymä Oy",
                "Kai Kaski",
                "Toimitusjohtaja, KTM",
                "kai.kaski@nakyma.example.org",
                "+358401112223",
            )
        ),
        (
            "Kai Kaski",
            "Toimitusjohtaja, KTM",
            "Näkymä Oy",
            "kai.kaski@nakyma.example.org",
            "+358401112223",
            "www.nakyma.example.org",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Länsi-Uudenmaan hyvinvointialue",
                "Anna Jatko",
                "Järjestöyhteistyön koordinaattori",
                "PL 33, 02033 Länsi-Uudenmaan hyvinvointialue",
                "anna.jatko@luvn.example.org",
                "Puhelin: 040 634 1234",
            )
        ),
        (
            "Anna Jatko",
            "Järjestöyhteistyön koordinaattori",
            "Länsi-Uudenmaan hyvinvointialue",
            "anna.jatko@luvn.example.org",
            "040 634 1234",
            "",
            "02033",
        ),
    ),
    (
        "\n".join(
            (
                "Anna Jatko",
                "Länsi-Uudenmaan hyvinvointialue",
                "Järjestöyhteistyön koordinaattori",
                "anna.jatko@luvn.example.org",
                "Puhelin: 040 634 1234",
            )
        ),
        (
            "Anna Jatko",
            "Järjestöyhteistyön koordinaattori",
            "Länsi-Uudenmaan hyvinvointialue",
            "anna.jatko@luvn.example.org",
            "040 634 1234",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "MARTHA",
                "Marthaförbundet rf",
                "Eva af Hällström",
                "Konsulent",
                "Lönnrotsgatan 3 A 7",
                "00120 Helsingfors",
                "tfn 010 279 7250",
                "eva@martha.example.org",
            )
        ),
        (
            "Eva af Hällström",
            "Konsulent",
            "Marthaförbundet rf",
            "eva@martha.example.org",
            "010 279 7250",
            "",
            "00120",
        ),
    ),
    (
        "\n".join(
            (
                "SPR",
                "Suomen Punainen Risti",
                "Länsi-Suomen piiri",
                "Matti Meikäläinen",
                "vapaaehtoistoiminnan suunnittelija",
                "matti.meikalainen@spr.example.org",
                "Tel. +358 20 701 2000 Mobile +358 40 123 9876",
            )
        ),
        (
            "Matti Meikäläinen",
            "vapaaehtoistoiminnan suunnittelija",
            "Suomen Punainen Risti",
            "matti.meikalainen@spr.example.org",
            "+358 20 701 2000 / +358 40 123 9876",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Abdi Mohamed Hassan",
                "Puheenjohtaja / Chairperson",
                "Suomen Somalia-verkosto ry",
                "Elimäenkatu 25–27",
                "00510 Helsinki",
                "044 123 0987",
                "abdi@somalia.example.org",
            )
        ),
        (
            "Abdi Mohamed Hassan",
            "Puheenjohtaja / Chairperson",
            "Suomen Somalia-verkosto ry",
            "abdi@somalia.example.org",
            "044 123 0987",
            "",
            "00510",
        ),
    ),
    (
        "\n".join(
            (
                "Nguyen Thi Lan",
                "Ohjaaja",
                "Espoon monikulttuurikeskus Trapesa",
                "Läntinen Jokitie 1",
                "lan@trapesa.example.org",
            )
        ),
        (
            "Nguyen Thi Lan",
            "Ohjaaja",
            "Espoon monikulttuurikeskus Trapesa",
            "lan@trapesa.example.org",
            "",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Jukka O'Connor",
                "Kansanedustaja",
                "Eduskunta",
                "jukka.oconnor@eduskunta.example.org",
                "09 432 3000",
            )
        ),
        (
            "Jukka O'Connor",
            "Kansanedustaja",
            "Eduskunta",
            "jukka.oconnor@eduskunta.example.org",
            "09 432 3000",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Leena Luoto",
                "Kaupunginvaltuutettu (vihr.)",
                "Sosiaali- ja terveyslautakunta",
                "leena.luoto@example.org",
                "050 5123 456",
            )
        ),
        (
            "Leena Luoto",
            "Kaupunginvaltuutettu (vihr.)",
            "",
            "leena.luoto@example.org",
            "050 5123 456",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "@kyla_apu",
                "facebook.com/kylaapu",
                "Kylän Apu ry",
                "Sari Salo",
                "Koordinaattori",
                "sari@kyla.example.org",
                "Y-tunnus 0112038-9",
            )
        ),
        (
            "Sari Salo",
            "Koordinaattori",
            "Kylän Apu ry",
            "sari@kyla.example.org",
            "",
            "facebook.com/kylaapu",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "sari@kyla.example.org",
                "040 1234567",
                "Sari Salo",
                "Kylän Apu ry",
            )
        ),
        ("Sari Salo", "", "Kylän Apu ry", "sari@kyla.example.org", "040 1234567", "", ""),
    ),
    (
        "\n".join(
            (
                "Sari Salo",
                "sari@kyla.example.org",
            )
        ),
        ("Sari Salo", "", "", "sari@kyla.example.org", "", "", ""),
    ),
    (
        "\n".join(
            (
                "Espoon Eläkkeensaajat ry.",
                "Hilkka Hiltunen",
                "sihteeri",
                "Merenkulkijankatu 5 as 12",
                "02320 ESPOO",
                "Puh.koti 09-8012345, gsm 0400-123456",
                "hilkka.hiltunen@elake.example.org",
            )
        ),
        (
            "Hilkka Hiltunen",
            "sihteeri",
            "Espoon Eläkkeensaajat ry.",
            "hilkka.hiltunen@elake.example.org",
            "09-8012345 / 0400-123456",
            "",
            "02320",
        ),
    ),
    (
        "\n".join(
            (
                "Hope Centre – Helping hands since 1998",
                "Mary-Ann Johnson",
                "Volunteer Coordinator",
                "Phone (+358) 44 555 6677",
                "mary-ann@hope.example.org",
                "hope.example.org/volunteer",
            )
        ),
        (
            "Mary-Ann Johnson",
            "Volunteer Coordinator",
            "Hope Centre – Helping hands since 1998",
            "mary-ann@hope.example.org",
            "+358 44 555 6677",
            "hope.example.org/volunteer",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Allianssi ry | Nuorisoala",
                "Tiina Tuuli",
                "Asiantuntija, verkostot",
                "+358 44 987 6543 | tiina.tuuli@alli.example.org",
                "Asemapäällikönkatu 1 | FI-00520 Helsinki",
            )
        ),
        (
            "Tiina Tuuli",
            "Asiantuntija, verkostot",
            "Allianssi ry",
            "tiina.tuuli@alli.example.org",
            "+358 44 987 6543",
            "",
            "00520",
        ),
    ),
    (
        "\n".join(
            (
                "Omnia",
                "Koulutuskuntayhtymä",
                "Heikki Hovi",
                "Opinto-ohjaaja",
                "heikki.hovi@omnia.example.org",
                "Lehtimäentie 1, 02770 Espoo",
            )
        ),
        (
            "Heikki Hovi",
            "Opinto-ohjaaja",
            "Omnia Koulutuskuntayhtymä",
            "heikki.hovi@omnia.example.org",
            "",
            "",
            "02770",
        ),
    ),
    (
        "\n".join(
            (
                "Heikki Hovi",
                "Opinto-ohjaaja",
                "Omnia",
                "heikki.hovi@omnia.example.org",
                "Lehtimäentie 1",
                "02770 Espoo",
            )
        ),
        (
            "Heikki Hovi",
            "Opinto-ohjaaja",
            "Omnia",
            "heikki.hovi@omnia.example.org",
            "",
            "",
            "02770",
        ),
    ),
    (
        "\n".join(
            (
                "Jyväskylän",
                "Yliopisto",
                "Ulla Uusi",
                "Tutkija, FT",
                "ulla.uusi@jyu.example.org",
                "Seminaarinkatu 15",
                "40014 Jyväskylän yliopisto",
            )
        ),
        (
            "Ulla Uusi",
            "Tutkija, FT",
            "Jyväskylän Yliopisto",
            "ulla.uusi@jyu.example.org",
            "",
            "",
            "40014",
        ),
    ),
    (
        "\n".join(
            (
                "Käyntikortti",
                "Nimi: Ulla Uusi",
                "Tehtävä: koordinaattori",
                "Järjestö: Kylän Apu ry",
                "Puhelin: 040 765 1234",
                "Sähköposti: ulla@kyla.example.org",
            )
        ),
        (
            "Ulla Uusi",
            "koordinaattori",
            "Kylän Apu ry",
            "ulla@kyla.example.org",
            "040 765 1234",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Rauhankatu 15",
                "Turun 4H-yhdistys",
                "Mika Mänty",
                "Toiminnanjohtaja",
                "p. 02 251 1234",
                "mika@4h.example.org",
                "20100 TURKU",
            )
        ),
        (
            "Mika Mänty",
            "Toiminnanjohtaja",
            "Turun 4H-yhdistys",
            "mika@4h.example.org",
            "02 251 1234",
            "",
            "20100",
        ),
    ),
    (
        "\n".join(
            (
                "MLL Uudenmaan piiri ry",
                "Sanna Lehto",
                "järjestöpäällikkö",
                "sanna.lehto@mll.example.org",
                "Puh. 044 111 2345",
            )
        ),
        (
            "Sanna Lehto",
            "järjestöpäällikkö",
            "MLL Uudenmaan piiri ry",
            "sanna.lehto@mll.example.org",
            "044 111 2345",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Yritysmentori Kalle Kivi",
                "040 5551212",
                "kalle.kivi@example.org",
                "www.kallekivi.example.org",
            )
        ),
        (
            "Kalle Kivi",
            "Yritysmentori",
            "",
            "kalle.kivi@example.org",
            "040 5551212",
            "www.kallekivi.example.org",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Helsingin kaupunki",
                "Kulttuuri ja vapaa-aika",
                "Osallisuus ja neuvonta",
                "Tuulia Tamminen",
                "Stadiluotsi",
                "PL 1, 00099 Helsingin kaupunki",
                "tuulia.tamminen@hel.example.org",
                "p. 09 310 12345",
            )
        ),
        (
            "Tuulia Tamminen",
            "Stadiluotsi",
            "Helsingin kaupunki",
            "tuulia.tamminen@hel.example.org",
            "09 310 12345",
            "",
            "00099",
        ),
    ),
    (
        "\n".join(
            (
                "Svenska studiecentralen",
                "Kyrkogatan 10, 10600 Ekenäs",
                "Bodil Fröberg",
                "regionchef",
                "019 241 2345",
                "bodil.froberg@ssc.example.org",
            )
        ),
        (
            "Bodil Fröberg",
            "regionchef",
            "Svenska studiecentralen",
            "bodil.froberg@ssc.example.org",
            "019 241 2345",
            "",
            "10600",
        ),
    ),
    (
        "\n".join(
            (
                "Refugee Hospitality Club ry",
                "Tel 045 123 4567",
                "Ahmed Al-Hassan",
                "Vice Chair",
                "ahmed@rhc.example.org",
                '"Everyone is welcome"',
            )
        ),
        (
            "Ahmed Al-Hassan",
            "Vice Chair",
            "Refugee Hospitality Club ry",
            "ahmed@rhc.example.org",
            "045 123 4567",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Martat",
                "Uudenmaan Martat ry",
                "Anne Mäki",
                "Toiminnanjohtaja",
                "Lapinlahdenkatu 3 A",
                "00180 HELSINKI",
                "anne.maki@martat.example.org",
                "050 301 2345",
            )
        ),
        (
            "Anne Mäki",
            "Toiminnanjohtaja",
            "Uudenmaan Martat ry",
            "anne.maki@martat.example.org",
            "050 301 2345",
            "",
            "00180",
        ),
    ),
    (
        "\n".join(
            (
                "KRISTIINA KUKKA",
                "Free lance -kouluttaja, KM",
                "kristiina@kukka.example.org",
                "+358 50 333 4455",
            )
        ),
        (
            "KRISTIINA KUKKA",
            "Free lance -kouluttaja, KM",
            "",
            "kristiina@kukka.example.org",
            "+358 50 333 4455",
            "",
            "",
        ),
    ),
    (
        "\n".join(
            (
                "Kirkkonummen kunta / Kyrkslätts kommun",
                "Jonna Berg",
                "hyvinvointikoordinaattori / välfärdskoordinator",
                "PL 20, 02401 Kirkkonummi",
                "jonna.berg@kirkkonummi.example.org",
                "040 126 9000",
            )
        ),
        (
            "Jonna Berg",
            "hyvinvointikoordinaattori / välfärdskoordinator",
            "Kirkkonummen kunta",
            "jonna.berg@kirkkonummi.example.org",
            "040 126 9000",
            "",
            "02401",
        ),
    ),
    (
        "\n".join(
            (
                "Kari Koski",
                "Pastor, verksamhetsledare",
                "Esbo svenska församling",
                "Kyrkogatan 10, 02770 Esbo",
                "kari.koski@evl.example.org",
            )
        ),
        (
            "Kari Koski",
            "Pastor, verksamhetsledare",
            "Esbo svenska församling",
            "kari.koski@evl.example.org",
            "",
            "",
            "02770",
        ),
    ),
    (
        "\n".join(
            ("Nuorisovaltuusto", "Aada Ahola", "puheenjohtaja", "aada.ahola@nuva.example.org")
        ),
        ("Aada Ahola", "puheenjohtaja", "", "aada.ahola@nuva.example.org", "", "", ""),
    ),
]
