"""The stations' peers. PostGIS: geography with a GiST index, true metres on the same ellipsoid, the better of its two ways of
asking (within a distance and sorted; nearest by the index on its sphere, then sorted by true metres), each question prepared
and timed here. Redis: GEOSEARCH, which knows no filter, sorts by a sphere and rounds each place to half a metre; its times are
those that its server keeps of the command, without the wire. Answers each question's places, in order, with metres."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import redis

folder = Path(sys.argv[1])
cases = json.loads((folder / "cases.json").read_text())
MOST = cases["most"]
# More than nearest by a sphere can leave out of the nearest by true metres, which differ by half a per cent.
LOOSE = MOST + 16
read = lambda name: [line.split("\t") for line in (folder / name).read_text().splitlines()]
places = read("places.tsv")
questions = [(float(x), float(y)) for x, y in read("questions.tsv")]

POINT = "ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography"
SORTED = f"""SELECT id, ST_Distance(at, {POINT}) AS away FROM place
    WHERE ST_DWithin(at, {POINT}, %s) AND has & %s = %s ORDER BY away, id LIMIT {MOST}"""
BY_INDEX = f"""SELECT id, away FROM (SELECT id, ST_Distance(at, {POINT}) AS away FROM place
    WHERE has & %s = %s ORDER BY at <-> {POINT} LIMIT {LOOSE}) near WHERE away <= %s ORDER BY away, id LIMIT {MOST}"""


def told(times, answers):
    times.sort()
    return {"mean": sum(times) / len(times), "p99": times[len(times) * 99 // 100], "answers": answers}


def asked(connection, text, arguments):
    times, answers = [], []
    with connection.cursor() as cursor:
        for x, y in questions:
            begun = time.perf_counter()
            rows = cursor.execute(text, arguments(x, y), prepare=True).fetchall()
            times.append(time.perf_counter() - begun)
            answers.append(rows)
    return told(times, answers)


def postgis():
    with psycopg.connect(os.environ["BENCH_POSTGRES"], autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        connection.execute("DROP TABLE IF EXISTS place")
        connection.execute("CREATE TABLE place (id bigint PRIMARY KEY, at geography(Point, 4326), has bigint)")
        with connection.cursor().copy("COPY place FROM STDIN") as to:
            for number, x, y, seldom in places:
                to.write_row((number, f"SRID=4326;POINT({x} {y})", seldom))
        connection.execute("CREATE INDEX ON place USING gist (at)")
        connection.execute("VACUUM ANALYZE place")
        for case in cases["cases"]:
            within, has = case["within"], int(case["seldom"])
            by_sorting = asked(connection, SORTED, lambda x, y: (x, y, x, y, within, has, has))
            by_index = asked(connection, BY_INDEX, lambda x, y: (x, y, has, has, x, y, within))
            yield min(by_sorting, by_index, key=lambda way: way["mean"])
        connection.execute("DROP TABLE place")


def geosearch():
    socket = str(folder / "redis.sock")
    server = subprocess.Popen(
        ["redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        client = redis.Redis(unix_socket_path=socket)
        for _ in range(100):
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
        for at in range(0, len(places), 1000):
            client.execute_command("GEOADD", "place", *(word for p in places[at : at + 1000] for word in (p[1], p[2], p[0])))
        for case in cases["cases"]:
            if case["seldom"]:
                yield None
                continue
            client.config_resetstat()
            answers = []
            for x, y in questions:
                found = client.geosearch("place", longitude=x, latitude=y, radius=case["within"], unit="m", sort="ASC",
                                         count=MOST, withdist=True)
                answers.append([(int(number), away) for number, away in found])
            spent = client.info("commandstats")["cmdstat_geosearch"]["usec_per_call"]
            p99 = client.info("latencystats")["latency_percentiles_usec_geosearch"]["p99"]
            yield {"mean": float(spent) / 1e6, "p99": float(p99) / 1e6, "answers": answers}
    finally:
        server.terminate()
        server.wait()


print(json.dumps({"postgis": list(postgis()), "redis": list(geosearch())}))
