#!/usr/bin/env python3
"""Ladybug, Kuzu's successor, runs the script that `guanxi export kuzu` writes, twice.

in_ladybug.py FOLDER...    FOLDER holds graph.json; guanxi is on the PATH
"""
import os, sys, tempfile
from truth import Truth, ask, questions, recipe, shell


def rows(database, query, parameters=None):
    answer = database.execute(query, parameters or {})
    while answer.has_next():
        yield answer.get_next()


def check(folder):
    truth = Truth(folder)
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as work:
        os.symlink(os.path.abspath(folder), f"{work}/output")
        for block in recipe("Ladybug", "sh"):
            shell(block, work)
        space = {}
        try:
            for turn in range(2):
                os.chdir(work)
                for block in recipe("Ladybug", "python"):
                    exec(block, space)
                database = space["database"]
                nodes, ties = {}, {}
                for (e,) in rows(database, "MATCH (e:Entity) RETURN e"):
                    nodes[e["id"]] = {k: v for k, v in e.items() if not k.startswith("_") and k != "id"}
                for a, t, b, relation in rows(database, "MATCH (a:Entity)-[t]->(b:Entity) RETURN a.id, t, b.id, label(t)"):
                    row = {k: v for k, v in t.items() if not k.startswith("_")}
                    assert (a, relation, b) not in ties
                    ties[a, relation, b] = {**row, "relation": relation}
                truth.same("kuzu in Ladybug", nodes, ties, item=lambda s: s.replace("\x1f", " "))
                run = lambda cypher, parameters: rows(database, cypher.replace("DAY(", "date("), parameters)
                ask("kuzu in Ladybug", truth, run, questions(truth, "label(t)", lambda name: name))
                database.close()
                del database, space["database"]
        finally:
            os.chdir(here)


for folder in sys.argv[1:]:
    check(folder)
