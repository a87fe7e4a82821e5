"""Makes sheets.xls, sheets.xlsb and sheets.ods: sheets by branch, merged and hidden cells, formulas never worked out.

    pip install openpyxl xlwt
    python3 tests/workbooks/make_sheets.py        # LibreOffice (soffice) makes the .ods
"""

import datetime
import pathlib
import struct
import subprocess
import tempfile
import zipfile

import openpyxl
import xlwt

HERE = pathlib.Path(__file__).parent
HEADER = ["客户经理编号", "客户编码", "拜访方式", "到店时间", "离店时间"]


def visits(manager, customer):
    at = lambda day, minute: datetime.datetime(2026, 9, day, 8, minute)
    return [[manager, customer, "实地", at(day, 5), at(day, 45)] for day in range(1, 4)]


def old():
    book = xlwt.Workbook()
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss")
    for name, manager, customer in [("东城", "M1", "C1"), ("西城", "M2", "C2")]:
        sheet = book.add_sheet(name)
        for place, header in enumerate(HEADER):
            sheet.write(0, place, header)
        for row, cells in enumerate(visits(manager, customer), 1):
            sheet.write(row, 1, cells[1])
            sheet.write(row, 2, cells[2])
            sheet.write(row, 3, cells[3], style)
            sheet.write(row, 4, xlwt.Formula(f"D{row + 1}+0.02"), style)
        sheet.write_merge(1, 3, 0, 0, manager)
        sheet.row(2).hidden = True
    book.save(str(HERE / "sheets.xls"))


def open_document():
    book = openpyxl.Workbook()
    book.active.title = "封面"
    book.active["A1"] = "2026年9月走访"
    for name, manager, customer in [("东城", "M1", "C1"), ("西城", "M2", "C2")]:
        sheet = book.create_sheet(name)
        sheet.append([name + "拜访明细"])
        sheet.merge_cells("A1:E1")
        sheet.append(HEADER)
        for row in visits(manager, customer):
            sheet.append(row)
        sheet.merge_cells("A3:A5")
        sheet.append(["共3条记录"])
        sheet.merge_cells("A6:C6")
        sheet.row_dimensions[4].hidden = True
    hidden = book.create_sheet("旧")
    hidden.append(HEADER)
    hidden.sheet_state = "hidden"
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "sheets.xlsx"
        book.save(path)
        subprocess.run(["soffice", "--headless", "--convert-to", "ods", "--outdir", HERE, path], check=True)


def record(kind, data=b""):
    head = bytes([kind]) if kind < 0x80 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
    length = len(data)
    while True:
        low, length = length & 0x7F, length >> 7
        head += bytes([low | (0x80 if length else 0)])
        if not length:
            return head + data


def wide(text):
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def binary_sheet(rows, merged=(), hidden=()):
    parts = [record(0x81), record(0x93, bytes(23)), record(0x94, struct.pack("<IIII", 0, len(rows) - 1, 0, 5)), record(0x91)]
    for at, row in enumerate(rows):
        parts.append(record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0x10 if at in hidden else 0, 0, 0)))
        cells = [(place, text) for place, text in enumerate(row) if text is not None]
        parts += [record(6, struct.pack("<II", place, 0) + wide(text)) for place, text in cells]
    parts += [record(0x92), record(0xB1, struct.pack("<I", len(merged)))]
    parts += [record(0xB0, struct.pack("<IIII", *area)) for area in merged]
    return b"".join(parts + [record(0xB2), record(0x82)])


def binary():
    times = lambda day: [f"2026-09-0{day} 08:05", f"2026-09-0{day} 08:45"]
    rows = [HEADER] + [["M1" if day == 1 else None, "C1", "实地", *times(day)] for day in range(1, 4)]
    sheets = [
        ("封面", binary_sheet([["说明"]]), 0),
        ("东城", binary_sheet(rows, [(1, 3, 0, 0)], [2]), 0),
        ("旧", binary_sheet(rows), 1),
    ]
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    link = lambda number, what, target: f'<Relationship Id="rId{number}" Type="{office}/{what}" Target="{target}"/>'
    links = lambda inner: f'<?xml version="1.0"?><Relationships xmlns="{relations}">{inner}</Relationships>'
    book = record(0x83) + record(0x99, struct.pack("<II", 0, 0) + wide("")) + record(0x8F)
    with zipfile.ZipFile(HERE / "sheets.xlsb", "w", zipfile.ZIP_DEFLATED) as archive:
        of_sheets = ""
        for number, (name, content, state) in enumerate(sheets, 1):
            book += record(0x9C, struct.pack("<II", state, number) + wide(f"rId{number}") + wide(name))
            of_sheets += link(number, "worksheet", f"worksheets/sheet{number}.bin")
            archive.writestr(f"xl/worksheets/sheet{number}.bin", content)
        default = f'<Default Extension="bin" ContentType="{kind}"/>'
        archive.writestr("[Content_Types].xml", f'<?xml version="1.0"?><Types xmlns="{types}">{default}</Types>')
        archive.writestr("_rels/.rels", links(link(1, "officeDocument", "xl/workbook.bin")))
        archive.writestr("xl/workbook.bin", book + record(0x90) + record(0x84))
        archive.writestr("xl/_rels/workbook.bin.rels", links(of_sheets))


old()
binary()
open_document()
