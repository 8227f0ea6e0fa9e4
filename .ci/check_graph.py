#!/usr/bin/env python3
"""Load a folder's exports with the programs that people use: NetworkX, and jsonschema if it is there.

check_graph.py FOLDER    with graph.json in it; graph.graphml and graph.gexf are read too if they are there
"""
import json, os, sys
import networkx as nx

folder = sys.argv[1]
path = lambda name: os.path.join(folder, name)
with open(path("graph.json"), encoding="utf8") as f:
    data = json.load(f)
graph = nx.node_link_graph(data)
assert graph.is_directed() and graph.is_multigraph()
assert len(graph) == len(data["nodes"]), "two nodes with one id"
assert graph.number_of_edges() == len(data["edges"]), "two ties with one key"
assert all(e["evidence"] or e["key"] == "co_mention" for *_, e in ((a, b, {**x, "key": k}) for a, b, k, x in graph.edges(keys=True, data=True)))
print(f"graph.json: {len(graph)} nodes, {graph.number_of_edges()} edges")
try:
    import jsonschema
except ImportError:
    print("graph.json: jsonschema is not installed, the schema is checked by `cargo test` only")
else:
    with open(os.path.join(os.path.dirname(__file__), "..", "schema", "graph.schema.json"), encoding="utf8") as f:
        jsonschema.validate(data, json.load(f))
    print("graph.json: fits schema/graph.schema.json")
for name, read in (("graph.graphml", nx.read_graphml), ("graph.gexf", nx.read_gexf)):
    if os.path.exists(path(name)):
        other = read(path(name))
        assert (len(other), other.number_of_edges()) == (len(graph), graph.number_of_edges()), name
        print(f"{name}: the same nodes and edges")
