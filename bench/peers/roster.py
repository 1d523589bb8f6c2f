"""The rosters' peers: SQLite's own shell and PostgreSQL's COPY, each into a table with a unique index, and openpyxl only
reading the sheet. They count the different people."""

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import psycopg

folder = Path(sys.argv[1])
roster = folder / "roster.csv"


def timed(act):
    begun = time.perf_counter()
    answer = act()
    return time.perf_counter() - begun, answer


def sqlite():
    # A repeated row breaks the unique index; the shell reports it and goes on.
    script = "\n".join([
        "PRAGMA journal_mode = WAL;",
        "PRAGMA synchronous = FULL;",
        "CREATE TABLE roster (name TEXT, number TEXT UNIQUE, phone TEXT, grp TEXT);",
        f".import --csv --skip 1 {roster} roster",
        "SELECT count(*) FROM roster;",
    ])
    run = subprocess.run(["sqlite3", str(folder / "peer.sqlite")], input=script, capture_output=True, text=True, check=False)
    return int(run.stdout.split()[-1])


def copy(connection):
    # COPY stops at a repeated row, so it is given the rows without: less work than ours.
    seen = set()
    with connection.cursor().copy("COPY roster FROM STDIN (FORMAT csv)") as to, roster.open(encoding="utf-8") as file:
        next(file)
        lines = []
        for line in file:
            number = line.split(",", 2)[1]
            if number not in seen:
                seen.add(number)
                lines.append(line)
            if len(lines) == 10_000:
                to.write("".join(lines))
                lines.clear()
        to.write("".join(lines))


def sheet():
    book = openpyxl.load_workbook(folder / "roster.xlsx", read_only=True)
    rows = book.worksheets[0].iter_rows(min_row=2, values_only=True)
    return len({row[1] for row in rows})


sqlite_took, people = timed(sqlite)
connection = psycopg.connect(os.environ["BENCH_POSTGRES"], autocommit=True)
connection.execute("DROP TABLE IF EXISTS roster")
connection.execute("CREATE TABLE roster (name text, number text UNIQUE, phone text, grp text)")
copy_took, _ = timed(lambda: copy(connection))
(counted,) = connection.execute("SELECT count(*) FROM roster").fetchone()
connection.execute("DROP TABLE roster")
if counted != people:
    sys.exit(f"SQLite counts {people} people, PostgreSQL {counted}")
with roster.open(encoding="utf-8") as file:
    different = len({row[1] for row in csv.reader(file)}) - 1
if different != people:
    sys.exit(f"the file names {different} people, SQLite counts {people}")
sheet_took, sheet_people = timed(sheet)
print(json.dumps({
    "sqlite": sqlite_took, "copy": copy_took, "openpyxl": sheet_took, "people": people, "sheet_people": sheet_people,
}))
