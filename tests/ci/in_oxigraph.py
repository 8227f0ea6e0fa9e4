#!/usr/bin/env python3
"""Oxigraph answers SPARQL over Turtle, N-Triples and JSON-LD; rdflib reads the same triples.

in_oxigraph.py FOLDER...    FOLDER holds graph.json; guanxi is on the PATH
"""
import os, sys, tempfile
from urllib.parse import unquote
import pyoxigraph, rdflib
from truth import STATUSES, Truth, recipe, shell

PREFIXES = """
PREFIX gx: <urn:guanxi:vocabulary:> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <https://schema.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
CLASSES = {"schema:Corporation": "company", "schema:Person": "person", "schema:Product": "product", "schema:Organization": "organization"}
NODE = {"gx:listed": "listed", "gx:mentions": "mentions", "gx:articles": "articles", "gx:sentences": "sentences",
        "gx:paragraphs": "paragraphs", "gx:degree": "degree", "gx:firstSeen": "first_seen", "gx:lastSeen": "last_seen",
        "gx:weightedDegree": "weighted_degree", "gx:pagerank": "pagerank", "gx:betweenness": "betweenness",
        "gx:community": "community", "rdfs:label": "label", "schema:url": "site"}
TIE = {"gx:symmetric": "symmetric", "gx:weight": "weight", "gx:articles": "articles", "gx:status": "status",
       "gx:belief": "belief", "gx:firstEvent": "first_event", "gx:lastEvent": "last_event", "gx:sentences": "sentences",
       "gx:paragraphs": "paragraphs", "gx:npmi": "npmi", "gx:g2": "g2", "gx:firstSeen": "first_seen",
       "gx:lastSeen": "last_seen", **{f"gx:{s}": s for s in STATUSES}}
SHORT = {"urn:guanxi:vocabulary:": "gx:", "http://www.w3.org/2000/01/rdf-schema#": "rdfs:", "https://schema.org/": "schema:",
         "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:", "http://www.w3.org/ns/prov#": "prov:",
         "http://www.w3.org/2002/07/owl#": "owl:"}
name = lambda iri, kind: unquote(iri.value.removeprefix(f"urn:guanxi:{kind}:"))


def short(iri):
    for long, prefix in SHORT.items():
        if iri.value.startswith(long):
            return prefix + iri.value[len(long):]
    return iri.value


def plain(term):
    if isinstance(term, pyoxigraph.NamedNode):
        return term
    kind = term.datatype.value.rsplit("#", 1)[1]
    return {"integer": int, "double": float, "boolean": lambda v: v == "true"}.get(kind, str)(term.value)


def described(store, class_):
    """Every resource of a class with what is said of it."""
    out = {}
    for s, p, o in store.query(PREFIXES + f"SELECT ?s ?p ?o WHERE {{ ?s a {class_} ; ?p ?o }}"):
        out.setdefault(s, {}).setdefault(short(p), []).append(plain(o))
    return out


def check(folder):
    truth = Truth(folder)
    with tempfile.TemporaryDirectory() as work:
        os.symlink(os.path.abspath(folder), f"{work}/output")
        for block in recipe("Oxigraph", "sh"):
            shell(block, work)
        here, space = os.getcwd(), {}
        os.chdir(work)
        try:
            for block in recipe("Oxigraph", "python"):
                exec(block, space)
            triples = set()
            for file, format in (("ttl", "TURTLE"), ("nt", "N_TRIPLES"), ("jsonld", "JSON_LD")):
                other = pyoxigraph.Store()
                for _ in range(2):
                    other.bulk_load(path=f"rdf/graph.{file}", format=getattr(pyoxigraph.RdfFormat, format))
                found = {str(q.triple) for q in other}
                triples = triples or found
                assert found == triples, (file, sorted(found ^ triples)[:4])
            library = rdflib.Graph().parse("rdf/graph.nt", format="nt")
            assert len(library) == len(triples), (len(library), len(triples))
        finally:
            os.chdir(here)
    store = space["store"]
    print(f"  turtle, ntriples, jsonld in Oxigraph, ntriples in rdflib: the same {len(triples)} triples, loaded twice")
    nodes = {}
    for class_, kind in CLASSES.items():
        for s, says in described(store, class_).items():
            row = {NODE[p]: o[0] for p, o in says.items() if p in NODE}
            key = name(s, "entity")
            others = [n for n in truth.nodes[key].get("names", []) + truth.nodes[key].get("aliases", []) if n != row["label"]]
            assert sorted(set(others)) == sorted(says.get("schema:alternateName", [])), key
            assert sorted(set(truth.nodes[key].get("tickers", []))) == sorted(says.get("schema:tickerSymbol", [])), key
            same = [o.value.rsplit("/", 1)[1] for o in says.get("owl:sameAs", [])]
            row.update(kind=kind, wikidata=same[0] if same else None)
            row["family"] = name(says["gx:family"][0], "entity") if "gx:family" in says else None
            nodes[key] = row
    said = {s: says for s, says in described(store, "prov:Entity").items()}
    articles = {s: says for s, says in described(store, "schema:NewsArticle").items()}
    ties, direct = {}, set()
    for s, says in described(store, "rdf:Statement").items():
        a, b = (name(says[p][0], "entity") for p in ("rdf:subject", "rdf:object"))
        relation = name(says["rdf:predicate"][0], "vocabulary")
        row = {TIE[p]: o[0] for p, o in says.items() if p in TIE}
        lines = []
        for e in says.get("prov:wasDerivedFrom", []):
            e = said[e]
            path = articles[e["prov:wasQuotedFrom"][0]]["schema:identifier"][0]
            claim = f" [{e['gx:status'][0]}, {e['gx:rule'][0]}]" if "gx:rule" in e else ""
            text = e["prov:value"][0].replace("\n", " ").replace("\r", " ")
            lines.append(f"{path}:{e['gx:line'][0]}:{e['gx:column'][0]}{claim} {text}")
        # triples have no order
        order = truth.ties[a, relation, b].get("evidence", [])
        assert sorted(lines) == sorted(order), f"{a} {relation} {b}: {lines}, expected {order}"
        ties[a, relation, b] = {**row, "relation": relation, "evidence": order}
        if row.get("status", "asserted") == "asserted":
            direct |= {(a, relation, b)} | ({(b, relation, a)} if row["symmetric"] else set())
    truth.same("turtle in Oxigraph", nodes, ties, without=("names", "aliases", "tickers"))
    ask = lambda query: [[plain(v) for v in row] for row in store.query(PREFIXES + query)]
    known = {(name(a, "entity"), name(r, "vocabulary"), name(b, "entity")) for a, r, b in ask(
        "SELECT ?a ?r ?b WHERE { ?r a rdf:Property . ?a ?r ?b }")}
    assert known == direct, sorted(known ^ direct)[:4]
    stands = {}
    for v in truth.ties.values():
        if "status" in v:
            stands[v["status"]] = stands.get(v["status"], 0) + 1
    assert dict(ask("SELECT ?s (COUNT(*) AS ?n) WHERE { ?t a rdf:Statement ; gx:status ?s } GROUP BY ?s")) == stands
    day = max((v["last_seen"] for v in truth.ties.values() if "last_seen" in v), default="2025-01-01")
    since = ask(f'SELECT (COUNT(*) AS ?n) WHERE {{ ?t a rdf:Statement ; gx:lastSeen ?d FILTER (?d >= "{day}"^^xsd:date) }}')
    assert since == [[sum(v.get("last_seen", "") >= day for v in truth.ties.values())]]
    expected = sum(len(v.get("evidence", [])) for k, v in truth.ties.items() if k[1] == "invests_in")
    assert len(list(space["deals"])) == expected
    print(f"  SPARQL: plain triples, statuses, days, the {expected} sentences on investments")


for folder in sys.argv[1:]:
    check(folder)
