#!/usr/bin/env python3
"""Reads what guanxi wrote with the programs that people use, and compares.

graph.py FOLDER [CONTENT]    FOLDER holds graph.json and exports of it; CONTENT the articles it was made from

graph.json must fit its schema, load with NetworkX, and quote its articles rightly; every other format that is there
must hold the same nodes and ties.
"""
import csv, io, json, os, re, sys
import jsonschema
import networkx as nx

folder = sys.argv[1]
content = sys.argv[2] if len(sys.argv) > 2 else None
here = os.path.dirname(os.path.abspath(__file__))
path = lambda name: os.path.join(folder, name)


def text(name, encoding="utf-8"):
    with open(name, encoding=encoding, newline="") as f:
        return f.read()


def same(what, found, expected):
    assert found == expected, f"{what}: {found}, but graph.json has {expected}"
    print(f"  {what}: {found[0]} nodes, {found[1]} ties")


data = json.loads(text(path("graph.json")))
jsonschema.Draft202012Validator(json.loads(text(os.path.join(here, "../../schema/graph.schema.json")))).validate(data)
print("  graph.json fits schema/graph.schema.json")

graph = nx.node_link_graph(data) if nx.__version__ >= "3.4" else nx.node_link_graph(data, edges="edges")
assert graph.is_directed() and graph.is_multigraph()
size = (len(data["nodes"]), len(data["edges"]))
same("graph.json by NetworkX", (graph.number_of_nodes(), graph.number_of_edges()), size)

lines = {}
for tie in data["edges"]:
    assert tie["evidence"] or tie["key"] == "co_mention", f"a relation without evidence: {tie}"
    for e in tie["evidence"]:
        sentence = e["sentence"].encode()
        for end in ("subject", "object"):
            if e.get(end + "_span"):
                a, b = e[end + "_span"]
                assert sentence[a:b].decode() == e[end], f"{end}_span of {e}"
        if content:
            if e["article"] not in lines:
                source = text(os.path.join(content, e["article"]), "utf-8-sig")
                lines[e["article"]] = source.replace("\r\n", "\n").split("\n")
            at = lines[e["article"]][e["line"] - 1][e["column"] - 1:]
            assert at[:1] == e["sentence"][:1], f"{e['article']}:{e['line']}:{e['column']} is {at[:20]!r}: {e}"
if content:
    print(f"  evidence stands where it says, in {len(lines)} articles")


def rows(name):
    return list(csv.DictReader(io.StringIO(text(path(name), "utf-8-sig"), newline=""), strict=True))


def in_xml():
    """The ids as XML can hold them: what it forbids is U+FFFD there."""
    return {re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", n) for n in graph.nodes}


def counted(name):
    import igraph
    if name.endswith(".graphml"):
        g = nx.read_graphml(path(name))
        i = igraph.Graph.Read_GraphML(path(name))
        same(name + " by igraph", (i.vcount(), i.ecount()), size)
        assert set(g.nodes) == in_xml()
        return len(g), g.number_of_edges()
    if name.endswith(".gexf"):
        g = nx.read_gexf(path(name))
        assert set(g.nodes) == in_xml()
        return len(g), g.number_of_edges()
    if name.endswith(".cyjs"):
        elements = json.loads(text(path(name)))["elements"]
        nodes = {n["data"]["id"] for n in elements["nodes"]}
        assert all({e["data"]["source"], e["data"]["target"]} <= nodes for e in elements["edges"])
        return len(nodes), len(elements["edges"])
    if name.endswith(".graphology.json"):
        g = json.loads(text(path(name)))
        return len({n["key"] for n in g["nodes"]}), len({e["key"] for e in g["edges"]})
    if name.endswith(".jsonl"):
        kinds = [json.loads(l)["type"] for l in text(path(name)).split("\n") if l]
        return kinds.count("node"), kinds.count("tie")
    if name == "nodes.csv":
        return len({r["Id"] for r in rows("nodes.csv")}), len(rows("edges.csv"))
    if name == "neo4j-nodes.csv":
        return len(rows(name)), len(rows("neo4j-relationships.csv"))
    if name.endswith(".ttl"):
        import rdflib
        g = rdflib.Graph().parse(path(name), format="turtle")
        statements = set(g.subjects(rdflib.RDF.type, rdflib.RDF.Statement))
        entities = set(g.subjects(rdflib.URIRef("urn:guanxi:vocabulary:mentions")))
        assert all(g.value(s, rdflib.RDF.subject) in entities for s in statements)
        return len(entities), len(statements)
    return None


for name in sorted(os.listdir(folder)):
    found = counted(name)
    if found:
        same(name, found, size)
