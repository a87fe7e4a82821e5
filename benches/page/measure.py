"""How fast the table of all findings of a report answers in Chromium.

    python3 benches/page/measure.py report.html [--findings 100000] [--script templates/html/report.js] [--runs 3] [--chromium PROGRAM]

The report is any that `baifang report --format html` writes. Where it has fewer findings than asked for, they are repeated under
other customers' numbers and times until they are as many. Needs Python 3 and Chromium, and no network.
"""

import argparse
import base64
import gzip
import http.server
import json
import pathlib
import queue
import random
import re
import subprocess
import tempfile
import threading

HERE = pathlib.Path(__file__).parent
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
PACKED = re.compile(r'(<script[^>]*id="?packed"?[^>]*>)(.*?)(</script>)', re.S)


def varied(cell, chance):
    """A cell with other digits in its text."""
    if isinstance(cell, list):
        return [varied(cell[0], chance), *cell[1:]]
    return re.sub(r"\d", lambda digit: digit[0] if chance.random() < 0.5 else str(chance.randrange(10)), cell)


def multiplied(store, findings):
    """The same groups with so many findings in all."""
    chance, rows = random.Random(1), sum(len(group["rows"]) for group in store["groups"])
    times = max(1, -(-findings // rows))
    for group in store["groups"]:
        first = list(group["rows"])
        for _ in range(times - 1):
            group["rows"].extend([varied(cell, chance) for cell in row] for row in first)
    over = sum(len(group["rows"]) for group in store["groups"]) - findings
    for group in store["groups"]:
        if over <= 0:
            break
        cut = min(over, len(group["rows"]) - 1)
        group["rows"], over = group["rows"][: len(group["rows"]) - cut], over - cut
    return store


def page_of(report, findings, script):
    found = PACKED.search(report)
    if not found:
        raise SystemExit("the page has no packed findings: give the report of several managers, or of one with many findings")
    store = multiplied(json.loads(gzip.decompress(base64.b64decode(found[2]))), findings)
    packed = base64.b64encode(gzip.compress(json.dumps(store).encode(), mtime=0)).decode()
    report = report[: found.start(2)] + packed + report[found.end(2):]
    # The page's own policy lets no script in but its own.
    report = re.sub(r'<meta http-equiv="?Content-Security-Policy[^>]*>', "", report)
    if script:
        own = re.compile(r'<script>.*?</script>', re.S)
        report = own.sub(lambda _: f"<script>{script}</script>", report)
    return report.replace("</body>", f"<script>{(HERE / 'measure.js').read_text()}</script></body>")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--script", type=pathlib.Path, help="another script in the place of the page's own")
    parser.add_argument("--runs", type=int, default=3, help="in so many windows, one after another; the least of each step is told")
    parser.add_argument("--chromium", default="chromium")
    given = parser.parse_args()
    script = given.script.read_text() if given.script else None
    page = page_of(given.report.read_text(), given.findings, script).encode()
    runs = [looked_at(page, given.chromium) for _ in range(given.runs)]
    # What else the machine does only adds to it.
    for step in (min(steps, key=lambda step: step["ms"]) for steps in zip(*runs)):
        print(f"{step['ms']:8.1f} ms  {step['step']:40}  {step['told']}")


def looked_at(page, chromium):
    """What the page measures in Chromium, which is given it on this machine's own address."""
    measured = queue.Queue()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            is_page = self.path == "/"
            self.send_response(200 if is_page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page if is_page else b"")

        def do_POST(self):
            measured.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [chromium, *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-port=0", address]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return measured.get(timeout=300)
        finally:
            browser.terminate()
            browser.wait()
            server.shutdown()


main()
