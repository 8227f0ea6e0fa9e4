#!/usr/bin/env python3
"""What the store promises when things go wrong, on the sample.

store.py GUANXI FOLDER [KILLS]

Running builds are killed at random moments: what they leave must be the store before or after, whole. Then a file may not
grow beyond a limit, and the disk is full (a small tmpfs, where one may be mounted): a clear message, and the old store
stays.
Python's own SQLite, which is older than the one inside, reads every table and view.
"""
import json, os, random, resource, shutil, signal, sqlite3, subprocess, sys, time
from contextlib import closing

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


def said(output=f"{folder}/output"):
    with closing(sqlite3.connect(f"file:{output}/guanxi.db?mode=ro", uri=True)) as db:
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

def spans():
    """Seconds that a build from nothing and an update take."""
    taken = []
    for more in (["--fresh"], []):
        put(len(taken))
        start = time.monotonic()
        build(*more)
        taken.append(time.monotonic() - start)
    return taken


dice = random.Random(1)
span = spans()
seen = [0, 0]
killed = rounds = 0
while killed < kills:
    # whoever is killed too late is not counted
    assert rounds < 20 * kills, f"{killed} of {rounds} builds killed"
    put(rounds % 2)
    fresh = rounds % 3 == 0
    child = subprocess.Popen(
        [guanxi, "build", *(["--fresh"] if fresh else [])], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(dice.uniform(0, span[0 if fresh else 1]))
    hit = child.poll() is None
    child.send_signal(signal.SIGKILL)
    hit = child.wait() == -signal.SIGKILL and hit
    killed += hit
    rounds += 1
    state = states.index(said())
    if hit:
        seen[state] += 1
    else:
        # a machine that has become faster, or slower
        span = spans()
put(0)
assert build().returncode == 0 and said() == states[0]
left = [name for name in os.listdir(f"{folder}/output") if name.startswith(".guanxi-") and name.endswith(".db")]
assert not left, left
print(f"  {killed} running builds killed (of {rounds}); the store was whole each time: {seen[0]} and {seen[1]} times one state and the other")

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
print("  files may not grow: told, and the old store stays")


def full_disk():
    """Builds and exports on a disk that is full, at every step that needs room."""
    disk = os.path.abspath(f"{folder}/disk")
    os.makedirs(disk, exist_ok=True)
    size = sum(os.path.getsize(f"{folder}/output/{name}") for name in os.listdir(f"{folder}/output"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size * 4}", "guanxi", disk], capture_output=True, text=True)
    if mounted.returncode:
        print(f"  full disk: skipped, no disk can be mounted here ({mounted.stderr.strip()})")
        return
    try:
        out = f"{disk}/output"
        shutil.copytree(f"{folder}/output", out)
        before = said(out)
        told = set()
        for more in ([], ["--fresh"]):
            for room in (0, 1, 4, 16, 40, 70, 100):
                filler = f"{disk}/filler"
                free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
                with open(filler, "wb") as f:
                    f.write(bytes(max(0, free - size * room // 100)))
                ran = build(*more, "--output", out)
                os.remove(filler)
                if ran.returncode == 0:
                    break
                assert ran.returncode == 1 and "panicked" not in ran.stderr and "hint:" in ran.stderr, ran.stderr
                assert "disk is full" in ran.stderr or "No space left" in ran.stderr, ran.stderr
                assert said(out) == before, "the old store is not as it was"
                with open(f"{out}/graph.json", encoding="utf-8") as f:
                    json.load(f)
                left = [name for name in os.listdir(out) if name.startswith(".guanxi-")]
                assert not left, left
                told.add((bool(more), room))
            # there is room enough at last: the update is made; back to the state before
            shutil.rmtree(out)
            shutil.copytree(f"{folder}/output", out)
        assert {kind for kind, _ in told} == {False, True}, told
        print(f"  full disk: {len(told)} builds stopped by ENOSPC told it, and the old store stays")
    finally:
        subprocess.run(["umount", disk], check=True)


full_disk()
if os.path.exists("/dev/full"):
    for command in (["export", "jsonl"], ["neighbors", "商汤科技", "--format", "json"], ["sql", "SELECT * FROM claim"]):
        with open("/dev/full", "w") as full:
            ran = subprocess.run([guanxi, *command], cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True)
        assert ran.returncode == 1 and "No space left" in ran.stderr and "panicked" not in ran.stderr, (command, ran)
    print("  answers to a full device: told")

assert build().returncode == 0
with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
    for name in names:
        db.execute(f'SELECT * FROM "{name}"').fetchall()
    counts = {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in ("tie", "ties", "evidence", "evidences")}
    assert counts["tie"] == counts["ties"] > 0 and counts["evidence"] == counts["evidences"] > 0, counts
print(f"  SQLite {sqlite3.sqlite_version} reads {len(names)} tables and views")
