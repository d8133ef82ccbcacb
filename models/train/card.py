"""Writes the demo model's card, and its scores in the repository's README, from what was measured.

    python3 models/train/card.py [--results FILE] [--card FILE]      (needs nothing but Python)
"""

import argparse
import json
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent
DEMO = MODELS / "grevy" / "demo"
RESULTS = MODELS / "evaluate" / "results.json"
README = MODELS.parent / "README.md"
TEXT, TRIED = Path(__file__).with_name("card.md"), Path(__file__).with_name("tried.md")
MARKS = "<!-- scores: written by models/train/card.py -->\n", "<!-- end of scores -->\n"

WANTED = {"colour": 99, "shape": 97, "count": 97, "place": 95, "yes/no": 96, "digits": 95, "words": 80, "three turns": 90}
WAYS = {
    "http": "over HTTP, as served",
    "engine": "Python `openvino_genai`, the same files",
    "fp32": "Python `openvino_genai`, fp32 weights, computed in f32",
}


def read(results):
    return json.loads(results.read_text()) if results.exists() else {}


def save(results, found):
    results.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def add(results, section, **entries):
    """Puts entries into a section of the file, in the place of those of the same name."""
    found = read(results)
    found.setdefault(section, {}).update(entries)
    save(results, found)


def table(scores):
    """Percents by kind and way."""
    ways = [way for way in WAYS if way in scores]
    if not ways:
        return "Not measured yet.\n"
    rows = ["| | wanted | " + " | ".join(WAYS[way] for way in ways) + " |", "|---" * (2 + len(ways)) + "|"]
    for kind, wanted in WANTED.items():
        shares = [scores[way]["shares"].get(kind) for way in ways]
        rows.append(f"| {kind} | {wanted} % | " + " | ".join(_percent(share) for share in shares) + " |")
    cases = [f"{scores[way]['cases']} cases {WAYS[way]}" for way in ways]
    if len(ways) > 1 and len({scores[way]["cases"] for way in ways}) == 1:
        cases = [f"{scores[ways[0]]['cases']} cases each"]
    return "\n".join([*rows, "", f"Share of right answers; {', '.join(cases)}.", ""])


def short(scores):
    """What is less than was wanted, and what is not the same in both ways of asking."""
    shares = scores.get("http", {}).get("shares", {})
    missed = [f"{kind} {_percent(shares[kind])} of {wanted} %" for kind, wanted in WANTED.items() if kind in shares and 100 * shares[kind] < wanted]
    lines = [f"Short of what was wanted: {', '.join(missed)}." if missed else "Nothing is short of what was wanted."] if shares else []
    lines += _difference(scores, "http", "engine", "The server and Python differ by")
    lines += _difference(scores, "engine", "fp32", "int8 against fp32:")
    return "\n\n".join(lines)


def _difference(scores, one, other, what):
    if one not in scores or other not in scores:
        return []
    points = {kind: 100 * (scores[one]["shares"][kind] - scores[other]["shares"][kind]) for kind in scores[one]["shares"]}
    apart = [f"{kind} {value:+.1f}" for kind, value in points.items() if abs(value) >= 0.05]
    return [f"{what} {', '.join(apart)} points." if apart else f"{what} nothing."]


def _percent(share):
    return "–" if share is None else f"{100 * share:.1f} %"


def first_token(found):
    if not found:
        return "First token: not measured yet."
    return (
        f"First token of a question about a {found['picture']} picture, over HTTP: **{found['median ms']:.0f} ms** at the median of "
        f"{found['questions']} streamed questions, one after the other, {found['ninetieth ms']:.0f} ms at the 90th percentile "
        f"({found['cores']} cores, {found['processor']})."
    )


def card(found):
    training = found.get("training", {})
    rows = [f"| `{name.split(',')[0]}`{', ' + name.split(',')[1].strip() if ',' in name else ''} | {said} |" for name, said in found.get("examples", {}).items()]
    parts = {
        "parameters": f"{training.get('parameters', 0) / 1e6:.1f} million",
        "megabytes": f"{training.get('bytes', 0) / 1e6:.1f}",
        "training": ", ".join(f"{name}: {value:,}" if isinstance(value, int) else f"{name}: {value}" for name, value in training.items()),
        "examples": "\n".join(rows),
        "scores": table(found.get("scores", {})),
        "short": short(found.get("scores", {})),
        "first token": first_token(found.get("first token")),
        "tried": TRIED.read_text().strip(),
    }
    text = TEXT.read_text()
    for name, part in parts.items():
        text = text.replace(f"«{name}»", part)
    return text


def write(file, results):
    file.write_text(card(read(results)))


def fill(readme, results):
    """The scores between the marks."""
    found, text = read(results), readme.read_text()
    before, rest = text.split(MARKS[0])
    _, after = rest.split(MARKS[1])
    said = "\n".join(["", table(found.get("scores", {})), first_token(found.get("first token")), "", ""])
    readme.write_text(before + MARKS[0] + said + MARKS[1] + after)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--results", type=Path, default=RESULTS)
    arguments.add_argument("--card", type=Path, default=DEMO / "README.md")
    arguments.add_argument("--readme", type=Path, default=README)
    options = arguments.parse_args()
    write(options.card, options.results)
    fill(options.readme, options.results)


if __name__ == "__main__":
    main()
