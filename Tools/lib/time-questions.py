"""Times questions to a ledger, a process each, and prints median and 95th percentile. Called by Tools/bench-known-at."""

import json
import random
import subprocess
import sys
import time

annals, ledger = sys.argv[1:3]
chance = random.Random(7)


def ask(*words):
    """The milliseconds that a question takes, and how many rows it has."""
    begun = time.perf_counter()
    done = subprocess.run(
        [annals, *words, "--ledger", ledger, "--format", "csv"], check=True, capture_output=True
    )
    return (time.perf_counter() - begun) * 1000, done.stdout.count(b"\n") - 1


def report(name, results):
    times = sorted(milliseconds for milliseconds, _ in results)
    rows = sorted(count for _, count in results)
    middle, late = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"{name:34} {middle:8.1f} ms median {late:8.1f} ms 95th percentile {times[-1]:8.1f} ms at most"
          f"   rows: {rows[len(rows) // 2]} median, {rows[-1]} at most")


status = json.loads(subprocess.run(
    [annals, "status", "--ledger", ledger, "--format", "json"], check=True, capture_output=True).stdout)
size = status["size"]
countries = sorted({row["country"] for row in status["rows"] if row["country"]})
print(f"{size} events, {len(countries)} countries")
ask("status", countries[0])
report("nothing asked (a country without)", [ask("status", "AQ") for _ in range(20)])
report("a country at the head", [ask("status", country) for country in countries])
report("a country, known at any position", [
    ask("status", country, "--known-at", str(chance.randrange(size // 100, size)))
    for country in countries])
report("the same on any day", [
    ask("status", country, "--known-at", str(chance.randrange(size // 100, size)),
        "--on", f"{chance.randrange(1990, 2026)}-06-15")
    for country in countries])
large = max(countries, key=lambda code: sum(row["country"] == code for row in status["rows"]))
report(f"the largest ({large}), at any position", [
    ask("status", large, "--known-at", str(chance.randrange(size // 100, size))) for _ in range(20)])
