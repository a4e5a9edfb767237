#!/usr/bin/env python
"""The house's own rules that no linter knows: who reaches rows, how long things are, and what may not be written down.

Prints one line per breach and exits 1 when there is one.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOORS = re.compile(r"(^|/)(views|tasks|templatetags)(/|\.py$)")
LONGEST_FUNCTION, LONGEST_FILE = 50, 500
# A manager's method that reaches rows; after `.objects` only `visible_to` and its named kin may follow in a door.
ROW_REACH = re.compile(r"\b(?P<model>[A-Z]\w+)\.objects\.(?P<method>\w+)")
ALLOWED_METHODS = {"visible_to", "own", "run_by", "organised_by", "of_member"}
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|application/json))[^>]*>(?!\s*</script>)|\sstyle=\"|\son(?:click|change|load|submit|input)=",
    re.IGNORECASE,
)
# Lock files carry versions and hashes; where a package is fetched from is each machine's business, and so are paths.
LOCKS = {"base.txt", "dev.txt", "tools.txt", "package-lock.json"}
ADDRESS = re.compile(r"\b(?:https?|git\+\w+)://")
ONE_MACHINES_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/")


def tracked(*patterns: str) -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")  # noqa: S603
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def functions_too_long(path: Path, tree: ast.AST):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{path}:{node.lineno} {node.name} has {length} lines"


def rows_reached_past_access(path: Path, text: str):
    if not DOORS.search(str(path)):
        return
    for number, line in enumerate(text.splitlines(), start=1):
        for hit in ROW_REACH.finditer(line):
            if hit["method"] not in ALLOWED_METHODS:
                yield f"{path}:{number} reaches {hit['model']} by {hit['method']}, not by visible_to"


def complaints():
    for path in tracked("*.py"):
        name = path.relative_to(ROOT)
        if "migrations" in name.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > LONGEST_FILE:
            yield f"{name} has more than {LONGEST_FILE} lines"
        if name.parts[0] in {"lms", "courses", "supervision"}:
            yield from functions_too_long(name, ast.parse(text))
            yield from rows_reached_past_access(name, text)
    for path in tracked("templates/*.html"):
        if "emails" not in path.parts and INLINE.search(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)} holds an inline script, style or handler"
    for path in tracked():
        if path.suffix not in {".png", ".woff2", ".mo", ".pdf"} and path.name != "house_rules.py":
            yield from places_written_down(path)


def places_written_down(path: Path):
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.name in LOCKS and ADDRESS.search(text):
        yield f"{path.relative_to(ROOT)} holds an address; a lock file has versions and hashes"
    if ONE_MACHINES_PATH.search(text):
        yield f"{path.relative_to(ROOT)} names a path of one machine"


def main() -> int:
    lines = list(complaints())
    for line in lines:
        sys.stdout.write(f"house rules: {line}\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
