#!/usr/bin/env python3
"""Asks guanxi for paths and rankings, and NetworkX the same of graph.json.

queries.py GUANXI OUTPUT
"""
import itertools, json, math, subprocess, sys
import networkx as nx

guanxi, output = sys.argv[1:]
with open(f"{output}/graph.json", encoding="utf-8") as f:
    data = json.load(f)


def ask(*arguments, none=False):
    ran = subprocess.run(
        [guanxi, *arguments, "--format", "json", "--output", output], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert ran.returncode == 0 or none and ran.returncode == 1, ran.stderr
    return json.loads(ran.stdout)


graph = nx.Graph()
for tie in data["edges"]:
    if tie["key"] == "co_mention" or tie["status"] == "negated":
        continue
    strength = min(max(tie["belief"], 0.01), 0.99)
    known = graph.get_edge_data(tie["source"], tie["target"])
    if not known or known["strength"] < strength:
        graph.add_edge(tie["source"], tie["target"], strength=strength, cost=-math.log(strength))

central = [n["id"] for n in sorted(data["nodes"], key=lambda n: -n["pagerank"]) if n["id"] in graph][:120:5]
pairs = far = 0
for a, b in itertools.combinations(central, 2):
    try:
        hops = nx.shortest_path_length(graph, a, b)
    except nx.NetworkXNoPath:
        hops = math.inf
    found = ask("path", a, b, "--paths", "2", "--max-hops", "5", none=True)["paths"]
    assert bool(found) == (hops <= 5), (a, b, hops, found)
    if not found:
        far += 1
        continue
    assert found[0]["hops"] == hops, (a, b, hops, found[0])
    best = ask("path", a, b, "--paths", "1", "--max-hops", "20", "--by", "strength")["paths"][0]
    cost = nx.shortest_path_length(graph, a, b, weight="cost")
    assert abs(best["strength"] - math.exp(-cost)) < 2e-6, (a, b, math.exp(-cost), best)
    pairs += 1
print(f"  {pairs} shortest and strongest paths as by NetworkX, {far} pairs too far apart for both")

for measure in ("pagerank", "betweenness", "degree", "articles", "mentions"):
    found = [e["id"] for e in ask("top", "--by", measure, "--limit", "0")]
    expected = [n["id"] for n in sorted(data["nodes"], key=lambda n: -n[measure])]
    assert found == expected, measure
print(f"  rankings of {len(found)} entities by five measures")
