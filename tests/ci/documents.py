#!/usr/bin/env python3
"""Runs the commands that the documents show and compares what they print.

documents.py GUANXI FILE...             fails on a difference
documents.py --update GUANXI FILE...    writes what they print into the documents

A block marked `console` holds commands (`$ …`), each with its output. A block marked `yaml` that opens with a comment
`# some/path.yaml` is written to that path first. A picture whose caption gives its command (`guanxi render … --to FILE`)
is drawn and compared with the one kept. All run in a copy of the sample, in the order of the document; the
seconds that a run took do not count.
"""
import os, re, shutil, subprocess, sys, tempfile

arguments = sys.argv[1:]
update = arguments[0] == "--update"
guanxi, *files = arguments[update:]
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
BLOCK = re.compile(r"^```(console|yaml)\n(.*?)^```$", re.S | re.M)
timeless = lambda text: re.sub(r"\b\d+\.\d+ s\b", "N s", text)


def check(file):
    with open(file, encoding="utf-8") as f:
        document = f.read()
    with tempfile.TemporaryDirectory() as folder:
        for part in ("content", "dictionaries", "tests/gold"):
            shutil.copytree(os.path.join(root, part), os.path.join(folder, part))
        os.mkdir(f"{folder}/bin")
        os.symlink(os.path.abspath(guanxi), f"{folder}/bin/guanxi")
        environment = {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "NO_COLOR": "1", "COLUMNS": "100"}
        run = lambda command: subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ).stdout
        run("guanxi build")
        count, faults = 0, []

        def block(match):
            nonlocal count
            language, body = match.groups()
            if language == "yaml":
                path = re.match(r"# (\S+\.ya?ml)\n", body)
                if path and not path[1].startswith("dictionaries/"):
                    os.makedirs(os.path.dirname(f"{folder}/{path[1]}"), exist_ok=True)
                    with open(f"{folder}/{path[1]}", "w", encoding="utf-8") as f:
                        f.write(body)
                return match[0]
            out = []
            for shown in re.split(r"^(?=\$ )", body, flags=re.M):
                if not shown.strip():
                    continue
                command, expected = shown[2:].split("\n", 1)
                if command == "guanxi build":
                    # as a reader's first
                    shutil.rmtree(f"{folder}/output", ignore_errors=True)
                printed = "\n".join(l.rstrip() for l in run(command).rstrip().split("\n")) + "\n"
                count += 1
                if timeless(printed) != timeless(expected.rstrip() + "\n"):
                    faults.append(f"$ {command}\n{printed}")
                    expected = printed
                out.append(f"$ {command}\n{expected.rstrip()}\n")
            return "```console\n" + "\n".join(out) + "```"

        changed = BLOCK.sub(block, document)
        for picture in re.findall(r"!\[[^\]]*\]\((\S+\.svg)\)", document):
            command = re.search(rf"`(guanxi render[^`\n]*--to {re.escape(picture)})`", document)
            if not command:
                continue
            os.makedirs(os.path.dirname(f"{folder}/{picture}"), exist_ok=True)
            printed = run(command[1])
            count += 1
            kept = os.path.join(root, picture)
            read = lambda path: open(path, "rb").read() if os.path.exists(path) else None
            drawn = read(f"{folder}/{picture}")
            if drawn is None or drawn != read(kept):
                faults.append(f"$ {command[1]}\n{printed}{picture} is not what it draws\n")
                if update and drawn is not None:
                    with open(kept, "wb") as f:
                        f.write(drawn)
    if update and changed != document:
        with open(file, "w", encoding="utf-8") as f:
            f.write(changed)
    print(f"  {os.path.relpath(file, root)}: {count} commands" + (f", {len(faults)} changed" if faults else ""))
    return [] if update else [f"{file} shows something else than:\n{f}" for f in faults]


faults = [fault for file in files for fault in check(file)]
if faults:
    sys.exit("\n".join(faults) + "\ntests/ci/documents.py --update writes them anew")
