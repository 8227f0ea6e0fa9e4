#!/usr/bin/env python3
"""Python's SQLite, and DuckDB, read the store.

in_sqlite.py FOLDER...    FOLDER holds graph.json and guanxi.db; DUCKDB_WITH_SQLITE is where the packages duckdb and
                          duckdb-extension-sqlite-scanner are installed
"""
import glob, json, os, sqlite3, subprocess, sys, tempfile
from truth import Truth, recipe

NODES = """SELECT key AS id, kind, name AS label, listed, family, wikidata, site, mentions, articles, sentences, paragraphs,
    first_seen, last_seen, degree, weighted_degree, pagerank, betweenness, community FROM {0}entity"""
TIES = """SELECT s.key, r.name AS relation, o.key, r.symmetric, weight, t.articles, t.first_seen, t.last_seen, status, asserted,
    planned, rumored, negated, ended, belief, first_event, last_event, t.sentences, t.paragraphs, npmi, g2
    FROM {0}tie t JOIN {0}entity s ON s.id = t.source JOIN {0}entity o ON o.id = t.target JOIN {0}relation r ON r.id = t.relation"""

DUCKDB = """import sys, json, duckdb
extension, question = sys.argv[1:]
duckdb.sql(f"LOAD '{extension}'; ATTACH 'output/guanxi.db' AS store (TYPE sqlite, READ_ONLY)")
print(json.dumps([row[:3] for row in duckdb.sql(question).fetchall()]))"""


def line(path, row, column, status, rule, sentence):
    claim = f" [{status}, {rule}]" if status is not None else ""
    return f"{path}:{row}:{column}{claim} {sentence}".replace("\n", " ").replace("\r", " ")


def check(folder):
    truth = Truth(folder)
    here, space = os.getcwd(), {}
    with tempfile.TemporaryDirectory() as work:
        os.symlink(os.path.abspath(folder), f"{work}/output")
        os.chdir(work)
        try:
            for block in recipe("SQLite", "python"):
                exec(block, space)
            store = space["store"]
            assert len(space["deals"]) == sum(k[1] == "invests_in" for k in truth.ties)
            flag = lambda row, *names: {**row, **{n: bool(row[n]) for n in names}}
            many = lambda query: store.execute(query)
            names = lambda rows: [c[0] for c in rows.description]
            cursor = many(NODES.format(""))
            heads = names(cursor)
            nodes = {r[0]: flag(dict(zip(heads[1:], r[1:])), "listed") for r in cursor}
            for n in nodes.values():
                n.update(names=[], aliases=[], tickers=[])
            for key, source, text in many("SELECT key, source, text FROM name JOIN entity ON id = entity ORDER BY entity, number"):
                if source != "canonical":
                    nodes[key]["names" if source == "used" else "aliases"].append(text)
            for key, ticker in many("SELECT key, ticker FROM ticker JOIN entity ON id = entity ORDER BY entity, number"):
                nodes[key]["tickers"].append(ticker)
            for key, n in nodes.items():
                # the canonical name stands once in the store, though articles use it too
                used = truth.nodes[key].get("names", [])
                assert sorted(set(n["names"]) | {n["label"]}) == sorted(set(used) | {n["label"]}), key
                n["names"] = used
            cursor = many(TIES.format(""))
            heads = names(cursor)
            ties = {(r[0], r[1], r[2]): flag({"relation": r[1], **dict(zip(heads[3:], r[3:])), "evidence": []}, "symmetric") for r in cursor}
            for a, r, b, *rest in many('SELECT source, relation, target, path, line, "column", status, rule, sentence '
                                       "FROM evidences ORDER BY tie, number"):
                ties[a, r, b]["evidence"].append(line(*rest))
            truth.same("the store in SQLite", nodes, ties)
            # a DuckDB of its own, with the extension that Python's package index has for it
            path = os.environ["DUCKDB_WITH_SQLITE"]
            asked = [sys.executable, "-c", DUCKDB, *glob.glob(path + "/**/sqlite_scanner.duckdb_extension", recursive=True)]
            said = subprocess.run([*asked, TIES.format("store.")], env={**os.environ, "PYTHONPATH": path}, check=True,
                                  capture_output=True, text=True).stdout
            found = {tuple(tie) for tie in json.loads(said)}
            assert found == set(truth.ties)
            print(f"  the store in DuckDB: {len(found)} ties")
        finally:
            os.chdir(here)


for folder in sys.argv[1:]:
    check(folder)
