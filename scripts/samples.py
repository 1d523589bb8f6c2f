#!/usr/bin/env python3
"""Makes samples/roster-messy.{xlsx,csv}: a roster of sixty made-up people as it comes from a township union. Needs openpyxl.

No real person: names and numbers are drawn from a fixed seed; numbers carry right check digits unless they are spoilt."""
import csv
import datetime
import pathlib
import random

from openpyxl import Workbook

random.seed(2026)
HERE = pathlib.Path(__file__).resolve().parent.parent / "samples"
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚丹晨鹏飞佳宇"
GROUPS = ["外卖骑手", "外卖配送员", "快递员", "快递小哥", "网约车司机", "货车司机"]


def number(n):
    born = datetime.date(1970, 1, 1) + datetime.timedelta(days=137 * n)
    body = f"150102{born:%Y%m%d}{n % 500 * 2 + 1:03}"
    total = sum(int(sign) * weight for sign, weight in zip(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]))
    return body + "10X98765432"[total % 11]


def wide(text):
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


rows = []
for n in range(60):
    name = random.choice(FAMILY) + "".join(random.sample(GIVEN, 2))
    rows.append([n + 1, name, number(n), f"199{n:08}", random.choice(GROUPS), "东街站", f"2026-0{n % 6 + 1}-15"])
rows[3][1] = "王 芳"  # blanks
rows[5][1], rows[6][1] = "阿合买提•赛买提", "巴特尔.苏日娜"  # other dots
rows[8][2] = wide(rows[8][2])  # full width
rows[9][3] = "+86 199-0000-0009"
rows[11][2] = rows[11][2].lower() + " "
rows[13][6] = "2026年3月"
rows[20][2] = rows[20][2][:-1] + ("0" if rows[20][2][-1] != "0" else "1")  # wrong check digit
rows[23][2] = rows[23][2][:6] + rows[23][2][8:17]  # first generation
rows[26][3] = "1990000"  # short
rows[29] = [30] + rows[10][1:]  # the same person again
rows[32][2] = "1.50102E+17"  # destroyed by a spreadsheet
rows[35][1] = "李3"
rows[38][4] = "宇航员"
rows[41][6] = "2031-01-01"
rows[44][2] = ""
rows[47][2] = "150102199913011234"  # no such day
rows[50] = [51] + rows[15][1:]
head = ["序号", "姓  名", "身份证号（18位）", "联系电话", "从业类型", "所在站点（单位）", "入会时间"]
title = "某街道新就业形态劳动者入会花名册（2026年上半年）"

book = Workbook()
book.properties.created = book.properties.modified = datetime.datetime(2026, 7, 1)
sheet = book.active
sheet.title = "花名册"
sheet.append([title])
sheet.merge_cells("A1:G1")
sheet.append(["填报单位：某街道工会", None, None, "填报日期：2026年7月1日"])
sheet.append(head)
for at, row in enumerate(rows):
    if at == 30:
        sheet.append([None])
    cells = list(row)
    if cells[2] == "1.50102E+17":
        cells[2] = 150102199001010000
    sheet.append(cells)
sheet.merge_cells("F4:F9")
book.save(HERE / "roster-messy.xlsx")

with open(HERE / "roster-messy.csv", "w", encoding="gb18030", newline="") as file:
    out = csv.writer(file)
    out.writerow([title])
    out.writerow(["填报单位：某街道工会", "", "", "填报日期：2026年7月1日"])
    out.writerow(head)
    for at, row in enumerate(rows):
        if at == 30:
            out.writerow([])
        out.writerow(row)
