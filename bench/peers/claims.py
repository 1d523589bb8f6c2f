"""The claims' peer: pgbench gives pieces away without HTTP, by three ways, from as many clients. Answers pieces a second."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg

SECONDS = os.environ.get("BENCH_SECONDS", "8")
address = os.environ["BENCH_POSTGRES"]
folder = Path(sys.argv[1])

TABLES = """
DROP TABLE IF EXISTS peer_share, peer_claim, peer_piece;
CREATE TABLE peer_share (id int PRIMARY KEY, quota bigint, given bigint);
INSERT INTO peer_share VALUES (1, 1000000000, 0);
CREATE TABLE peer_claim (id bigserial PRIMARY KEY, round bigint, person bigint, at timestamptz, UNIQUE (person, round));
CREATE TABLE peer_piece (id bigint PRIMARY KEY, person bigint UNIQUE);
INSERT INTO peer_piece SELECT n, NULL FROM generate_series(1, 400000) n;
CREATE INDEX peer_piece_free ON peer_piece (id) WHERE person IS NULL;
ANALYZE;
"""
# A number of its own for each who asks: nobody asks twice here.
PERSON = "\\set person random(1, 9000000000000000)\n"
WAYS = {
    "hot_row": PERSON
    + "BEGIN;\n"
    + "UPDATE peer_share SET given = given + 1 WHERE id = 1 AND given < quota;\n"
    + "INSERT INTO peer_claim (round, person, at) VALUES (1, :person, now()) ON CONFLICT DO NOTHING;\n"
    + "COMMIT;\n",
    "one_statement": PERSON
    + "WITH taken AS (UPDATE peer_share SET given = given + 1 WHERE id = 1 AND given < quota RETURNING id)"
    + " INSERT INTO peer_claim (round, person, at) SELECT id, :person, now() FROM taken ON CONFLICT DO NOTHING;\n",
    "skip_locked": PERSON
    + "UPDATE peer_piece SET person = :person WHERE id ="
    + " (SELECT id FROM peer_piece WHERE person IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED);\n",
}

rates = {}
with psycopg.connect(address, autocommit=True) as connection:
    for way, text in WAYS.items():
        connection.execute(TABLES)
        script = folder / f"{way}.sql"
        script.write_text(text)
        told = subprocess.run(
            ["pgbench", "-n", "-c", "64", "-j", "2", "-T", SECONDS, "-M", "prepared", "-f", str(script), address],
            capture_output=True, text=True, check=True,
            env=os.environ | {"PATH": f"{os.environ['BENCH_POSTGRES_BIN']}:{os.environ['PATH']}"},
        ).stdout
        rates[way] = float(re.search(r"tps = ([\d.]+)", told).group(1))
    connection.execute("DROP TABLE peer_share, peer_claim, peer_piece")
print(json.dumps(rates))
