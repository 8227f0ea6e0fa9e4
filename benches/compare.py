#!/usr/bin/env python3
"""Times a whole `guanxi build` against a bare text scan by ripgrep, side by side.

  python3 benches/compare.py ARTICLES NAMES [--rounds 9] [--guanxi target/release/guanxi] [--rg rg] [--options "--no-store …"]

ARTICLES is a folder of articles; NAMES has one name a line. Both programs get the names: ripgrep as fixed patterns,
the longest first (`rg -c -j2 -F -f`), guanxi as a bulk list beside its own dictionaries. The programs run in turns, in
a new order each round, after one warm round (without `--no-store` guanxi then finds that nothing has changed); the
ratios are the medians of the rounds' ratios, so that what slows the machine slows both. Prints a Markdown table.
"""
import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time


def run(command):
    """Wall seconds, CPU seconds, and peak memory in MB."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(f"failed: {' '.join(command)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("names")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--guanxi", default="target/release/guanxi")
    parser.add_argument("--rg", default="rg")
    parser.add_argument("--options", default="", help="further options of `guanxi build`, in one string")
    args = parser.parse_args()
    names = [line.strip() for line in open(args.names, encoding="utf-8") if line.strip()]
    with tempfile.TemporaryDirectory() as work:
        patterns, bulk = os.path.join(work, "patterns.txt"), os.path.join(work, "names.csv")
        with open(patterns, "w", encoding="utf-8") as out:
            out.writelines(name + "\n" for name in sorted(set(names), key=lambda n: (-len(n), n)))
        with open(bulk, "w", encoding="utf-8") as out:
            out.write("name,kind\n")
            out.writelines('"' + name.replace('"', '""') + '",company\n' for name in names)
        scan = [args.rg, "--no-config", "-c", "-j2", "-F", "-f", patterns, args.articles]
        build = [args.guanxi, "build", "--dict", bulk, "--content", args.articles, "--output", os.path.join(work, "out")]
        commands = {"rg": scan, "guanxi build": build + ["--threads", "2"] + args.options.split()}
        seen = {name: [] for name in commands}
        for round_ in range(args.rounds + 1):
            order = list(commands)
            random.shuffle(order)
            for name in order:
                result = run(commands[name])
                if round_:
                    seen[name].append(result)
    print(f"{len(names)} names, {args.rounds} rounds\n")
    print("| | wall, median | CPU, median | peak memory | wall ÷ rg | CPU ÷ rg |\n|---|---|---|---|---|---|")
    for name, rows in seen.items():
        wall, cpu, memory = (statistics.median(r[i] for r in rows) for i in range(3))
        ratio = [statistics.median(r[i] / b[i] for r, b in zip(rows, seen["rg"])) for i in range(2)]
        print(f"| {name} | {wall:.3f} s | {cpu:.3f} s | {memory:.0f} MB | {ratio[0]:.2f} | {ratio[1]:.2f} |")


if __name__ == "__main__":
    main()
