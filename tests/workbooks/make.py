"""Makes the workbooks of this folder, which no Rust library writes: BIFF8, the 1904 date system, a password.

    pip install openpyxl xlwt msoffcrypto-tool
    python3 tests/workbooks/make.py

`september/` holds the rows of manager M002 and September 2026 in `data-samples/clean`, dates and numbers as a spreadsheet
stores them; the other files hold one visit on 2026-09-07 at 08:05:31 each.
"""

import csv
import datetime
import io
import pathlib
import re

import openpyxl
import openpyxl.utils.datetime
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

HERE = pathlib.Path(__file__).parent
SAMPLE = HERE.parent.parent / "data-samples" / "clean"
VISIT = [["manager_id", "customer_id", "mode", "started_at"], ["M1", "C1", "onsite", "2026-09-07 08:05:31"]]
DATED = {"visits": "started_at", "plans": "date", "calls": "started_at"}


def value(text):
    """What a spreadsheet makes of a text, and the number format it gives it."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.datetime.fromisoformat(text), "yyyy-mm-dd"
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", text):
        return datetime.datetime.fromisoformat(text), "yyyy-mm-dd hh:mm:ss"
    if re.fullmatch(r"0|[1-9]\d{0,14}", text):
        return int(text), None
    if re.fullmatch(r"\d+\.\d*[1-9]", text):
        return float(text), None
    return text, None


def old(rows, path, from_1904=False):
    book = xlwt.Workbook()
    book.dates_1904 = from_1904
    sheet = book.add_sheet("Sheet1")
    styles = {None: xlwt.XFStyle()}
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            cell, code = value(text)
            if cell != "":
                styles.setdefault(code, xlwt.easyxf(num_format_str=code))
                sheet.write(at, place, cell, styles[code])
    book.save(str(path))


def new(rows, from_1904=False):
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in rows:
        book.active.append([value(text)[0] for text in row])
    content = io.BytesIO()
    book.save(content)
    return content


def of_september(kind):
    rows = list(csv.reader(open(SAMPLE / f"{kind}.csv", encoding="utf-8")))
    manager = rows[0].index("manager_id")
    date = rows[0].index(DATED[kind]) if kind in DATED else None
    kept = [row for row in rows[1:] if row[manager] == "M002" and (date is None or row[date].startswith("2026-09"))]
    return [rows[0], *kept]


(HERE / "september").mkdir(exist_ok=True)
for kind in ["customers", *DATED]:
    old(of_september(kind), HERE / "september" / f"{kind}.xls")
old(VISIT, HERE / "from-1904.xls", from_1904=True)
(HERE / "from-1904.xlsx").write_bytes(new(VISIT, from_1904=True).getvalue())
with open(HERE / "locked.xlsx", "wb") as locked:
    OOXMLFile(new(VISIT)).encrypt("secret", locked)
