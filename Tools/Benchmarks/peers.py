"""Gives the events of a log to libraries in Python, and tells what they cost. Run by Tools/benchmark in their environment.

    python peers.py eventsourcing|pymerkle LOG.DB COUNT SCRATCH

Prints one JSON object: for each kind of work how often it was done, the seconds it took, and the seconds of CPU.
"""
import json
import os
import sqlite3
import sys
import time


class Clock:
    """Measures a stretch of work."""

    def __init__(self):
        self.results = {}

    def measure(self, name, count, work):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        self.results[name] = {
            "count": count, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        return result


def events(path, count):
    """Subject, version and bytes of the first events of a log."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as log:
        yield from log.execute("SELECT subject, version, leaf FROM event ORDER BY position LIMIT ?", (count,))


def measure_eventsourcing(clock, log, count, scratch):
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event
    from eventsourcing.persistence import StoredEvent
    from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
    from uuid import NAMESPACE_URL, uuid5

    # Its recorder alone, as bare as it goes: 1,000 events a transaction.
    datastore = SQLiteDatastore(os.path.join(scratch, "recorder.db"))
    recorder = SQLiteApplicationRecorder(datastore)
    recorder.create_table()
    stored = [StoredEvent(uuid5(NAMESPACE_URL, subject), version, "measure:Event", leaf)
              for subject, version, leaf in events(log, count)]

    def record():
        for start in range(0, len(stored), 1000):
            recorder.insert_events(stored[start:start + 1000])

    clock.measure("record", len(stored), record)

    def read():
        start = 1
        while True:
            page = recorder.select_notifications(start=start, limit=1000)
            if not page:
                return
            start = page[-1].id + 1

    clock.measure("read", len(stored), read)
    datastore.close()

    # Its application: aggregates with a method for what happens, saved some at a time, replayed by reading them again.
    class Subject(Aggregate):
        @event("Began")
        def __init__(self, told):
            self.last, self.number = told, 1

        @event("Told")
        def tell(self, told):
            self.last, self.number = told, self.number + 1

    os.environ["PERSISTENCE_MODULE"] = "eventsourcing.sqlite"
    os.environ["SQLITE_DBNAME"] = os.path.join(scratch, "application.db")
    application = Application()
    some = min(count, 20_000)

    def save():
        subjects, changed, told = {}, {}, 0
        for subject, _, leaf in events(log, some):
            text = leaf.decode()
            if subject in subjects:
                subjects[subject].tell(text)
            else:
                subjects[subject] = Subject(text)
            changed[subject] = subjects[subject]
            told += 1
            if told % 1000 == 0:
                application.save(*changed.values())
                changed = {}
        if changed:
            application.save(*changed.values())
        return [subject.id for subject in subjects.values()]

    ids = clock.measure("save", some, save)

    def replay():
        for subject in ids:
            application.repository.get(subject)

    clock.measure("replay", some, replay)


def measure_pymerkle(clock, log, count, scratch):
    from pymerkle import SqliteTree, verify_inclusion

    tree = SqliteTree(os.path.join(scratch, "merkle.db"))
    leaves = [leaf for _, _, leaf in events(log, count)]
    clock.measure("appendMany", len(leaves), lambda: tree.append_entries(leaves))
    del leaves
    few = 100

    def append():
        for number in range(few):
            tree.append_entry(b"one more event %d" % number)

    clock.measure("append", few, append)
    size = tree.get_size()
    asked = [1 + (number * 7919) % size for number in range(20)]
    proofs = clock.measure("prove", len(asked), lambda: [tree.prove_inclusion(index, size) for index in asked])
    root = tree.get_root(size)
    bases = [tree.get_leaf(index) for index in asked]

    def check():
        for _ in range(50):
            for base, proof in zip(bases, proofs):
                verify_inclusion(base, root, proof)

    clock.measure("check", 50 * len(asked), check)


def main():
    peer, log, count, scratch = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    clock = Clock()
    {"eventsourcing": measure_eventsourcing, "pymerkle": measure_pymerkle}[peer](clock, log, count, scratch)
    print(json.dumps(clock.results))


main()
