#!/usr/bin/env python3
"""Draws a graph.dot; Graphviz must not complain.

picture.py GRAPH.DOT FOLDER    FOLDER takes graph.svg and graph.png
"""
import os, subprocess, sys

dot, folder = sys.argv[1:3]
for format in ("svg", "png"):
    out = f"{folder}/graph.{format}"
    ran = subprocess.run(["dot", f"-T{format}", f"-o{out}", dot], capture_output=True, text=True)
    assert ran.returncode == 0 and not ran.stderr, ran.stderr
    assert os.path.getsize(out) > 10_000
    print(f"  {dot} as {format}: {os.path.getsize(out)} bytes, no warning")
