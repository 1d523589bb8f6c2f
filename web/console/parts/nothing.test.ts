import { readdirSync, readFileSync } from "node:fs";
import { createElement, Fragment, type ReactNode } from "react";
import { expect, test } from "vitest";
import { show, soon } from "../../testing";
import { draw, serve } from "../testing";
import { Details } from "./details";
import { ListTable } from "./list-table";
import { orNothing } from "./nothing";
import { PlainTable } from "./plain-table";

interface Row {
  id: string;
  name?: string | null;
  pieces: number;
}

const columns = [
  { title: "名称", dataIndex: "name" },
  { title: "份数", render: (_: unknown, row: Row) => row.pieces },
  { title: "多出", render: (_: unknown, row: Row) => row.pieces > 0 && `${row.pieces} 份` },
  { title: "办理", render: () => null },
];
const cells = (place: HTMLElement) => [...place.querySelectorAll(".ant-table-row td")].map((cell) => cell.textContent);

test("an empty cell says so in every table, a zero stays one, and a row without buttons lacks nothing", async () => {
  const items = [{ id: "1", name: null, pieces: 0 }];
  const plain = show(createElement(PlainTable<Row>, { dataSource: items, columns, scroll: {} }));
  expect(cells(plain.place)).toEqual(["—", "0", "—", ""]);
  serve({ "GET /things": { items, total: 1 } });
  const list = draw(createElement(ListTable<Row>, { path: "/things", columns, scroll: {} }));
  await soon(() => expect(cells(list.place)).toEqual(["—", "0", "—", ""]));
});

test("so do columns under a common heading, and what is told of one record", () => {
  const grouped = [{ title: "全部", children: columns }];
  const { place } = show(
    createElement(PlainTable<Row>, { dataSource: [{ id: "1", pieces: 2 }], columns: grouped, scroll: {} }),
  );
  expect(cells(place)).toEqual(["—", "2", "2 份", ""]);
  const items = [
    { key: "1", label: "电话", children: "" },
    { key: "2", label: "人数", children: 0 },
  ];
  const details = show(createElement(Details, { items }));
  const told = [...details.place.querySelectorAll(".ant-descriptions-item-content")].map((one) => one.textContent);
  expect(told).toEqual(["—", "0"]);
  expect(orNothing(false)).toBe("—");
});

test("a cell of which only the empty places around it are drawn is empty, too", () => {
  const around = (...children: ReactNode[]) => createElement("div", { className: "wide-cell" }, ...children);
  expect(orNothing(around(null))).toBe("—");
  expect(orNothing(createElement(Fragment, null, false, around("")))).toBe("—");
  expect(orNothing([])).toBe("—");
  const stays = (shown: ReactNode) => expect(orNothing(shown)).toBe(shown);
  stays(around("有"));
  stays(around(0));
  stays(createElement("input"));
});

test("no page draws a table or a record past them", () => {
  const own = ["parts/plain-table.tsx", "parts/list-table.tsx", "parts/chart.tsx", "parts/details.tsx"];
  const console_ = `${import.meta.dirname}/..`;
  const sources = readdirSync(console_, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx"));
  const past = (name: string) =>
    /import \{[^}]*\b(Table|Descriptions)\b[^}]*\} from "antd"/.test(readFileSync(`${console_}/${name}`, "utf8"));
  const drawn = sources.filter((name) => past(name) && !own.includes(name));
  // The sums below a table are drawn by antd's own rows.
  expect(drawn).toEqual(["pages/ledger.tsx", "pages/plan-budget.tsx"]);
});
