#!/usr/bin/env python3
"""Draws a graph in all ways with no other program at hand, and reads the pictures and reports back.

render.py GUANXI FOLDER OUTPUT...    OUTPUT: folders that `guanxi build` wrote; FOLDER takes the pictures
"""
import json, os, subprocess, sys
from lxml import etree
from PIL import Image

guanxi, folder, *outputs = sys.argv[1:]
SVG = "{http://www.w3.org/2000/svg}"
os.makedirs(folder, exist_ok=True)


def run(*arguments, path=""):
    ran = subprocess.run([guanxi, *arguments], capture_output=True, text=True, env={"PATH": path, "NO_COLOR": "1"})
    assert ran.returncode == 0 and not ran.stderr, f"{arguments}: {ran.returncode}\n{ran.stderr}"
    return ran.stdout


def svg(name, *arguments):
    """A picture is well-formed, has words on it, holds no script, and is the same when drawn again."""
    out = f"{folder}/{name}.svg"
    run("render", *arguments, "--to", out)
    with open(out, "rb") as f:
        drawn = f.read()
    assert drawn == run("render", *arguments).encode(), name
    root = etree.fromstring(drawn, etree.XMLParser(resolve_entities=False, no_network=True))
    assert root.tag == f"{SVG}svg" and len(root.findall(f".//{SVG}text")) > 4, name
    known = {f"{SVG}{t}" for t in ("svg", "g", "title", "desc", "rect", "path", "text", "circle")}
    assert {e.tag for e in root.iter()} <= known, {e.tag for e in root.iter()} - known
    return root


def png(name, *arguments):
    """A PNG has the SVG's proportions, and ink where the title stands."""
    out = f"{folder}/{name}.png"
    root = svg(name, *arguments)
    run("render", *arguments, "--scale", "1.5", "--to", out)
    with Image.open(out) as image:
        wide, high = image.size
        assert abs(wide - 1.5 * float(root.get("width"))) <= 1.5 and abs(high - 1.5 * float(root.get("height"))) <= 1.5
        title = image.convert("L").crop((40, 40, 300, 86))
        ink = sum(n for level, n in enumerate(title.histogram()) if level < 128)
        assert ink > 300, f"{name}: {ink} dark pixels where the title stands"


for i, output in enumerate(outputs):
    built = ("--output", output)
    with open(f"{output}/graph.json", encoding="utf-8") as f:
        graph = json.load(f)
    tie = next(e for e in graph["edges"] if e["key"] != "co_mention")
    png(f"{i}-strongest", *built, "--lang", "zh")
    png(f"{i}-map", *built, "--map", "--theme", "light")
    png(f"{i}-around", *built, "--around", tie["source"], "--depth", "2")
    png(f"{i}-path", *built, "--path", tie["source"], tie["target"], "--lang", "zh")
    png(f"{i}-timeline", *built, "--timeline", tie["source"])
    svg(f"{i}-dark", *built, "--theme", "dark", "--width", "1200")
    run("render", *built, "--engine", "graphviz", "--to", f"{folder}/{i}-graphviz.svg", path=os.environ["PATH"])
    for lang in ("zh", "en"):
        page = run("report", *built, "--since", "2000", "--limit", "0", "--format", "html", "--lang", lang)
        tree = etree.fromstring(page, etree.HTMLParser())
        assert not tree.xpath("//script|//img|//iframe|//a|//link") and tree.xpath("//blockquote"), lang
        assert "Content-Security-Policy" in page
    text = run("report", *built, "--since", "2000", "--limit", "0")
    relations = sum(1 for e in graph["edges"] if e["key"] != "co_mention" and e.get("first_seen"))
    said = text.count("\n### ")
    assert said >= relations, f"{said} statements on {relations} dated ties"
    print(f"  {output}: strongest, map, around, path, timeline as SVG and PNG; {said} statements reported")
