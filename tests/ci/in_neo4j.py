#!/usr/bin/env python3
"""Neo4j's own server takes the graph by its import tool, by its shell and over Bolt, each twice.

in_neo4j.py NEO4J FOLDER...    NEO4J is what neo4j/install.sh made; FOLDER holds graph.json; guanxi is on the PATH
"""
import contextlib, http.server, json, os, shutil, socket, subprocess, sys, tempfile, threading, time
from neo4j import GraphDatabase
from truth import Truth, ask, questions, recipe, shell

neo4j, *folders = sys.argv[1:]
PORT, PASSWORD = 17687, "only-for-tests"
os.environ["PATH"] = f"{os.path.abspath(neo4j)}/bin:{os.environ['PATH']}"
os.environ.update(NEO4J_URI=f"bolt://127.0.0.1:{PORT}", NEO4J_USERNAME="neo4j", NEO4J_PASSWORD=PASSWORD, NO_COLOR="1")
IMPORT, CONSTRAINT, SHELL, LOAD = recipe("Neo4j", "sh")


@contextlib.contextmanager
def server():
    start = time.time()
    with open(f"{neo4j}/server.log", "w") as log:
        process = subprocess.Popen(["neo4j"], stdout=log, stderr=subprocess.STDOUT)
    try:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", PORT), 1):
                break
            assert process.poll() is None and time.time() - start < 300, open(f"{neo4j}/server.log").read()
            time.sleep(0.5)
        with GraphDatabase.driver(os.environ["NEO4J_URI"], auth=("neo4j", PASSWORD)) as driver:
            driver.verify_connectivity()
            print(f"  Neo4j runs after {time.time() - start:.0f} s")
            yield driver
    finally:
        process.terminate()
        process.wait(120)


def read(driver):
    """All that guanxi wrote."""
    nodes, ties = {}, {}
    for r in driver.execute_query("MATCH (e:Entity) RETURN labels(e) AS labels, properties(e) AS p").records:
        p = dict(r["p"])
        assert sorted(r["labels"]) == sorted(["Entity", p["kind"].capitalize()]), r["labels"]
        p.pop("guanxi_load", None)
        nodes[p.pop("id")] = p
    query = "MATCH (a:Entity)-[t]->(b:Entity) RETURN a.id AS a, b.id AS b, type(t) AS type, properties(t) AS p"
    for r in driver.execute_query(query).records:
        p = dict(r["p"])
        p.pop("guanxi_load", None)
        assert r["type"] == p["relation"].upper()
        key = (r["a"], p["relation"], r["b"])
        assert key not in ties, f"twice: {key}"
        ties[key] = p
    return nodes, ties


def rows(driver):
    return lambda cypher, parameters: driver.execute_query(cypher.replace("DAY(", "date("), parameters).records


def empty(driver):
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def check(folder, first):
    truth = Truth(folder)
    with tempfile.TemporaryDirectory() as work:
        os.symlink(os.path.abspath(folder), f"{work}/output")
        for turn in ("once", "twice"):
            out, seconds = shell(IMPORT, work)
            assert f"{len(truth.nodes)} nodes" in out and f"{len(truth.ties)} relationships" in out, out
            print(f"  neo4j-csv, {turn}: the import tool took it in {seconds:.0f} s")
        with server() as driver:
            shell(CONSTRAINT, work)
            truth.same("neo4j-csv in Neo4j", *read(driver), item=lambda s: s.replace("\x1f", " "))
            ask("neo4j-csv in Neo4j", truth, rows(driver), questions(truth))
            empty(driver)
            for turn in ("once", "twice"):
                _, seconds = shell(SHELL, work)
                print(f"  cypher, {turn}: cypher-shell took it in {seconds:.0f} s")
                truth.same("cypher in Neo4j", *read(driver))
            ask("cypher in Neo4j", truth, rows(driver), questions(truth))
            empty(driver)
            for turn in ("once", "twice"):
                out, seconds = shell(LOAD, work)
                assert out == f"{len(truth.nodes)} entities and {len(truth.ties)} ties written\n", out
                print(f"  load, {turn}: {seconds:.1f} s")
                truth.same("load into Neo4j", *read(driver))
            ask("load into Neo4j", truth, rows(driver), questions(truth))
            if first:
                ours(driver, truth, work)
                less(driver, truth, work)
                broken_off(driver, truth, work)
                refused(work)


