#!/usr/bin/env python3
"""Builds a graph of names that try to break out of a format, and draws it.

hostile.py GUANXI FOLDER    FOLDER is made and left behind, with all exports in output/
"""
import json, os, subprocess, sys

guanxi, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
NAMES = [
    '华为 "麒麟"', "C:\\N\\", "<b>粗</b>", "A→B", "🚀🚀", "𠮷野家", "AT&T", "&lt;script&gt;", '=HYPERLINK("x")', '\\"\\"',
    "node", "subgraph", "}]; x -> y", "\u200b零\u200b宽", "\\N\\G\\l\\r", "%s%n%d", "-- 注释", "]]>", "'; DROP", "100%",
    "a\tb", "两\n行", "＂全角＂", "العربية", "e\u0301e\u0301", "名" * 200, "<TABLE><TR>", "#fff", "// x", "/* x */", "@prefix", "`x`",
    '"; DROP TABLE x; --', "</script><b>", "--> 注释", "\\u4e2d", "$gx$ $gx1$", "${HOME}", "$x {y}", "NULL", "null", "'t Hooft",
    "a|b\\|c", "x;y", "[a,b]", "\u202eאבג", "\x01\x02控\x1b", "分\x1f隔", "\x7f\x85行\u2028段", "+1-800", "-2+3", "\"\"\"三引\"", "\\反斜\\", "''双撇",
    "true", "1e5", "2025-06-24", "::冒号::", "_:b0", "<urn:x>", "\ufffe尾",
]
KINDS = ["company", "product", "organization", "person"]
entries = [
    {"name": n, "kind": KINDS[i % 4], "aliases": [f"测试名号{'甲乙丙丁'[i % 4]}{'子丑寅卯辰巳午未申酉戌亥天地人日月星风云山水火木'[i // 4]}"]} for i, n in enumerate(NAMES)
]
os.makedirs(f"{folder}/content")
with open(f"{folder}/names.yaml", "w", encoding="utf-8") as f:
    # JSON strings are YAML strings
    f.writelines(f"- {json.dumps(e, ensure_ascii=True)}\n" for e in entries)
alias = [e["aliases"][0] for e in entries]
pairs = [(alias[i], alias[(i + 1) % len(alias)]) for i in range(len(alias))]
with open(f"{folder}/content/a “b” <c> & d.md", "w", encoding="utf-8") as f:
    f.write("---\ntitle: 'A \"title\" <b>&\\'\ndate: 2025-06-24\n---\n\n")
    f.writelines(f"{a}与{b}都来了。{b}和{a}同台。{a}发布了{b}。\n\n" for a, b in pairs)


def run(*command, **more):
    ran = subprocess.run(command, capture_output=True, text=True, **more)
    assert ran.returncode == 0 and not ran.stderr, f"{command}: {ran.returncode}\n{ran.stderr}"
    return ran.stdout


options = ["--no-default-dict", "--listed-only"]
for d in ("dictionaries/lexicon", "dictionaries/relations"):
    options += ["--dict", f"{root}/{d}"]
run(guanxi, "build", *options, "--dict", f"{folder}/names.yaml", "--content", f"{folder}/content", "--output",
    f"{folder}/output")
with open(f"{folder}/output/graph.json", encoding="utf-8") as f:
    graph = json.load(f)
names = {n["name"] for n in graph["nodes"]}
assert names == {n.strip() for n in NAMES}, names ^ {n.strip() for n in NAMES}
assert any(e["key"] == "develops" for e in graph["edges"])
with open(f"{folder}/output/graph.dot", "w", encoding="utf-8") as f:
    f.write(run(guanxi, "export", "dot", "--output", f"{folder}/output", "--top", "0", "--relation", "develops,co_mention"))
for format in ("svg", "png"):
    run("dot", f"-T{format}", f"-o{folder}/output/graph.{format}", f"{folder}/output/graph.dot")
# Graphviz sees every node of the graph with a tie of its own
seen = json.loads(run("dot", "-Tjson0", f"{folder}/output/graph.dot"))
pairs = {(e["tail"], e["head"]) for e in seen["edges"]}
ends = {(e["source"], e["target"]) for e in graph["edges"]}
assert len(pairs) >= len(ends) >= len(names), (len(pairs), len(ends))
print(f"  {len(names)} hostile names drawn without a warning")
