#!/usr/bin/env python3
"""Cytoscape.js and graphology, under Node, hold the whole graph.

in_node.py NODE FOLDER...    NODE holds node_modules; FOLDER holds graph.json; guanxi is on the PATH
"""
import json, os, subprocess, sys, tempfile
from truth import Truth, recipe, shell

node, *folders = sys.argv[1:]
TOLD = {
    "Cytoscape.js": "[graph.nodes().map(n => n.data()), graph.edges().map(e => e.data())]",
    "graphology": """[graph.mapNodes((id, a) => ({ ...a, id })), graph.mapEdges((_, a, source, target, s, t, undirected) =>
      ({ ...a, source, target, undirected }))]""",
}


def check(folder):
    truth = Truth(folder)
    for section, told in TOLD.items():
        with tempfile.TemporaryDirectory(dir=node) as work:
            os.symlink(os.path.abspath(folder), f"{work}/output")
            for block in recipe(section, "sh"):
                shell(block, work)
            with open(f"{work}/read.mjs", "w", encoding="utf-8") as f:
                f.write("\n".join(recipe(section, "js")) + f"\nprocess.stdout.write(JSON.stringify({told}))\n")
            ran = subprocess.run(["node", "read.mjs"], cwd=work, capture_output=True, text=True)
            assert ran.returncode == 0, ran.stderr[-3000:]
            nodes, ties = json.loads(ran.stdout)
        for n in nodes:
            assert n.pop("label") == n["name"]
        for t in ties:
            t["key"] = t.pop("relation", t.get("key"))
            if "undirected" in t:
                assert t.pop("undirected") == t.get("symmetric", False), t
        truth.same(section, {n["id"]: Truth.node(n) for n in nodes},
                   {(t["source"], t["key"], t["target"]): Truth.tie({k: v for k, v in t.items() if k not in ("id", "label")}) for t in ties})


for folder in folders:
    check(folder)
