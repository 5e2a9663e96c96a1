"""What the measurements of pictures and films share: the attacks, the corpora, keys and figures of processes.

The attacks are those of the harness in the folder `bench`, by default shared/bench beside the project's root:
image/robust.py and video/robust.py, with scripts that make corpora of Debian and PyPI packages. Both need numpy and
Pillow; corpora are kept in $XDG_CACHE_HOME/sukashi (else ~/.cache/sukashi).
"""
import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
CACHE = (os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) + "/sukashi"


def options(document, sections):
    """The words that both measurements understand."""
    parser = argparse.ArgumentParser(description=document, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tools", help="folder of wm-embed, wm-detect, wm-keygen and the measuring tool")
    parser.add_argument("sections", nargs="*", help=f"of {', '.join(sections)}; default all")
    parser.add_argument("--bench", default=f"{HERE}/../../shared/bench", help="folder of the harness")
    parser.add_argument("--corpus", help="folder of the material; made where it is missing")
    parser.add_argument("--work", help="keep results here, and take those that are there already")
    parser.add_argument("--only", default="*", help="only material whose name fits")
    given = parser.parse_args()
    unknown = set(given.sections) - set(sections)
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}")
    given.sections = given.sections or list(sections)
    given.tools = os.path.abspath(given.tools)
    given.bench = os.path.abspath(given.bench)
    if not os.path.isdir(given.bench):
        sys.exit(f"{sys.argv[0]}: error: no harness in {given.bench!r}; name its folder with --bench")
    os.environ.pop("SUKASHI_KEY", None)
    os.environ.pop("SUKASHI_LEDGER", None)
    return given


def corpus(bench, medium, folder):
    """Makes a corpus of the harness unless it is there."""
    made = folder or f"{CACHE}/{medium}s"
    if not os.path.isdir(made) or not os.listdir(made):
        target = made if medium == "image" else os.path.dirname(made.rstrip("/"))
        subprocess.run(["bash", f"{bench}/{medium}/corpus-open.sh", target], check=True, stdout=sys.stderr,
                       env=dict(os.environ, CORPUS_CACHE=f"{CACHE}/packages"))
    return made


def attacks(bench, medium):
    """The harness as a module."""
    spec = importlib.util.spec_from_file_location(f"{medium}_robust", f"{bench}/{medium}/robust.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def key(tools, path):
    """A mark key, made once."""
    if not os.path.exists(path):
        subprocess.run([f"{tools}/wm-keygen", "-o", path], check=True)
    return path


def robust(given, medium, name, *more):
    """Runs the harness with wm-embed and wm-detect; its results are kept in the work folder."""
    result = f"{given.work}/{name}.json"
    if not os.path.exists(result):
        command = [
            sys.executable, f"{given.bench}/{medium}/robust.py", "--corpus", given.corpus, "--json", result + ".part",
            "--embed", f"{given.tools}/wm-embed -q --remark --key {{key}} --bits {{n}} --message {{payload}} "
            "-o {out} {in}",
            *([] if "--detect-batch" in more else ["--detect", f"{given.tools}/wm-detect --key {{key}} --json {{in}}"]),
            "--found", r'"type":"detection".*"message":"([0-9a-f]+)"', "--name", name, *more]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        os.rename(result + ".part", result)
    with open(result) as file:
        return json.load(file)


def spent(command, status=0, **more):
    """CPU seconds, wall seconds and peak MiB of a command that must end with a status."""
    # A child's peak begins with what its parent holds, so time is the parent, not Python.
    with tempfile.NamedTemporaryFile("r") as figures:
        start = time.monotonic()
        code = subprocess.run(["time", "-q", "-o", figures.name, "-f", "%U %S %M", *command], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, **more).returncode
        wall = time.monotonic() - start
        if code != status:
            sys.exit(f"{sys.argv[0]}: error: {' '.join(command)} ended with {code}")
        user, system, peak = map(float, figures.read().split())
    return user + system, wall, peak / 1024


def printed(*command):
    """What a command prints."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def row(title, reached, target=None, least=True, unit=""):
    """A line of a table: a share or a value, what is aimed at, and whether it is met."""
    if isinstance(reached, tuple):
        ok, tried = reached
        value, text = (100 * ok / tried if tried else 0), f"{ok} of {tried} ({100 * ok / max(tried, 1):.1f} %)"
        unit = " %"
    else:
        value, text = reached, f"{reached:.4g}{unit}"
    verdict = "" if target is None else "met" if (value >= target if least else value <= target) else "MISSED"
    aim = "" if target is None else f"{'>=' if least else '<='} {target:g}{unit}"
    print(f"| {title} | {text} | {aim} | {verdict} |", flush=True)


def head(title):
    print(f"\n**{title}**\n\n| | reached | target | |\n|---|---|---|---|", flush=True)


def count(results, wanted=lambda one: True):
    """How many tries of runs of the harness were right, and how many there were."""
    chosen = [one for result in results for one in result["raw"] if wanted(one)]
    return sum(one["ok"] for one in chosen), len(chosen)


def numbers(text, pattern):
    return [float(found) for found in re.findall(pattern, text)]
