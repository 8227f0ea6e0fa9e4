#!/usr/bin/env python3
"""Times the queries on a store that `guanxi build` wrote: each asked of random entities, in a process of its own.

  python3 benches/queries.py OUTPUT [--samples 1000] [--guanxi target/release/guanxi] [--only neighbors,path]

OUTPUT is the folder with guanxi.db. Entities are drawn by a fixed seed, each with the same chance; paths run between two
drawn ones; texts to search are names of drawn entities, as they are, with two letters exchanged, and in pinyin; articles
to withdraw are drawn too. A time is that of the whole process, from its start to its end, its output thrown away; the
file is in the system's cache, as it is from the second question on. Prints a Markdown table of milliseconds.
"""
import argparse
import random
import sqlite3
import statistics
import subprocess
import time


def slip(name, dice):
    """The name with two neighbouring letters exchanged."""
    if len(name) < 3:
        return name
    at = dice.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output")
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--guanxi", default="target/release/guanxi")
    parser.add_argument("--only", default="", help="these questions, by how they begin, parted by commas")
    args = parser.parse_args()
    db = sqlite3.connect(f"file:{args.output}/guanxi.db?mode=ro", uri=True)
    ids = [key for (key,) in db.execute("SELECT key FROM entity ORDER BY id")]
    names = dict(db.execute("SELECT key, name FROM entity"))
    sounds = dict(db.execute("SELECT e.key, s.full FROM sound s JOIN entity e ON e.id = s.entity WHERE s.number = 0"))
    articles = [path for (path,) in db.execute("SELECT path FROM article ORDER BY id")]
    ties = db.execute("SELECT count(*) FROM tie").fetchone()[0]
    last = db.execute("SELECT max(date) FROM article").fetchone()[0] or "2025-01-01"
    month = last[:8] + "01"
    dice = random.Random(1)
    drawn = [dice.choice(ids) for _ in range(args.samples)]
    others = [dice.choice(ids) for _ in range(args.samples)]
    read = [key for key in drawn if key in sounds] or drawn[:1]
    measures = ("mentions", "articles", "degree", "pagerank", "betweenness")
    questions = {
        "neighbors": [["neighbors", key] for key in drawn],
        "neighbors --depth 2": [["neighbors", key, "--depth", "2"] for key in drawn],
        "show": [["show", key] for key in drawn],
        "evidence": [["evidence", key] for key in drawn],
        "path": [["path", a, b] for a, b in zip(drawn, others)],
        "path --by strength": [["path", a, b, "--by", "strength"] for a, b in zip(drawn, others)],
        "path --co-mentions": [["path", a, b, "--co-mentions"] for a, b in zip(drawn, others)],
        "search, a name": [["search", names[key]] for key in drawn],
        "search, with a slip": [["search", slip(names[key], dice)] for key in drawn],
        "search, pinyin": [["search", sounds.get(key, "a")] for key in read],
        "top": [["top", "--by", measures[i % len(measures)]] for i in range(len(drawn))],
        "communities ENTITY": [["communities", key] for key in drawn],
        "communities": [["communities"]] * len(drawn),
        "timeline": [["timeline", key] for key in drawn],
        "diff ENTITY --from": [["diff", key, "--from", month] for key in drawn],
        "conflicts ENTITY": [["conflicts", key] for key in drawn],
        "conflicts": [["conflicts"]] * min(50, len(drawn)),
        "diff --from": [["diff", "--from", month]] * min(20, len(drawn)),
        "retract": [["retract", dice.choice(articles)] for _ in drawn],
    }
    print(f"{len(ids)} entities, {ties} ties, {len(articles)} articles; milliseconds a process\n")
    print("| question | asked | median | 95 % below | longest |\n|---|---|---|---|---|")
    only = [word for word in args.only.split(",") if word]
    for name, commands in questions.items():
        if only and not any(name.startswith(word) for word in only):
            continue
        times = []
        for command in commands:
            start = time.perf_counter()
            ran = subprocess.run(
                [args.guanxi, *command, "--output", args.output], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            times.append((time.perf_counter() - start) * 1000)
            # 1: nothing was found
            assert ran.returncode in (0, 1), command
        times.sort()
        below = times[min(len(times) - 1, int(len(times) * 0.95))]
        print(f"| {name} | {len(times)} | {statistics.median(times):.1f} | {below:.1f} | {times[-1]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
