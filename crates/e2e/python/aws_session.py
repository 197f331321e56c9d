"""The aws CLI, called many times for one start of Python.

Reads one JSON list of arguments a line, and answers one JSON object {"code", "out", "err"} a line: what
`aws` with these arguments would have left with and written. It is the aws CLI's own code, without the
half second of processor time that each start of it costs. Where the CLI is not a Python package (version
2 brings its own Python) each call starts `aws`."""

import contextlib
import io
import json
import subprocess
import sys

try:
    from awscli.clidriver import create_clidriver
except ImportError:
    create_clidriver = None


def in_process(driver, arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = driver.main(arguments)
        except SystemExit as leaving:
            code = leaving.code
    return {"code": code or 0, "out": out.getvalue(), "err": err.getvalue()}


def by_process(arguments):
    done = subprocess.run(["aws", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return {"code": done.returncode, "out": done.stdout, "err": done.stderr}


def main():
    answers, driver = sys.stdout, create_clidriver and create_clidriver()
    for line in sys.stdin:
        arguments = json.loads(line)
        answer = in_process(driver, arguments) if driver else by_process(arguments)
        print(json.dumps(answer), file=answers, flush=True)


main()
