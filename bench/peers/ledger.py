"""The ledger's peers: DuckDB on sorted rows, and PostgreSQL with a covering index. Organisations are numbered so that a
subtree is a range, which is the best that either can be given. Answers are compared; then the times are printed."""

import json
import os
import sys
import time
from pathlib import Path

import duckdb
import psycopg

COLUMNS = "kind, org, day, grp, person, quantity, amount"
FIGURE = (
    "SELECT CAST(coalesce(sum(quantity), 0) AS bigint), CAST(coalesce(sum(amount), 0) AS bigint), count(DISTINCT person) "
    "FROM fact WHERE kind = {kind} AND org BETWEEN {first} AND {last} AND day BETWEEN DATE '{from}' AND DATE '{to}'"
)
BOARD = (
    "SELECT f.kind, p.first, CAST(sum(quantity) AS bigint), CAST(sum(amount) AS bigint), count(DISTINCT person) "
    "FROM fact f JOIN prefecture p ON f.org BETWEEN p.first AND p.last "
    "WHERE day BETWEEN DATE '2026-01-01' AND DATE '2026-12-31' GROUP BY 1, 2 ORDER BY 1, 2"
)


def timed(act):
    begun = time.perf_counter()
    answer = act()
    return time.perf_counter() - begun, answer


def measure(name, load, query, questions):
    took, _ = timed(load)
    figures = []
    for asked in questions["figures"]:
        text = FIGURE.format(**asked)
        if asked["group"] is not None:
            text += f" AND grp = {asked['group']}"
        spent, (answer,) = timed(lambda: query(text))
        expected = (asked["quantity"], asked["amount"], asked["people"])
        if tuple(answer) != expected:
            sys.exit(f"{name} says {answer}, Niangjia {expected}: {text}")
        figures.append(spent)
    spent, answers = timed(lambda: query(BOARD))
    expected = sorted(
        (f["kind"], f["first"], f["quantity"], f["amount"], f["people"]) for f in questions["board"] if f["people"]
    )
    if [tuple(row) for row in answers] != expected:
        sys.exit(f"{name} gives another board")
    return {"load": took, "figures": figures, "board": spent}


def main():
    folder = Path(sys.argv[1])
    questions = json.loads((folder / "questions.json").read_text())
    prefectures = sorted({(field["first"], field["last"]) for field in questions["board"]})
    values = ", ".join(f"({first}, {last})" for first, last in prefectures)
    facts = folder / "facts.csv"

    duck = duckdb.connect(str(folder / "facts.duckdb"))
    types = {"kind": "SMALLINT", "org": "INTEGER", "day": "DATE", "grp": "SMALLINT", "person": "INTEGER"}
    types |= {"quantity": "INTEGER", "amount": "BIGINT"}

    def load_duck():
        duck.execute(
            f"CREATE TABLE fact AS SELECT * FROM read_csv('{facts}', header = false, columns = {types}) "
            "ORDER BY kind, org, day"
        )
        duck.execute("CREATE TABLE prefecture (first INTEGER, last INTEGER)")
        duck.execute(f"INSERT INTO prefecture VALUES {values}")
        duck.execute("CHECKPOINT")

    duckdb_took = measure("DuckDB", load_duck, lambda text: duck.execute(text).fetchall(), questions)
    duck.close()

    postgres = psycopg.connect(os.environ["BENCH_POSTGRES"], autocommit=True)
    postgres.execute("DROP TABLE IF EXISTS fact, prefecture")
    postgres.execute("SET max_parallel_workers_per_gather = 2")
    postgres.execute("SET work_mem = '256MB'")
    postgres.execute(
        "CREATE TABLE fact (kind smallint, org integer, day date, grp smallint, person integer, quantity integer, amount bigint)"
    )
    postgres.execute("CREATE INDEX ON fact (kind, org, day) INCLUDE (grp, person, quantity, amount)")
    postgres.execute("CREATE TABLE prefecture (first integer, last integer)")
    postgres.execute(f"INSERT INTO prefecture VALUES {values}")

    def load_postgres():
        with postgres.cursor().copy(f"COPY fact ({COLUMNS}) FROM STDIN (FORMAT csv)") as copy, facts.open("rb") as file:
            while block := file.read(1 << 20):
                copy.write(block)

    def query_postgres(text):
        return postgres.execute(text).fetchall()

    took, _ = timed(load_postgres)
    postgres.execute("VACUUM (ANALYZE) fact")
    postgres_took = measure("PostgreSQL", lambda: None, query_postgres, questions)
    postgres_took["load"] = took
    postgres.execute("DROP TABLE fact, prefecture")
    print(json.dumps({"duckdb": duckdb_took, "postgres": postgres_took}))


main()
