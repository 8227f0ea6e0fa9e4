#!/usr/bin/env python3
"""ArcadeDB, which speaks Bolt but is no Neo4j, takes `guanxi load`, twice, and the Cypher script over the same wire.

in_arcadedb.py FOLDER...    FOLDER holds graph.json; guanxi is on the PATH
"""
import os, shutil, sys, tempfile, traceback
import arcadedb_embedded
from neo4j import GraphDatabase
from truth import Truth, ask, questions, recipe, shell

PORT, PASSWORD = 17688, "only-for-tests"
os.environ.update(NEO4J_URI=f"bolt://127.0.0.1:{PORT}", NEO4J_USERNAME="root", NEO4J_PASSWORD=PASSWORD)


def read(run):
    nodes, ties = {}, {}
    for (p,) in run("MATCH (e:Entity) RETURN properties(e)"):
        p = {k: v for k, v in p.items() if not k.startswith("@") and k != "guanxi_load"}
        nodes[p.pop("id")] = p
    for a, b, p in run("MATCH (a:Entity)-[t]->(b:Entity) RETURN a.id, b.id, properties(t)"):
        p = {k: v for k, v in p.items() if not k.startswith("@") and k != "guanxi_load"}
        assert (a, p["relation"], b) not in ties, f"twice: {a} {p['relation']} {b}"
        ties[a, p["relation"], b] = p
    return nodes, ties


def check(server, folder, name):
    truth = Truth(folder)
    server.create_database(name)
    with tempfile.TemporaryDirectory() as work, GraphDatabase.driver(os.environ["NEO4J_URI"], auth=("root", PASSWORD)) as driver:
        os.symlink(os.path.abspath(folder), f"{work}/output")
        run = lambda cypher, parameters=None: [list(r) for r in driver.execute_query(
            cypher.replace("DAY(", "date("), parameters or {}, database_=name).records]
        for turn in ("once", "twice"):
            for block in recipe("ArcadeDB", "sh"):
                out, seconds = shell(block.replace("--database news", f"--database {name}"), work)
                print(f"  load, {turn}: {seconds:.1f} s; {out.strip()}")
            truth.same("load into ArcadeDB", *read(run))
        ask("load into ArcadeDB", truth, run, questions(truth))


code = 1
folders = [os.path.abspath(f) for f in sys.argv[1:]]
root = tempfile.mkdtemp()
os.chdir(root)  # it keeps its log where it starts
server = arcadedb_embedded.create_server(root, root_password=PASSWORD, config={
    "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin", "bolt_port": PORT, "host": "127.0.0.1"})
server.start()
try:
    for i, folder in enumerate(folders):
        check(server, folder, f"news{i or ''}")
    code = 0
except BaseException:
    traceback.print_exc()
server.stop()
shutil.rmtree(root, ignore_errors=True)
sys.stdout.flush()
# the Java machine inside would keep the process
os._exit(code)
