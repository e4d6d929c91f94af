"""Writes a made-up history as JSON Lines, for measurements: the same seed and size give the same bytes everywhere.

    python3 random-history.py EVENTS [SEED] > history.jsonl

Bills of 200 countries go their way, from announced to in force or lapsed; who legislates much and who little follows
Zipf's law. Some 500 bills are under way at any time, so that what is told of one lies far apart in the log. One date in
eight is uncertain or imprecise, one event in fifty is recorded years late, one in two hundred corrects the date of an
earlier one, and one in a thousand is retracted. An event takes about 400 bytes.
"""

import os
import random
import sys

COUNTRIES = 200
UNDER_WAY = 500
STEPS = [
    ("bill.announced", {"proposer": "A member"}),
    ("bill.introduced", {"identifier": ["No. {n}"], "chamber": "house", "sponsor": ["A member"]}),
    ("bill.advanced", {"stage": "hearing"}),
    ("bill.passed", {"chamber": "house", "mode": "recorded"}),
    ("bill.passed", {"chamber": "senate", "mode": "voice"}),
    ("bill.enacted", {"mode": "signed", "law_number": "Law {n}"}),
    ("law.commenced", {}),
]
LAPSED = ("bill.failed", {"kind": "lapsed"})


def codes(root):
    """The first codes of ISO 3166-1 that have no limits of validity."""
    table = os.path.join(root, "Sources", "Codes", "Embedded")

    def first_columns(name):
        with open(os.path.join(table, name), encoding="utf-8") as lines:
            return [line.split("\t")[0] for line in lines if not line.startswith("#") and line.strip()]

    limited = set(first_columns("validity.tsv"))
    return [code for code in first_columns("iso-3166-1.tsv") if code not in limited][:COUNTRIES]


def text(value):
    """A value as JSON; there is nothing in it that needs escaping."""
    if isinstance(value, dict):
        return "{" + ",".join(f'"{key}":{text(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(text(item) for item in value) + "]"
    return f'"{value}"'


def day(chance, number):
    """A day of some year from 1990 on, as told: now and then only the month or the year, or with a doubt."""
    year, rest = divmod(number, 336)
    month, date = divmod(rest, 28)
    told = f"{1990 + year}-{month + 1:02}-{date + 1:02}"
    return chance.choices([told, told[:7], told[:4], told + "?"], [875, 75, 30, 20])[0]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    count = int(sys.argv[1])
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) == 3 else 1)
    places = codes(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    weights = [1 / (rank + 1) for rank in range(len(places))]
    bills = []
    told = []  # the events about bills that count
    made = 0
    for position in range(count):
        if position > 100 and chance.random() < 0.006:
            index = chance.randrange(len(told))
            target = f"H{told[index]}"
            if chance.random() < 1 / 6:
                told[index] = told[-1]
                told.pop()
                event = {"type": "event.retracted", "reason": "duplicate"}
            else:
                event = {"type": "event.corrected", "reason": "misread", "new": {"occurred": day(chance, 4000)}}
            event |= {"target": target, "id": f"H{position}", "occurred": "2026-01-01"}
        else:
            while len(bills) < UNDER_WAY:
                made += 1
                bills.append([chance.choices(places, weights)[0], made, 0, chance.randrange(336 * 34)])
            bill = chance.choice(bills)
            place, number, step, when = bill
            kind, fields = LAPSED if 1 < step < 5 and chance.random() < 0.1 else STEPS[step]
            late = -chance.randrange(336 * 3) if chance.random() < 0.02 else 0
            event = {
                "type": kind, "id": f"H{position}", "subject": f"measure:{place.lower()}-{number}",
                "occurred": day(chance, max(0, when + late)), "country": place,
                "institution": f"{place.lower()}/parliament",
                "title": f"Bill no. {number} on equal treatment at work, as amended",
                "sources": [{"citation": f"Official Journal no. {position}, page 12", "url": f"https://example.org/{position}"}],
            } | {name: value for name, value in fields.items()}
            told.append(position)
            bill[2], bill[3] = step + 1, when + chance.randrange(1, 120)
            if kind == LAPSED[0] or bill[2] == len(STEPS):
                bills.remove(bill)
        print(text(event).replace("{n}", str(position)) if "new" not in event else text(event))


main()
