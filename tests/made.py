"""Small made-up documents in the forms that municipalities use: other words and figures than any shipped document."""

from __future__ import annotations

import re

FORM = """
Toiminnallisten tavoitteiden seuranta, tekninen toimiala

Vesipalvelut

PAINOPISTE Puhdas Lammi

TAVOITE Vesijohtoverkko on kunnossa

TEKO Verkoston saneeraus

TOIMENPIDE Uusitaan vanhimmat putket

MITTARI 1
Uusittujen putkien pituus vuodessa*

Lähtötaso Tavoitetaso

4,2 km (2021) 6,5 km

MITTARI 2
Vuotovesien osuus 18 % (2021) Enintään 12 %

Selvitys toimenpiteen edistymisestä vuoden ensimmäisellä neljänneksellä (Q1):
Putkia on uusittu 1,7 km. Kaivuu jatkuu toukokuussa.

*Ei sisällä tonttijohtoja

Puistopalvelut

PAINOPISTE Vihreä Lammi

TAVOITE Puistot ovat kaikkien

TEKO Leikkipaikkojen kunnostus

TOIMENPIDE Leikkipaikat tarkastetaan

MITTARI Tarkastettujen leikkipaikkojen osuus
Lähtötaso Tavoitetaso

Ei Kyllä

Selvitys toimenpiteen edistymisestä vuoden ensimmäisellä neljänneksellä (Q1):
Tarkastukset alkavat huhtikuussa.
"""

FLATTENED = """
Ruokapalvelut
TEEMA Vastuullisuus

TAVOITE Hävikki pienenee

TEKO Ruokahävikin seuranta

TOIMENPIDE Keittiöt punnitsevat hävikin

MITTARI Lähtötaso Tavoitetaso


Lautashävikki annosta kohden
(koulut ja päiväkodit)

Kotimaisten raaka-aineiden osuus

37 g

61 %

29 g

70 %

Käyttösuunnitelman yhteydessä vahvistettavat osatavoitteet ja niiden aikataulu:
Osatavoite 1: Vaa'at on hankittu keväällä
Osatavoite 2: Hävikki punnitaan kaikissa
keittiöissä

Vastuuhenkilö: ruokapalvelupäällikkö

TEEMA Osaaminen

TAVOITE Keittiöissä osataan

TEKO Koulutusohjelma

TOIMENPIDE Koulutetaan kokit

MITTARI
Ohjelma valmis

Opas valmis

Koulutettujen määrä

Säästynyt työaika

Lähtötaso Tavoitetaso

Kesken

Kesken

3

Valmis

Valmis

45 kokkia

6 htv

Vastuuhenkilöt: ruokapalvelupäällikkö ja keittiömestari
"""

BROCHURE = """ Lammin kaupungin viestintäohjelma

Viestimme selkeästi, ja oh-

jelma kertoo, miten se tehdään arjessa.

PAINOPISTEET

Selkeä viestintä

 → Tiedotteiden luettavuus paranee. Lähtötaso (ka) 2,7. Tavoitetaso\x20

v. 2025 3,1 ja v. 2027 3,4.

→ Kuntalaiskyselyn vastausten määrä. Lähtötaso 410 kpl. Tavoitetaso enintään\x20

vuodessa 600 kpl.

→ Seurataan verkkosivujen käyntejä.

Koulutamme kirjoittajia selkeään kieleen.

Uudistamme verkkosivut.

Painopiste Mittarit,

eli näin seuraamme.

Toimenpiteet,

eli näin etenemme.

Tavoite,

eli tähän pyrimme.

Jokainen ymmärtää kaupungin viestit.
"""

NUMBERED = """
Teknisen palvelualueen tavoitteet 2030/toteutuma

Mittari, seuranta ja toimenpiteet tavoitteiden saavuttamiseksi Tavoitteen edistyminen Arvio
toteumasta

1. Katuverkon kunto paranee koko kunnan alueella suunnitelmallisesti.

1. Päällystetään katuja neljä kilometriä vuodessa keskustan alueella ja
taajamissa.

1. Katuja on
päällystetty kolme
kilometriä.

2. Uusitaan katuvalot ledeiksi seitsemällä asuinalueella vuoden aikana
kokonaan.

2. Valoista on
uusittu viisi
aluetta.

1. Rakennusten energiankulutus laskee ja sisäilma pysyy hyvänä kaikissa kohteissa.

1. Asennetaan mittarit yhteentoista rakennukseen ja seurataan kulutusta
viikoittain.

1. Mittarit on
asennettu
yhdeksään.
"""

COLUMNS = """ Tavoite Toimenpiteet Vastuu ja aikataulu Mittarit, arviointi
Kirjasto on kaikkien
olohuone.

Aukioloa laajennetaan
omatoimiaukiololla

Kirjastopäällikkö
2027

Aukiolotunnit 74 viikossa.
Kävijät 9 200 vuodessa.

Uimataito kuuluu kaikille.

Uimakouluja järjestetään
joka kylällä

Liikuntasihteeri Uimakouluja 13 kesässä.

2
"""

PROSE = """
Kokouskutsu

Valtuusto kokoontuu 14. toukokuuta kello 18 kaupungintalolla. Kokouksessa on 9 asiaa.

Päätökset luetaan ääneen. Yleisö on tervetullut.
"""

EVERY = {
    "form": FORM,
    "flattened": FLATTENED,
    "brochure": BROCHURE,
    "numbered": NUMBERED,
    "columns": COLUMNS,
    "prose": PROSE,
}

_KEPT = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}\.\d{1,2}\.\d{2,4}|(?<=Q)\d|\d{1,2}/(?=(?:19|20)\d\d)|\d")


def other_figures(text: str) -> str:
    """The text, as long as before, with each digit d as (d + 3) mod 10; years, dates and quarters stay."""

    def changed(match: re.Match[str]) -> str:
        found = match.group()
        return str((int(found) + 3) % 10) if len(found) == 1 and text[match.start() - 1] != "Q" else found

    return _KEPT.sub(changed, text)
