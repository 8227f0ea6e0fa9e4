#!/usr/bin/env python3
"""NetworkX reads JSON, GraphML and GEXF, igraph GraphML, with every property.

in_networkx.py FOLDER...    FOLDER holds graph.json; guanxi is on the PATH
"""
import os, sys, tempfile
from truth import LISTS, Truth, recipe, shell

# XML 1.0 cannot hold these
FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xfffe, 0xffff], "\ufffd")
xml = lambda s: s.translate(FORBIDDEN)
joined = lambda row: {k: "\n".join(x.replace("\n", " ").replace("\r", " ") for x in v) if k in LISTS else v for k, v in row.items()}


def check(folder):
    truth = Truth(folder)
    flat = Truth(folder)
    flat.nodes = {k: joined(v) for k, v in truth.nodes.items()}
    flat.ties = {k: joined(v) for k, v in truth.ties.items()}
    flat.sample = []
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as work:
        os.symlink(os.path.abspath(folder), f"{work}/output")
        for block in recipe("NetworkX", "sh"):
            shell(block, work)
        os.chdir(work)
        try:
            space = {}
            for block in recipe("NetworkX", "python") + recipe("igraph", "python"):
                exec(block, space)
        finally:
            os.chdir(here)
    full = space["full"]
    assert full.is_directed() and full.is_multigraph()
    nodes = {k: Truth.node({"id": k, **v}) for k, v in full.nodes(data=True)}
    ties = {(a, r, b): Truth.tie({"source": a, "target": b, "key": r, **v}) for a, b, r, v in full.edges(keys=True, data=True)}
    truth.same("json in NetworkX", nodes, ties)
    unlist = lambda row: {k: v for k, v in row.items() if v is not None}
    # a row of texts is compared as it is: `known` would take them for lists
    for what, graph, drop in (("graphml", space["flat"], ("id",)), ("gexf", space["timed"], ("start", "end", "viz", "id"))):
        keep = lambda row: {k: v for k, v in unlist(row).items() if k not in drop}
        nodes = {k: keep(v) for k, v in graph.nodes(data=True)}
        ties = {(a, v["relation"], b): keep(v) for a, b, v in graph.edges(data=True)}
        compare(f"{what} in NetworkX", flat, nodes, ties)
    graph = space["graph"]
    ids = graph.vs["id"]
    lacks = lambda v: v is None or v != v or v == ""
    nodes = {v["id"]: {k: x for k, x in v.attributes().items() if k != "id" and not lacks(x)} for v in graph.vs}
    ties = {(ids[e.source], e["relation"], ids[e.target]): {k: x for k, x in e.attributes().items() if k != "id" and not lacks(x)} for e in graph.es}
    assert (len(nodes), len(ties)) == (len(flat.nodes), len(flat.ties)) == (graph.vcount(), graph.ecount())
    # igraph's reader leaves `&` in ids, which are XML attributes, half escaped
    amp = lambda k: k.replace("&", "&#38;")
    flat.nodes = {amp(k): v for k, v in flat.nodes.items()}
    flat.ties = {(amp(a), r, amp(b)): v for (a, r, b), v in flat.ties.items()}
    compare("graphml in igraph", flat, nodes, ties)


def compare(what, flat, nodes, ties):
    key = lambda k: tuple(xml(p) for p in k)
    for kind, expected, found in (("node", {xml(k): v for k, v in flat.nodes.items()}, nodes), ("tie", {key(k): v for k, v in flat.ties.items()}, ties)):
        assert set(expected) == set(found), f"{what}: {sorted(set(expected) ^ set(found))[:3]}"
        for k, row in expected.items():
            seen = {n: v for n, v in found[k].items() if n in row or n not in ("kind", "weight", "label")}
            assert {n for n in row} <= set(seen), f"{what}: {kind} {k} lacks {set(row) - set(seen)}"
            for n, v in row.items():
                v = xml(v) if isinstance(v, str) else v
                same = abs(float(v) - float(seen[n])) <= 1e-9 * max(1, abs(float(v))) if isinstance(v, (int, float)) else v == seen[n]
                assert same, f"{what}: {kind} {k}, {n}: {seen[n]!r}, expected {v!r}"
    print(f"  {what}: {len(nodes)} nodes, {len(ties)} ties, every property")


for folder in sys.argv[1:]:
    check(folder)
