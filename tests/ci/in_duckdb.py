#!/usr/bin/env python3
"""DuckDB reads the Parquet and CSV tables; the guards of the CSV come off again.

in_duckdb.py FOLDER...    FOLDER holds graph.json; guanxi is on the PATH
"""
import csv, os, re, sys, tempfile
import duckdb
from truth import Truth, known, recipe, shell

COUNTS = ("mentions articles sentences paragraphs degree asserted planned rumored negated ended rank line col byte "
          "community subject_from subject_to object_from object_to stated_from stated_to").split()
REALS = ("weighted_degree", "pagerank", "betweenness", "weight", "belief", "npmi", "g2", "confidence")


def rows(query):
    answer = duckdb.sql(query)
    return [dict(zip(answer.columns, r)) for r in answer.fetchall()]


def evidence(e):
    """A piece of evidence of graph.json as a row."""
    row = {("col" if k == "column" else "byte" if k == "start" else "event" if k == "when" else k): v for k, v in e.items()
           if k not in ("attributes", "subject_span", "object_span", "span")}
    for span, name in (("subject_span", "subject"), ("object_span", "object"), ("span", "stated")):
        if e.get(span):
            row[name + "_from"], row[name + "_to"] = e[span]
    if e.get("attributes"):
        row["attributes"] = [f"{k}={v}" for k, v in sorted(e["attributes"].items())]
    return known({k: v for k, v in row.items() if v != ""})


def unguarded(row):
    """A row of CSV as it was before its guards, by the rule in docs/formats.md."""
    out = {}
    for name, text in row.items():
        if text is None:
            continue
        text = text.removeprefix("'")
        if name in ("names", "aliases", "tickers", "attributes"):
            out[name] = [re.sub(r"\\(.)", r"\1", item, flags=re.S) for item in re.findall(r"(?:[^\\|]|\\.)+", text, re.S)]
        elif name in COUNTS or name in REALS:
            out[name] = (int if name in COUNTS else float)(text)
        elif name in ("listed", "symmetric"):
            out[name] = text == "true"
        else:
            out[name] = text
    return out


def check(folder):
    truth = Truth(folder)
    pieces = {(e["source"], e["key"], e["target"], i + 1): evidence(x)
              for e in truth.data["edges"] for i, x in enumerate(e["evidence"])}
    with tempfile.TemporaryDirectory() as work:
        os.symlink(os.path.abspath(folder), f"{work}/output")
        for block in recipe("DuckDB", "sh"):
            shell(block, work)
        here, space = os.getcwd(), {}
        os.chdir(work)
        try:
            for block in recipe("DuckDB", "python"):
                exec(block, space)
            expected = sum(k[1] == "invests_in" and bool(v.get("evidence")) for k, v in truth.ties.items())
            assert len(space["deals"]) == expected
            key = lambda r, *names: tuple(r.pop(n) for n in names)
            nodes = {r.pop("id"): r for r in rows("SELECT * FROM 'tables/nodes.parquet'")}
            ties = {(r.pop("source"), r["relation"], r.pop("target")): r for r in rows("SELECT * FROM 'tables/ties.parquet'")}
            truth.same("parquet in DuckDB", nodes, ties)
            said = {key(r, "source", "relation", "target", "rank"): r for r in rows("SELECT * FROM 'tables/evidence.parquet'")}
            assert set(said) == set(pieces)
            for k, row in said.items():
                row = known(row)
                if "attributes" in row:
                    row["attributes"] = sorted(row["attributes"])
                assert row == pieces[k], f"{k}: {row}, expected {pieces[k]}"
            print(f"  parquet in DuckDB: {len(said)} pieces of evidence, every column")
            read = lambda name: [unguarded(r) for r in rows(
                f"SELECT * FROM read_csv('tables/{name}', header = true, all_varchar = true, quote = '\"', escape = '\"', "
                "delim = ',', strict_mode = true)")]
            nodes = {r.pop("Id"): {"label": r.pop("Label"), **r} for r in read("nodes.csv")}
            ties = {}
            for r in read("edges.csv"):
                r["weight"] = float(r.pop("Weight"))
                assert (r.pop("Type") == "Undirected") == r["symmetric"]
                if "evidence" in r:
                    r["evidence"] = r["evidence"].split("\n")
                ties[r.pop("Source"), r["relation"], r.pop("Target")] = r
            truth.same("csv in DuckDB", nodes, ties)
            said = {key(r, "source", "relation", "target", "rank"): r for r in read("evidence.csv")}
            assert set(said) == set(pieces)
            for k, row in said.items():
                if "attributes" in row:
                    row["attributes"] = sorted(row["attributes"])
                assert row == pieces[k], f"{k}: {row}, expected {pieces[k]}"
            print(f"  csv in DuckDB: {len(said)} pieces of evidence, every column")
            with open("tables/nodes.csv", encoding="utf-8-sig", newline="") as f:
                for row in csv.reader(f):
                    assert not any(re.match(r"[=+@\t\r＝＋－＠]|-(?![\d.])", cell) for cell in row), row
        finally:
            os.chdir(here)


for folder in sys.argv[1:]:
    check(folder)
