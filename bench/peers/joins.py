"""The joins' peer: pgbench with one plain insert a transaction, from as many clients."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg

address = os.environ["BENCH_POSTGRES"]
script = Path(sys.argv[1]) / "insert.sql"
script.write_text("INSERT INTO joined (name, number, phone, at) VALUES ('王伟', '150102196601010004', '19900000000', now());\n")
with psycopg.connect(address, autocommit=True) as connection:
    connection.execute("DROP TABLE IF EXISTS joined")
    connection.execute("CREATE TABLE joined (id bigserial PRIMARY KEY, name text, number text, phone text, at timestamptz)")
told = subprocess.run(
    ["pgbench", "-n", "-c", "64", "-j", "2", "-T", "10", "-M", "prepared", "-f", str(script), address],
    capture_output=True, text=True, check=True,
    env=os.environ | {"PATH": f"{os.environ['BENCH_POSTGRES_BIN']}:{os.environ['PATH']}"},
).stdout
with psycopg.connect(address, autocommit=True) as connection:
    connection.execute("DROP TABLE joined")
print(json.dumps({"rate": float(re.search(r"tps = ([\d.]+)", told).group(1))}))
