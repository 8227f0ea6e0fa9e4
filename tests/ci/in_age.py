#!/usr/bin/env python3
"""Apache AGE, in PGlite under Node, runs the SQL of `guanxi export cypher --dialect age`, twice.

in_age.py NODE FOLDER...    NODE holds node_modules; FOLDER holds graph.json; guanxi is on the PATH
"""
import json, os, re, subprocess, sys, tempfile
from truth import Truth, ask, questions, recipe, shell

node, *folders = sys.argv[1:]
ASK = """
await postgres.exec(readFileSync("age/graph.sql", "utf8"))
await postgres.exec("LOAD 'age'; SET search_path = ag_catalog, \\"$user\\", public")
const out = []
for (const [parts, width, choose] of JSON.parse(readFileSync("questions.json", "utf8"))) {
  const columns = Array.from({ length: width }, (_, i) => `c${i} agtype`).join(", ")
  const asked = parts.map(cypher => `SELECT * FROM cypher('guanxi', $ask$ ${cypher} $ask$) AS (${columns})`)
  const sql = choose.replace("ASKED", asked.join(" UNION "))
  out.push((await postgres.query(sql, [], { rowMode: "array" })).rows)
}
writeFileSync("answers.json", JSON.stringify(out))
process.exit(0)
"""


def value(text):
    """An agtype as Python has it; SQL's own numbers are ones already."""
    if not isinstance(text, str):
        return text
    return json.loads(re.sub(r"::(vertex|edge|path|numeric)$", "", text))


def literal(v):
    return "'" + v.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def parts(name, cypher):
    """A question as AGE answers it in time: it takes minutes over ties whose direction is left open, so each direction is
    asked for by itself and SQL joins the answers. Gives the parts, how many columns they have, and the SQL around them.
    """
    each = [cypher]
    for tie in "tu":
        open_ = rf"(?<!<)-\[{tie}\]-(?=\()"
        each = list(dict.fromkeys(re.sub(open_, arrow, part) for part in each for arrow in (f"-[{tie}]->", f"<-[{tie}]-")))
    if name == "neighbours counted":
        return [part.replace("count(DISTINCT b.id)", "b.id") for part in each], 2, "SELECT c0, count(*) FROM (ASKED) a GROUP BY c0"
    return each, len(re.split(r",(?![^(]*\))", cypher.split("RETURN")[-1].split("ORDER BY")[0])), "ASKED"


def check(folder):
    truth = Truth(folder)
    no_nul = lambda s: s.replace("\0", "\ufffd")
    asked = questions(truth)
    filled = [re.sub(r"DAY\((\$\w+)\)", r"\1", cypher) for _, cypher, _, _ in asked]
    for i, (_, _, parameters, _) in enumerate(asked):
        for k, v in parameters.items():
            filled[i] = filled[i].replace(f"${k}", literal(no_nul(v)))
    names = ["nodes", "ties"] + [name for name, *_ in asked]
    whole = ["MATCH (e:Entity) RETURN e", "MATCH (a:Entity)-[t]->(b:Entity) RETURN a.id, t, b.id"]
    with tempfile.TemporaryDirectory(dir=node) as work:
        os.symlink(os.path.abspath(folder), f"{work}/output")
        for block in recipe("Apache AGE", "sh"):
            shell(block, work)
        with open(f"{work}/questions.json", "w", encoding="utf-8") as f:
            json.dump([parts(name, q) for name, q in zip(names, whole + filled)], f)
        program = "\n".join(recipe("Apache AGE", "js")) + ASK
        with open(f"{work}/age.mjs", "w", encoding="utf-8") as f:
            f.write(program.replace("import { readFileSync }", "import { readFileSync, writeFileSync }"))
        ran = subprocess.run(["node", "age.mjs"], cwd=work, capture_output=True, text=True)
        assert ran.returncode == 0, (ran.stdout + ran.stderr)[-3000:]
        with open(f"{work}/answers.json", encoding="utf-8") as f:
            answers = [[[value(v) for v in row] for row in rows] for rows in json.load(f)]
    nodes = {e["properties"].pop("id"): e["properties"] for (e,) in answers[0]}
    ties = {(a, t["properties"]["relation"], b): t["properties"] for a, t, b in answers[1]}
    assert len(ties) == len(answers[1])
    truth.same("cypher in Apache AGE", nodes, ties, text=no_nul)
    told = dict(zip((q[1] for q in asked), answers[2:]))
    ask("cypher in Apache AGE", truth, lambda cypher, _: told[cypher], asked, no_nul)


for folder in folders:
    check(folder)
