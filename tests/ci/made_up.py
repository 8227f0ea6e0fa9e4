#!/usr/bin/env python3
"""Writes made-up articles, so that a graph of realistic size can be checked: about 3,000 entities and 6,000 ties.

made_up.py DICTIONARIES FOLDER [ARTICLES]    writes FOLDER/0000.md and so on; the same every time

Names are those of the dictionaries, a part of them and some far more often than others, as in the news; sentences are
patterns for each relation, in Chinese and some in English, as facts, plans, rumours and denials. Nothing in them is true.
"""
import os, random, re, sys

DICE = random.Random(20250624)
KINDS = {"companies": "C", "people": "P", "products": "X", "organizations": "O"}
# how many names of each kind
DRAWN = {"C": 1500, "P": 550, "X": 800, "O": 450}
# a letter stands for a name of its kind; D and E for two more companies
PATTERNS = [
    "{C}宣布收购{D}，交易预计年内完成。", "{C}计划收购{D}。", "{C}否认收购{D}的传闻。", "有消息称{C}将收购{D}。",
    "{C}领投了{D}的B轮融资，{E}跟投。", "{D}获得{C}、{E}等机构的投资。", "{C}参与了{D}的融资。",
    "{C}发布了新品{X}。", "{X}由{C}研发。", "{C}推出{X}，并将其开源。", "{C}表示{X}的性能超过{Y}。",
    "{P}出任{C}首席执行官。", "{C}创始人兼CEO{P}表示，公司将继续投入。", "{P}加入{C}。", "{P}离开{C}，加入{D}。",
    "{C}与{D}达成战略合作。", "{C}与{O}共建联合实验室。", "{C}向{D}供应芯片。", "{C}采用了{X}。",
    "{C}起诉{D}侵犯专利。", "{C}与{D}是竞争对手。", "{P}毕业于{O}。", "{C}是{D}的子公司。", "{C}从{D}分拆独立。",
    "{C} acquired {D}.", "{C} invested in {D}.", "{C} released {X}.", "{P} joined {C} as chief executive.",
    "{C}、{D}和{E}都参加了大会。", "{O}邀请{P}作报告，{C}到场。",
]


def names(folder):
    """The names of each kind, in the order of the files."""
    found = {}
    for part, letter in KINDS.items():
        found[letter] = []
        for place, folders, files in sorted(os.walk(os.path.join(folder, part))):
            folders.sort()
            for file in sorted(f for f in files if f.endswith((".yaml", ".yml"))):
                with open(os.path.join(place, file), encoding="utf-8") as text:
                    found[letter] += [n.strip().strip("'\"") for n in re.findall(r"^- name: (.+)$", text.read(), re.M)]
        # `李飞飞（阿里云）` tells namesakes apart; nobody writes that
        found[letter] = [n for n in found[letter] if "（" not in n and "#" not in n]
        found[letter] = DICE.sample(found[letter], min(DRAWN[letter], len(found[letter])))
    return found


def draw(list_):
    """A name, the first ones more often."""
    return list_[min(int(len(list_) * DICE.random() ** 2), len(list_) - 1)]


def sentence(found):
    drawn = {"C": draw(found["C"]), "P": draw(found["P"]), "X": draw(found["X"]), "O": draw(found["O"])}
    others = {"D": "C", "E": "C", "Y": "X"}
    for letter, kind in others.items():
        drawn[letter] = next(n for n in iter(lambda: draw(found[kind]), None) if n not in drawn.values())
    return DICE.choice(PATTERNS).format(**drawn)


def main():
    dictionaries, folder, *count = sys.argv[1:]
    found = names(dictionaries)
    os.makedirs(folder, exist_ok=True)
    for i in range(int(count[0]) if count else 1300):
        day = f"{DICE.randint(2023, 2025)}-{DICE.randint(1, 12):02}-{DICE.randint(1, 28):02}"
        paragraphs = [[sentence(found) for _ in range(DICE.randint(1, 2))] for _ in range(DICE.randint(3, 5))]
        body = "\n\n".join(" ".join(p) for p in paragraphs)
        with open(os.path.join(folder, f"{i:04}.md"), "w", encoding="utf-8") as out:
            out.write(f"---\ntitle: 第{i}则\ndate: {day}\n---\n\n{body}\n")


main()
