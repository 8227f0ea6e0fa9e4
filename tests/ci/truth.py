"""What a graph holds, as every consumer must give it back; and the recipes of docs/recipes.md, which the checks run.

A check reads all nodes and ties out of its consumer into flat rows and calls `Truth.same`; `QUESTIONS` are asked of
databases that speak Cypher.
"""
import datetime, json, math, os, re, subprocess, time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
STATUSES = ("asserted", "planned", "rumored", "negated", "ended")
SAMPLE = 20
LISTS = ("names", "aliases", "tickers", "evidence")


def line(e):
    """A piece of evidence as flat formats have it."""
    claim = f" [{e['status']}, {e['rule']}]" if "status" in e else ""
    return f"{e['article']}:{e['line']}:{e['column']}{claim} " + re.sub(r"[\n\r]", " ", e["sentence"])


def known(row):
    """A row without what is not known, dates as text."""
    iso = lambda v: v.isoformat()[:10] if isinstance(v, (datetime.date, datetime.datetime)) else v
    text = lambda v: iso(v.iso_format()) if hasattr(v, "iso_format") else iso(v)
    return {k: list(v) if k in LISTS else text(v) for k, v in row.items() if not (v is None or (k in LISTS and len(v) == 0))}


class Truth:
    """graph.json, flat."""

    def __init__(self, folder):
        with open(os.path.join(folder, "graph.json"), encoding="utf-8") as f:
            self.data = json.load(f)
        self.nodes = {n["id"]: self.node(n) for n in self.data["nodes"]}
        self.ties = {(e["source"], e["key"], e["target"]): self.tie(e) for e in self.data["edges"]}
        assert len(self.ties) == len(self.data["edges"])
        step = max(1, len(self.ties) // SAMPLE)
        self.sample = sorted(self.ties)[::step][:SAMPLE]

    @staticmethod
    def node(n):
        row = {k: v for k, v in n.items() if k not in ("id", "name")}
        return known({"label": n["name"], **row})

    @staticmethod
    def tie(e):
        row = {k: v for k, v in e.items() if k not in ("source", "target", "key", "statuses", "evidence")}
        counts = {s: e["statuses"].get(s, 0) for s in STATUSES} if "statuses" in e else {}
        evidence = [line(x) for x in e["evidence"]]
        row = {**row, **counts, "relation": e["key"], "symmetric": e.get("symmetric", False), "evidence": evidence}
        return known({k: v for k, v in row.items() if v != ""})

    def same(self, what, nodes, ties, text=lambda s: s, item=lambda s: s, without=()):
        """All of it: every node, every tie, every property, every piece of evidence.

        `text` is what the consumer makes of a text, `item` of an item of a list; `without` are properties that it does
        not keep.
        """
        self.equal(what, "node", {text(k): v for k, v in self.nodes.items()}, nodes, text, item, without)
        key = lambda k: tuple(text(p) for p in k)
        self.equal(what, "tie", {key(k): v for k, v in self.ties.items()}, ties, text, item, without)
        for k in self.sample:
            assert (ties[key(k)].get("evidence") or []) == [item(text(e)) for e in self.ties[k].get("evidence", [])], k
        print(f"  {what}: {len(nodes)} nodes, {len(ties)} ties, every property; evidence of {len(self.sample)} sampled ties")

    @staticmethod
    def equal(what, kind, expected, found, text, item, without):
        strange = sorted(set(expected) ^ set(found))
        assert not strange, f"{what}: {len(found)} {kind}s, expected {len(expected)}; such as {strange[:3]}"
        for key, row in expected.items():
            seen, row = known(found[key]), {k: v for k, v in row.items() if k not in without}
            seen = {k: v for k, v in seen.items() if k not in without}
            assert set(seen) == set(row), f"{what}: {kind} {key} has {sorted(set(seen) ^ set(row))} or not"
            for name, value in row.items():
                if isinstance(value, str):
                    value = text(value)
                elif isinstance(value, list):
                    value = [item(text(v)) for v in value]
                same = value == seen[name]
                if isinstance(value, float):
                    same = math.isclose(value, seen[name], rel_tol=1e-9, abs_tol=1e-12)
                assert same, f"{what}: {kind} {key}, {name}: {seen[name]!r}, expected {value!r}"

    def busiest(self):
        """The entity with most relation ties."""
        ends = [end for (a, r, b) in self.ties if r != "co_mention" for end in (a, b)]
        return max(sorted(self.nodes), key=lambda n: ends.count(n))

    def near(self, start, hops):
        """Who is within so many relation ties, either way."""
        seen, edge = {start}, {start}
        for _ in range(hops):
            next_ = {b for (a, r, b) in self.ties if r != "co_mention" and a in edge}
            next_ |= {a for (a, r, b) in self.ties if r != "co_mention" and b in edge}
            edge = next_ - seen
            seen |= edge
        return seen - {start}


def count(values):
    out = {}
    for v in values:
        out[v] = out.get(v, 0) + 1
    return sorted([k, n] for k, n in out.items())


def questions(truth, type_of="type(t)", name=str.upper):
    """A dozen questions in Cypher with their answers; rows are compared sorted.

    `type_of` is how the database gives a tie's type, `name` what it makes of a relation's name.
    """
    x = truth.busiest()
    ties, nodes = truth.ties, truth.nodes
    relations = {k: v for k, v in ties.items() if k[1] != "co_mention"}
    common = count(k[1] for k in relations)
    most = max(common, key=lambda c: c[1])[0] if common else "co_mention"
    days = sorted(v["last_seen"] for v in ties.values() if "last_seen" in v)
    middle = days[len(days) // 2] if days else "2025-01-01"
    alias = next((n["names"][-1] for _, n in sorted(nodes.items()) if len(n.get("names", [])) > 1), "none")
    day = lambda v: v.get("last_seen", "")
    either = {}
    for a, _, b in ties:
        either.setdefault(a, set()).add(b)
        either.setdefault(b, set()).add(a)
    no_mentions = f"{type_of} <> '{name('co_mention')}'"
    return [
        ("entities", "MATCH (e:Entity) RETURN count(e)", {}, [[len(nodes)]]),
        ("entities by kind", "MATCH (e:Entity) RETURN e.kind, count(e)", {}, count(n["kind"] for n in nodes.values())),
        ("ties by relation", f"MATCH (a:Entity)-[t]->(b:Entity) RETURN {type_of}, count(t)", {},
         [[name(r), n] for r, n in count(k[1] for k in ties)]),
        ("relation ties by status", "MATCH (a:Entity)-[t]->(b:Entity) WHERE t.status IS NOT NULL RETURN t.status, count(t)", {},
         count(v["status"] for v in relations.values())),
        ("the ten most mentioned", "MATCH (e:Entity) RETURN e.mentions, e.id ORDER BY e.mentions DESC, e.id LIMIT 10", {},
         None if any(ord(c) > 0xffff for n in nodes for c in n) else
         [[nodes[n]["mentions"], n] for n in sorted(nodes, key=lambda n: (-nodes[n]["mentions"], n))[:10]]),
        ("whom the busiest one acts on", f"MATCH (a:Entity {{id: $x}})-[t]->(b:Entity) WHERE {no_mentions} RETURN {type_of}, t.status, b.id",
         {"x": x}, [[name(r), v["status"], b] for (a, r, b), v in relations.items() if a == x]),
        ("who acts on the busiest one", f"MATCH (a:Entity {{id: $x}})<-[t]-(b:Entity) WHERE {no_mentions} RETURN {type_of}, t.status, b.id",
         {"x": x}, [[name(r), v["status"], a] for (a, r, b), v in relations.items() if b == x]),
        ("two steps from the busiest one",
         f"MATCH (a:Entity {{id: $x}})-[t]-(m:Entity)-[u]-(b:Entity) WHERE {no_mentions} AND {no_mentions.replace('(t)', '(u)')} "
         "AND b.id <> $x RETURN DISTINCT b.id",
         {"x": x}, [[n] for n in sorted({b for m in truth.near(x, 1) for b in truth.near(m, 1)} - {x})]),
        ("ties of one relation", f"MATCH (a:Entity)-[t:{name(most)}]->(b:Entity) RETURN a.id, b.id, t.weight", {},
         [[a, b, v["weight"]] for (a, r, b), v in ties.items() if r == most]),
        ("who is called so", "MATCH (e:Entity) WHERE $name IN e.names RETURN e.id", {"name": alias},
         [[k] for k, n in nodes.items() if alias in n.get("names", [])]),
        ("denied or ended", "MATCH (a:Entity)-[t]->(b:Entity) WHERE t.status = 'negated' OR t.status = 'ended' RETURN a.id, b.id, t.status", {},
         [[a, b, v["status"]] for (a, r, b), v in relations.items() if v["status"] in ("negated", "ended")]),
        ("sum of weights", "MATCH (a:Entity)-[t]->(b:Entity) RETURN sum(t.weight)", {}, [[sum(v["weight"] for v in ties.values())]]),
        ("neighbours counted", "MATCH (e:Entity)-[t]-(b:Entity) RETURN e.id, count(DISTINCT b.id)", {},
         [[k, len(v)] for k, v in either.items()]),
        ("seen since", "MATCH (a:Entity)-[t]->(b:Entity) WHERE t.last_seen >= DAY($day) RETURN count(t)", {"day": middle},
         [[sum(day(v) >= middle for v in ties.values())]]),
    ]


def ask(what, truth, run, asked, text=lambda s: s):
    """Asks all questions; `run(cypher, parameters)` gives rows."""
    plain = lambda v: text(v) if isinstance(v, str) else v
    for name, cypher, parameters, answer in asked:
        if answer is None:
            continue
        rows = [list(r) for r in run(cypher, {k: plain(v) for k, v in parameters.items()})]
        close = lambda v: round(v, 6) if isinstance(v, float) else v
        tidy = lambda rs: sorted(([close(v) for v in r] for r in rs), key=repr)
        expected = [[plain(v) for v in r] for r in answer]
        floats = lambda rs: [[float(v) if isinstance(v, (int, float)) else v for v in r] for r in rs]
        found, wanted = tidy(floats(rows)), tidy(floats(expected))
        assert found == wanted, f"{what}, {name}: {found[:5]} …, expected {wanted[:5]} …"
    print(f"  {what}: {sum(a[3] is not None for a in asked)} questions answered alike")


def recipe(section, language):
    """The blocks of a language under a heading of docs/recipes.md."""
    with open(os.path.join(ROOT, "docs/recipes.md"), encoding="utf-8") as f:
        document = f.read()
    part = re.search(rf"^## {re.escape(section)}\n(.*?)(?=^## |\Z)", document, re.S | re.M)
    assert part, f"docs/recipes.md has no section {section}"
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", part[1], re.S | re.M)
    assert blocks, f"docs/recipes.md, {section}: no {language}"
    return blocks


def shell(text, folder, **environment):
    """Runs a block of shell as it stands, every line shown as it would be typed."""
    start = time.time()
    ran = subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=folder, env={**os.environ, **environment},
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert ran.returncode == 0, f"{text}\n{ran.stdout}"
    return ran.stdout, time.time() - start
