#!/usr/bin/env python3
"""What the store promises when things go wrong, on the sample.

store.py GUANXI FOLDER [KILLS]

Builds are killed at random moments: what they leave must be the store before or after, whole. Then a file may not grow
beyond a limit (a full disk, as far as a test without mounts can have one): a clear message, and the old store stays.
Python's own SQLite, which is older than the one inside, reads every table and view.
"""
import os, random, resource, shutil, signal, sqlite3, subprocess, sys, time

guanxi, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
kills = int(sys.argv[3]) if len(sys.argv) > 3 else 100
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
shutil.rmtree(folder, ignore_errors=True)
shutil.copytree(os.path.join(root, "dictionaries"), f"{folder}/dictionaries")
# the sample many times over, so that a build takes long enough to be killed in all its parts
for copy in range(40):
    shutil.copytree(os.path.join(root, "content"), f"{folder}/content/{copy:02}")
store = f"{folder}/output/guanxi.db"
ALL = (
    "SELECT name, hash FROM file ORDER BY name",
    "SELECT path, title, date FROM article ORDER BY path",
    "SELECT a.path, c.id & 4294967295, c.rule, c.subject, c.object FROM claim c JOIN article a ON a.id = c.article ORDER BY 1, 2",
    "SELECT key, name, mentions, pagerank FROM entity ORDER BY id",
    "SELECT * FROM tie ORDER BY id",
    "SELECT v.tie, v.number, a.path FROM evidence v JOIN article a ON a.id = v.quote >> 32 ORDER BY 1, 2",
    "SELECT name, value FROM meta ORDER BY name",
)


def build(*more, **options):
    return subprocess.run([guanxi, "build", *more], cwd=folder, capture_output=True, text=True, **options)


def said():
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the store is not whole"
        return [db.execute(question).fetchall() for question in ALL]


def put(state):
    for copy in range(0, 40, 7):
        with open(f"{folder}/content/{copy:02}/changing.md", "w", encoding="utf-8") as f:
            f.write(("商汤科技投资了曦望。\n", "英伟达起诉了月之暗面。\n")[state] * 20)


states = []
for state in (0, 1):
    put(state)
    ran = build("--fresh")
    assert ran.returncode == 0, ran.stderr
    states.append(said())
assert states[0] != states[1]

dice = random.Random(1)
start = time.monotonic()
build("--fresh")
span = time.monotonic() - start
seen = [0, 0]
killed = 0
for round in range(kills):
    put(round % 2)
    child = subprocess.Popen(
        [guanxi, "build", *(["--fresh"] if round % 3 == 0 else [])],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    time.sleep(dice.uniform(0, span * 1.1))
    child.send_signal(signal.SIGKILL)
    killed += child.wait() == -signal.SIGKILL
    seen[states.index(said())] += 1
put(0)
assert build().returncode == 0 and said() == states[0]
left = [name for name in os.listdir(f"{folder}/output") if name.startswith(".guanxi-") and name.endswith(".db")]
assert not left, left
print(f"  {killed} of {kills} builds killed; the store was whole each time: {seen[0]} and {seen[1]} times one state and the other")

put(1)


def little_room():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limit = os.path.getsize(store) // 2
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


for more in ([], ["--fresh"]):
    ran = build(*more, preexec_fn=little_room)
    assert ran.returncode == 1 and "cannot write" in ran.stderr, (ran.returncode, ran.stderr)
    assert "hint:" in ran.stderr and "panicked" not in ran.stderr, ran.stderr
    assert said() == states[0], "the old store is not as it was"
print("  no room left: told, and the old store stays")

assert build().returncode == 0
with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
    for name in names:
        db.execute(f'SELECT * FROM "{name}"').fetchall()
    counts = {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in ("tie", "ties", "evidence", "evidences")}
    assert counts["tie"] == counts["ties"] > 0 and counts["evidence"] == counts["evidences"] > 0, counts
print(f"  SQLite {sqlite3.sqlite_version} reads {len(names)} tables and views")
