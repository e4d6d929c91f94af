"""Measures Annals beside the limits and its peers, prints the tables, and puts them into docs/performance.md.

Run by Tools/benchmark, which builds what is measured:

    python measure.py --sizes 10000,100000 --programs DIRECTORY --limits FILE --peers PYTHON --scratch DIRECTORY [--write]
"""
import argparse
import collections
import json
import math
import os
import platform
import random
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DOCUMENT = os.path.join(ROOT, "docs", "performance.md")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
# What takes long and costs the same for each event however many there are is measured with so many at most.
TESTIMONIES_MAX = 100_000
PEER_MAX = 100_000
# Of each work of a second or more, as of its limits and peers, the fastest of so many runs counts: what else the machine
# does makes any of them slower by a tenth.
RUNS = 2
OUTPUT_MAX = 1 << 20
# So many that the write-ahead logs are begun anew several times, as in a program that runs for long.
APPENDS = 2_000


def say(text):
    print(text, file=sys.stderr, flush=True)


class Measured:
    """What a program cost: seconds by the clock, seconds of CPU (user and system), most memory, what it printed."""

    def __init__(self, wall, cpu, resident, output):
        self.wall, self.cpu, self.resident, self.output = wall, cpu, resident, output


class Bench:
    def __init__(self, given):
        self.scratch = given.scratch
        self.annals = os.path.join(given.programs, "annals")
        self.harness = os.path.join(given.programs, "Harness")
        self.limits = given.limits
        self.python = given.peers

    # Running

    def run(self, words, cores=None, accepts=(0,)):
        """Runs a program to its end; on some of the cores, if told."""
        if cores is not None:
            words = ["taskset", "-c", cores] + words
        out = os.path.join(self.scratch, "output")
        with open(out, "wb") as output:
            begun = time.perf_counter()
            process = subprocess.Popen(words, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        # No more: what this program keeps in memory counts for what it starts as well.
        with open(out, "rb") as output:
            text = output.read(OUTPUT_MAX).decode(errors="replace")
        if process.returncode not in accepts:
            sys.exit(f"benchmark: {' '.join(words)} ended with {process.returncode}: {text[-2000:]}")
        return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, text)

    def lines(self, words):
        """What a program prints, line by line."""
        self.run(words)
        with open(os.path.join(self.scratch, "output"), errors="replace") as output:
            yield from output

    def best(self, words, times, **more):
        """The fastest of some runs, by the clock and by CPU: what else the machine does only makes them slower."""
        return self.fastest([self.run(words, **more) for _ in range(times)])

    @staticmethod
    def fastest(runs):
        return Measured(min(r.wall for r in runs), min(r.cpu for r in runs), max(r.resident for r in runs), runs[0].output)

    def limit(self, *words, times=1):
        runs = []
        for _ in range(times):
            for word in map(str, words[2:]):
                for end in ("", "-wal", "-shm", "-journal"):
                    if word.endswith("new.db") and os.path.exists(word + end):
                        os.remove(word + end)
            numbers = self.run([self.limits, *map(str, words)]).output.split()
            runs.append((float(numbers[1]), float(numbers[2]), int(numbers[0])))
        return {"count": runs[0][2], "wall": min(r[0] for r in runs), "cpu": min(r[1] for r in runs)}

    def path(self, *names):
        return os.path.join(self.scratch, *names)

    def ledger(self, name):
        path = self.path(name)
        shutil.rmtree(path, ignore_errors=True)
        self.run([self.annals, "init", path, "--origin", "localhost/benchmark", "--quiet"])
        return path

    def history(self, count, *words):
        path = self.path("history.jsonl")
        with open(path, "wb") as file:
            subprocess.run(
                [sys.executable, os.path.join(ROOT, "Tools", "generate-history"), str(count), *words], stdout=file, check=True)
        return path

    def imported(self, history, name):
        """A ledger with the events of a file, and the fastest of some imports of it, each into a ledger of its own."""
        runs = []
        for _ in range(RUNS):
            ledger = self.ledger(name)
            runs.append(self.run([self.annals, "import", history, "--ledger", ledger, "--quiet"]))
        return ledger, self.fastest(runs)

    # One size

    def measure(self, count):
        say(f"{count} events:")
        found = {}
        history = self.history(count)
        found["bytes"] = os.path.getsize(history) / count
        self.note("import")
        ledger, done = self.imported(history, "ledger")
        found["import"] = self.each(done, count)
        log = os.path.join(ledger, "log.db")
        self.note("rebuild")
        found["rebuild"] = self.each(self.best([self.annals, "rebuild", "--ledger", ledger, "--quiet"], RUNS), count)
        self.note("verify")
        found["verify"] = self.each(self.best([self.annals, "verify", log], RUNS), count)
        found["verify with views"] = self.each(self.run([self.annals, "verify", ledger]), count)
        found["verify one core"] = {"wall": self.tree(log, "0") / count}
        found["verify all cores"] = {"wall": self.tree(log, None) / count}
        found["replay"] = self.each(self.best([self.annals, "replay", "--ledger", ledger], 2), count)
        self.note("limits")
        new = self.path("new.db")
        for name, words in {
            "limit insert": ("insert", log, new), "limit verify": ("verify", log), "limit scan": ("scan", log)}.items():
            found[name] = self.of_limit(self.limit(*words, times=3))
        # By the events, not by the rows: what each of them leaves behind in the views.
        copied = self.limit("copy", os.path.join(ledger, "views.db"), new, times=2)
        found["limit views"] = {"wall": copied["wall"] / count, "cpu": copied["cpu"] / count}
        found["limit append"] = self.of_limit(self.limit("append", log, new, APPENDS))
        self.note("questions, proofs, appends")
        inside = json.loads(self.run([self.harness, ledger, str(APPENDS), "200"]).output)
        for name, work in inside.items():
            found[name] = {"wall": work["wall"] / work["count"], "cpu": work["cpu"] / work["count"]}
        self.processes(found, ledger, count)
        self.note("publish")
        public = self.path("public")
        shutil.rmtree(public, ignore_errors=True)
        words = [self.annals, "publish", public, "--ledger", ledger, "--quiet"]
        if "--tiles-only" in self.run([self.annals, "publish", "--help"]).output:
            words.append("--tiles-only")
        found["publish"] = self.each(self.run(words), count)
        shutil.rmtree(public, ignore_errors=True)
        self.peers(found, log, count)
        shutil.rmtree(ledger)
        self.testimonies(found, min(count, TESTIMONIES_MAX))
        return found

    def note(self, what):
        say(f"  {what}")

    @staticmethod
    def each(done, count):
        return {"wall": done.wall / count, "cpu": done.cpu / count, "resident": done.resident}

    @staticmethod
    def of_limit(done):
        return {"wall": done["wall"] / done["count"], "cpu": done["cpu"] / done["count"]}

    def tree(self, log, cores):
        """Seconds for the tree alone: columns beside the events and views are no part of the limit."""
        found = []
        for _ in range(3):
            output = self.run([self.annals, "verify", log, "--verbose"], cores=cores).output
            found += [float(line.split(":")[-1].split()[0]) for line in output.splitlines() if "tree of" in line]
        return min(found) if found else float("nan")

    def processes(self, found, ledger, count):
        """Questions as processes, start-up and opening included."""
        self.note("processes")
        rows = self.lines([self.annals, "status", "--ledger", ledger, "--format", "csv"])
        next(rows)
        # The longer the log, the more a country has to tell: places of some 50 rows are as many rows in every log.
        # What is under an institution is told with it. A path of one part reads like a country.
        places = collections.Counter()
        for country, institution, *_ in (row.split(",", 2) for row in rows):
            parts = institution.split("/")
            places.update({country, *("/".join(parts[:end]) for end in range(2, len(parts) + 1))} - {""})
        countries = sorted(places, key=lambda place: (abs(places[place] - 50), place))[:20] or ["US"]
        chance = random.Random(7).random
        country = lambda: countries[int(chance() * len(countries))]
        found["process smallest"] = self.process([self.annals, "--version"])
        found["process shell"] = self.process(["sqlite3", ":memory:", "SELECT 1"]) if shutil.which("sqlite3") else None
        asked = ["status", "--ledger", ledger, "--format", "csv"]
        found["process open"] = self.process([self.annals, *asked, "AQ"])
        found["process status"] = self.process([self.annals, *asked, country()])
        found["process known-at"] = self.process([self.annals, *asked, country(), "--known-at", str(count // 2)])
        found["process append"] = self.process([
            self.annals, "append", "policy.adopted", "subject=policy:us-benchmark", "occurred=2019-05-04", "country=US", "kind=new",
            "unsourced=true", "--ledger", ledger])

    def process(self, words, times=15):
        done = self.best(words, times)
        return {"wall": done.wall, "cpu": done.cpu}

    def peers(self, found, log, count):
        if self.python is None:
            return
        self.note("peers")
        for peer, most in (("eventsourcing", PEER_MAX), ("pymerkle", count)):
            scratch = self.path("peer")
            shutil.rmtree(scratch, ignore_errors=True)
            os.mkdir(scratch)
            script = os.path.join(ROOT, "Tools", "Benchmarks", "peers.py")
            for _ in range(RUNS):
                output = self.run([self.python, script, peer, log, str(min(count, most)), scratch]).output
                for name, work in json.loads(output.splitlines()[-1]).items():
                    each = {clock: work[clock] / work["count"] for clock in ("wall", "cpu")}
                    before = found.get(f"{peer} {name}", each)
                    found[f"{peer} {name}"] = {clock: min(each[clock], before[clock]) for clock in each}
                shutil.rmtree(scratch)
                os.mkdir(scratch)
            shutil.rmtree(scratch)

    def testimonies(self, found, count):
        self.note("testimonies")
        history = self.history(count, "--testimonies")
        ledger, done = self.imported(history, "sealed")
        found["import sealed"] = self.each(done, count)
        log, vault = (os.path.join(ledger, name) for name in ("log.db", "vault.db"))
        found["limit sealed"] = self.of_limit(
            self.limit("insert", log, self.path("new.db"), vault, self.path("vault-new.db"), times=2))
        shutil.rmtree(ledger)


# Tables


def number(value):
    """Three digits that count."""
    if value is None or math.isnan(value):
        return "–"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


ROWS = [
    # Name, key, unit, seconds in a unit, what grows
    ("import of JSON Lines, all on", "import", "µs an event", 1e-6, "total"),
    ("import of sealed testimonies (at most 100,000)", "import sealed", "µs an event", 1e-6, "total"),
    ("rebuild of the views", "rebuild", "µs an event", 1e-6, "total"),
    ("verify a log, columns and all", "verify", "µs an event", 1e-6, "total"),
    ("verify a ledger, views too", "verify with views", "µs an event", 1e-6, "total"),
    ("replay (the events, to a file)", "replay", "µs an event", 1e-6, "total"),
    ("publish into an empty directory", "publish", "µs an event", 1e-6, "total"),
    ("one durable append, ledger open", "append", "µs", 1e-6, "each"),
    ("… until the views have it too, many in a row", "append and views", "µs", 1e-6, "each"),
    ("status of a place of some 50 rows, ledger open", "status country", "µs", 1e-6, "each"),
    ("… on an old day", "status country --on", "µs", 1e-6, "each"),
    ("… as known at an old position", "status country --known-at", "µs", 1e-6, "each"),
    ("status of all countries in turn, a country", "status countries", "µs", 1e-6, "each"),
    ("status of a subject, ledger open", "status subject", "µs", 1e-6, "each"),
    ("… on an old day", "status subject --on", "µs", 1e-6, "each"),
    ("… as known at an old position", "status subject --known-at", "µs", 1e-6, "each"),
    ("status of the world, ledger open", "status world", "ms", 1e-3, "each"),
    ("… on an old day", "status world --on", "ms", 1e-3, "each"),
    ("… as known at an old position", "status world --known-at", "ms", 1e-3, "each"),
    ("prove, ledger open", "prove", "µs", 1e-6, "each"),
    ("check-proof with its signature", "check-proof", "µs", 1e-6, "each"),
    ("check the path alone", "check a path", "µs", 1e-6, "each"),
    ("process: the smallest command", "process smallest", "ms", 1e-3, "each"),
    ("process: open and find nothing", "process open", "ms", 1e-3, "each"),
    ("process: status of such a place", "process status", "ms", 1e-3, "each"),
    ("process: the same, half the log known", "process known-at", "ms", 1e-3, "each"),
    ("process: append one event", "process append", "ms", 1e-3, "each"),
    ("limit: insert the same rows, C", "limit insert", "µs an event", 1e-6, "total"),
    ("limit: the same with the vault's rows", "limit sealed", "µs an event", 1e-6, "total"),
    ("limit: insert the views' rows, make their indexes, C", "limit views", "µs an event", 1e-6, "total"),
    ("limit: commit one row, C", "limit append", "µs", 1e-6, "each"),
    ("limit: scan and OpenSSL, C", "limit verify", "µs an event", 1e-6, "total"),
    ("limit: scan, C", "limit scan", "µs an event", 1e-6, "total"),
    ("limit: process, sqlite3's shell", "process shell", "ms", 1e-3, "each"),
    ("eventsourcing: its recorder, 1,000 a batch", "eventsourcing record", "µs an event", 1e-6, "total"),
    ("eventsourcing: its recorder, reading", "eventsourcing read", "µs an event", 1e-6, "total"),
    ("eventsourcing: its application saves", "eventsourcing save", "µs an event", 1e-6, "total"),
    ("eventsourcing: its application replays", "eventsourcing replay", "µs an event", 1e-6, "total"),
    ("pymerkle: append many at once", "pymerkle appendMany", "µs an event", 1e-6, "total"),
    ("pymerkle: append one", "pymerkle append", "µs", 1e-6, "each"),
    ("pymerkle: prove", "pymerkle prove", "µs", 1e-6, "each"),
    ("pymerkle: check", "pymerkle check", "µs", 1e-6, "each"),
]


def cost(found, size, key, what="cpu"):
    """Seconds; of CPU if they were counted. Not a number where it was not measured."""
    values = found.get(size, {}).get(key)
    if not values:
        return float("nan")
    return values.get(what, values.get("wall", float("nan")))


def exponent(found, key, grows):
    """Of the cost, between the two greatest sizes; 0 is no growth, 1 is growth like the log's."""
    sizes = sorted(found)
    if len(sizes) < 2:
        return float("nan")
    small, large = sizes[-2:]
    one, other = cost(found, small, key), cost(found, large, key)
    if not (one > 0 and other > 0):
        return float("nan")
    return math.log(other / one, large / small) + (1 if grows == "total" else 0)


def costs_table(found):
    sizes = sorted(found)
    lines = ["| work | unit | " + " | ".join(f"{size:,} events" for size in sizes) + " | exponent |",
             "|---|---|" + "---:|" * (len(sizes) + 1)]
    for name, key, unit, seconds, grows in ROWS:
        if not any(found[size].get(key) for size in sizes):
            continue
        cells = []
        for size in sizes:
            cpu, wall = cost(found, size, key) / seconds, cost(found, size, key, "wall") / seconds
            cells.append(f"{number(cpu)} ({number(wall)})")
        grown = exponent(found, key, grows)
        lines.append(f"| {name} | {unit} | " + " | ".join(cells) + f" | {'–' if math.isnan(grown) else f'{grown:.2f}'} |")
    return lines


def goals(found):
    """Each goal with what was measured at the greatest size, and whether it is reached."""
    size = max(found)
    of = lambda key, what="cpu": cost(found, size, key, what)
    mebibytes = lambda key: found[size][key]["resident"] / 2 ** 20
    clock = lambda key: of(key, "wall")
    yield "bulk append, share of the limit's rate (CPU)", of("limit insert") / of("import"), ">=", 0.7
    yield "… by the clock, on all cores", clock("limit insert") / clock("import"), ">=", 0.7
    yield ("… of the rate at which C inserts all that it leaves behind, views too (CPU)",
           (of("limit insert") + of("limit views")) / of("import"), ">=", 0.7)
    yield "… by the clock", (clock("limit insert") + clock("limit views")) / clock("import"), ">=", 0.7
    yield "the same as the first for sealed testimonies (CPU)", of("limit sealed") / of("import sealed"), ">=", 0.5
    yield "… by the clock", clock("limit sealed") / clock("import sealed"), ">=", 0.5
    yield "one durable append, share of the limit's rate by the clock", of("limit append", "wall") / of("append", "wall"), ">=", 0.9
    yield "verify, share of the limit's rate, one core", of("limit verify", "wall") / of("verify one core", "wall"), ">=", 0.65
    yield "verify, share of the limit's rate, all cores", of("limit verify", "wall") / of("verify all cores", "wall"), ">=", 1.2
    yield "rebuild, events a second", 1 / of("rebuild", "wall"), ">=", 700_000
    yield "status of a country or institution of some 50 rows, ms", of("status country", "wall") * 1e3, "<=", 5
    if len(found) > 1:
        smaller = sorted(found)[-2]
        yield (f"… its growth from {smaller:,} events on", of("status country") / cost(found, smaller, "status country"), "<=", 1.5)
    yield "… on an old day, ms", of("status country --on", "wall") * 1e3, "<=", 50
    yield "… at an old position, ms", of("status country --known-at", "wall") * 1e3, "<=", 50
    yield "a query as a process, times sqlite3's shell", of("process status", "wall") / of("process shell", "wall"), "<=", 2
    yield "prove, times as fast as pymerkle", of("pymerkle prove") / of("prove"), ">=", 100
    yield "check a path, times as fast as pymerkle", of("pymerkle check") / of("check a path"), ">=", 15
    yield "replay, times as fast as eventsourcing's application", of("eventsourcing replay") / of("replay"), ">=", 10
    yield "replay with all folds (rebuild), times as fast as the same", of("eventsourcing replay") / of("rebuild"), ">=", 10
    for who, key, wanted in (("bare recorder", "eventsourcing record", 1), ("application", "eventsourcing save", 5)):
        yield f"bulk append, times as fast as eventsourcing's {who} (CPU)", of(key) / of("import"), ">=", wanted
        yield "… by the clock", clock(key) / clock("import"), ">=", wanted
    for key in ("append", "status country", "prove"):
        yield f"exponent of {key}", exponent(found, key, "each"), "<=", 0.1
    for key in ("import", "verify", "rebuild"):
        yield f"exponent of {key}", exponent(found, key, "total"), "<=", 1.05
    yield "most memory of import, MiB", mebibytes("import"), "<=", 200
    yield "most memory of verify, views too, MiB", mebibytes("verify with views"), "<=", 200


def goals_table(found):
    lines = [f"| goal, at {max(found):,} events | wanted | measured | |", "|---|---:|---:|---|"]
    for name, measured, sense, wanted in goals(found):
        if math.isnan(measured):
            verdict = "not measured"
        else:
            verdict = "reached" if (measured >= wanted if sense == ">=" else measured <= wanted) else "**short**"
        sign = "at least" if sense == ">=" else "at most"
        lines.append(f"| {name} | {sign} {wanted:,} | {number(measured)} | {verdict} |")
    return lines


def machine():
    model = "processor unknown"
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
        with open("/proc/meminfo", encoding="utf-8") as file:
            memory = int(file.readline().split()[1]) / 1024 ** 2
    except (OSError, StopIteration):
        memory = float("nan")
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB of memory, {platform.system()} {platform.release().split('-')[0]}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", required=True)
    parser.add_argument("--programs", required=True)
    parser.add_argument("--limits", required=True)
    parser.add_argument("--peers")
    parser.add_argument("--scratch", required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    sizes = sorted({int(size) for size in given.sizes.split(",")})
    bench = Bench(given)
    begun = time.time()
    # The build of what is measured, just before, counts for one.
    others = os.getloadavg()[0]
    found = {size: bench.measure(size) for size in sizes}
    text = "\n".join([
        f"Measured on {time.strftime('%Y-%m-%d')} on a machine with {machine()}, in {(time.time() - begun) / 60:.0f} minutes.",
        *([] if others < 1.2 else [
            f"Other programs kept it busy (load {others:.0f} at the beginning): look at CPU time alone, and measure again when it is quiet."]),
        "", "### Goals", "", *goals_table(found), "", "### Costs", "",
        "CPU time (user and system), and in brackets time by the clock. The exponent is that of the whole cost between the two",
        "greatest sizes: 0 does not grow, 1 grows like the log.", "", *costs_table(found)])
    print(text)
    if given.write:
        with open(DOCUMENT, encoding="utf-8") as file:
            page = file.read()
        head, rest = page.split(BEGIN, 1)
        tail = rest.split(END, 1)[1]
        with open(DOCUMENT, "w", encoding="utf-8") as file:
            file.write(f"{head}{BEGIN}\n{text}\n{END}{tail}")
        say("docs/performance.md has the tables.")


main()
