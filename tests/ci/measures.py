#!/usr/bin/env python3
"""Computes the graph's measures anew with NetworkX and igraph, and compares.

measures.py GRAPH_JSON    degree, weighted degree, PageRank and betweenness must agree with NetworkX; the communities
                          must be connected, and as good by modularity as those of igraph's Leiden
"""
import json, math, sys
import igraph
import networkx as nx

with open(sys.argv[1], encoding="utf-8") as f:
    data = json.load(f)

every = nx.Graph()
binding = nx.Graph()
every.add_nodes_from(n["id"] for n in data["nodes"])
binding.add_nodes_from(every)
for tie in data["edges"]:
    a, b = tie["source"], tie["target"]
    every.add_edge(a, b, weight=every.get_edge_data(a, b, {"weight": 0})["weight"] + tie["weight"])
    often = 1 + math.log(max(tie["weight"], 1))
    if tie["key"] != "co_mention":
        value = 0 if tie["status"] == "negated" else max(tie["belief"] * often, 0.001)
    else:
        value = max(0.5 * tie["npmi"] * often if "npmi" in tie else 0.1, 0.001)
    if value:
        binding.add_edge(a, b, weight=binding.get_edge_data(a, b, {"weight": 0})["weight"] + round(value, 6))


def agree(name, expected, tolerance):
    worst = max((abs(n[name] - expected[n["id"]]), n["id"]) for n in data["nodes"])
    assert worst[0] <= tolerance, f"{name} of {worst[1]} is off by {worst[0]}"
    print(f"  {name}: {len(data['nodes'])} entities as by NetworkX, off by {worst[0]:.1e} at most")


agree("degree", dict(every.degree()), 0)
agree("weighted_degree", dict(every.degree(weight="weight")), 1e-6)
agree("pagerank", nx.pagerank(every, weight="weight", tol=1e-12, max_iter=1000), 2e-9)
agree("betweenness", nx.betweenness_centrality(every), 2e-9)

groups = {}
for n in data["nodes"]:
    assert ("community" in n) == (binding.degree(n["id"]) > 0), n
    groups.setdefault(n.get("community"), []).append(n["id"])
alone = groups.pop(None, [])
sizes = [len(groups[c]) for c in sorted(groups)]
assert sorted(groups) == list(range(1, len(groups) + 1)) and sizes == sorted(sizes, reverse=True), sizes
assert all(nx.is_connected(binding.subgraph(g)) for g in groups.values())
parts = list(groups.values()) + [[n] for n in alone]
ours = nx.community.modularity(binding, parts, weight="weight")
ids = {n: i for i, n in enumerate(binding)}
other = igraph.Graph(len(ids), [(ids[a], ids[b]) for a, b in binding.edges()])
weights = [w for _, _, w in binding.edges(data="weight")]
theirs = max(
    other.modularity(other.community_leiden("modularity", weights=weights, n_iterations=2), weights=weights)
    for _ in range(5)
)
assert ours >= theirs - 0.01, f"modularity {ours:.4f}, by igraph's Leiden {theirs:.4f}"
print(f"  {len(groups)} communities of modularity {ours:.4f}; the best of five runs of igraph's Leiden has {theirs:.4f}")
