#!/usr/bin/env python3
"""Draws a graph.dot; Graphviz must not complain, and a picture kept beside it must show the same nodes.

picture.py GRAPH.DOT FOLDER [KEPT.SVG]    FOLDER takes graph.svg and graph.png
"""
import os, re, subprocess, sys

dot, folder = sys.argv[1:3]
for format in ("svg", "png"):
    out = f"{folder}/graph.{format}"
    ran = subprocess.run(["dot", f"-T{format}", f"-o{out}", dot], capture_output=True, text=True)
    assert ran.returncode == 0 and not ran.stderr, ran.stderr
    assert os.path.getsize(out) > 10_000
    print(f"  {dot} as {format}: {os.path.getsize(out)} bytes, no warning")
shown = lambda svg: sorted(re.findall(r"<title>(.*?)</title>", open(svg, encoding="utf-8").read(), re.S))
if len(sys.argv) > 3:
    assert shown(f"{folder}/graph.svg") == shown(sys.argv[3]), f"{sys.argv[3]} is not of this {dot}: draw it anew"
    print(f"  {sys.argv[3]} is current")