def ours(driver, truth, work):
    """The database and guanxi's own commands answer alike."""
    name = truth.busiest()
    told = json.loads(shell(f"guanxi neighbors '{name}' --limit 0 --format json", work)[0])
    query = ("MATCH (a:Entity {id: $x})-[t]-(b:Entity) "
             "RETURN startNode(t).id AS a, t.relation AS r, endNode(t).id AS b, t.weight AS w")
    known = {(r["a"], r["r"], r["b"], r["w"]) for r in driver.execute_query(query, {"x": name}).records}
    said = {(t["source"], t["key"], t["target"], float(t["weight"])) for t in (n["tie"] for n in told["neighbors"])}
    assert said == known and told["ties"] == len(known), said ^ known
    print(f"  `guanxi neighbors` names {len(said)} ties that the database has too")


def less(driver, truth, work):
    """What falls out of the graph goes, what others wrote stays."""
    driver.execute_query("MATCH (e:Entity) WITH e ORDER BY e.id LIMIT 1 SET e.mine = 1 "
                         "CREATE (e)-[:MINE]->(:Entity {id: 'mine'}), (:Note {id: 'note'})")
    part = "guanxi load \"$NEO4J_URI\" --relation invests_in"
    out, _ = shell(part, work)
    assert "ties deleted that the graph no longer has" in out, out
    query = "MATCH ()-[t]->() RETURN type(t) AS type, count(t) AS n"
    left = {r["type"]: r["n"] for r in driver.execute_query(query).records}
    expected = sum(k[1] == "invests_in" for k in truth.ties)
    assert left == {"INVESTS_IN": expected} or left == {"INVESTS_IN": expected, "MINE": 1}, left
    mine = driver.execute_query("MATCH (n) WHERE n.id IN ['mine', 'note'] RETURN count(n) AS n").records[0]["n"]
    assert mine == 2, "a load deletes only what a load wrote"
    driver.execute_query("MATCH (n) WHERE n.id IN ['mine', 'note'] DETACH DELETE n")
    shell(LOAD, work)
    nodes, ties = read(driver)
    nodes = {k: {n: v for n, v in p.items() if n != "mine"} for k, p in nodes.items()}
    truth.same("load after a smaller load", nodes, ties)


def broken_off(driver, truth, work):
    """A load that was killed goes on where it stopped."""
    empty(driver)
    process = subprocess.Popen(["guanxi", "load", os.environ["NEO4J_URI"]], cwd=work)
    while not driver.execute_query("MATCH (l:GuanxiLoad) RETURN l.done AS n").records:
        pass
    process.kill()
    process.wait()
    time.sleep(2)
    done = driver.execute_query("MATCH (l:GuanxiLoad) RETURN l.done AS n").records[0]["n"]
    if done == 0:  # it was whole before it could be killed
        driver.execute_query("MATCH (l:GuanxiLoad) SET l.done = 2")
    out, _ = shell(LOAD, work)
    assert "rows were there from a load that broke off" in out, out
    truth.same("load after one that was killed", *read(driver))


def refused(work):
    """What is wrong is said, without a trace of the password."""
    def fails(command, code, *words, **environment):
        ran = subprocess.run(["bash", "-c", command], cwd=work, env={**os.environ, **environment}, capture_output=True, text=True)
        assert ran.returncode == code, f"{command}: {ran.returncode}\n{ran.stderr}"
        assert all(w in ran.stderr for w in words) and "hint: " in ran.stderr and PASSWORD not in ran.stderr, ran.stderr
    uri = os.environ["NEO4J_URI"]
    fails(f"guanxi load {uri}", 1, "refused the login", NEO4J_PASSWORD="wrong-" + "x" * 8)
    fails(f"guanxi load {uri}", 2, "no password", NEO4J_PASSWORD="")
    fails(f"guanxi load bolt://neo4j:secret@127.0.0.1:{PORT}", 2, "holds a login")
    fails("guanxi load bolt://127.0.0.1:9", 1, "nothing listens there")
    fails(f"guanxi load {uri} --database nowhere", 1, "no such database")
    fails("guanxi load ftp://127.0.0.1", 2, "no Bolt address")
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    web.RequestHandlerClass.log_message = lambda *_: None
    threading.Thread(target=web.serve_forever, daemon=True).start()
    fails(f"guanxi load bolt://127.0.0.1:{web.server_port}", 1, "Bolt")
    web.shutdown()
    print("  seven faults told apart")


shutil.rmtree(f"{neo4j}/home/data", ignore_errors=True)
os.makedirs(f"{neo4j}/home/data")
subprocess.run(["neo4j-admin", "dbms", "set-initial-password", PASSWORD], check=True, stdout=subprocess.DEVNULL)
for i, folder in enumerate(folders):
    print(f"  {folder}")
    check(folder, i == 0)
