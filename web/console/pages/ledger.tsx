import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Space, Table, type TableProps, Typography } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { get } from "../../client/http";
import type { Figure } from "../../client/types";
import { count, yuan } from "../../shared/words";
import { counted } from "../ledger/counted";
import { useFactKinds } from "../ledger/fact-kinds";
import { narrowed } from "../ledger/narrowed";
import { RecordService } from "../ledger/record-service";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { orNothing } from "../parts/nothing";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { TakeAway } from "../parts/take-away";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";
import { useOpened } from "../use-opened";
import { Facts } from "./facts";

const DEFAULTS = { organisation: "", from: "", to: "", by: "kind", kinds: "", tree: "dated", sort: "", page: "1" };
const BY = [
  { value: "kind", label: "按服务类别" },
  { value: "organisation", label: "按下级组织" },
  { value: "group", label: "按职工群体" },
  { value: "month", label: "按月" },
];

/** What is opened, where a row has no key of its own: those without a group. */
const NO_KEY = "-";

/** Figures of the ledger; a row opens the records that it was counted from. */
export default function Ledger() {
  const [filters, change] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [opened, open, close] = useOpened();
  const [recording, record] = useState(false);
  const may = useMay();
  const today = dayjs(useToday());
  const asked = {
    organisation,
    from: filters.from || today.startOf("year").format("YYYY-MM-DD"),
    to: filters.to || today.format("YYYY-MM-DD"),
    kinds: filters.kinds,
    tree: filters.tree,
  };
  const kinds = useFactKinds();
  const figures = useQuery({
    queryKey: ["figures", asked, filters.by],
    queryFn: () => get<{ items: Figure[]; cut_off: string }>("/figures", { ...asked, by: filters.by }),
    enabled: asked.organisation !== "",
  });
  // Different people are no sum of rows. Of kinds there is no whole: nobody adds hours to meals.
  const whole = useQuery({
    queryKey: ["figures", asked, "none"],
    queryFn: () => get<{ items: Figure[] }>("/figures", { ...asked, by: "none" }),
    enabled: asked.organisation !== "" && filters.by !== "kind",
  }).data?.items[0];
  /** Hours, sessions and gifts stand in one column: each with its own word, where a row is of one kind. */
  const unitOf = (figure: Figure) => {
    const code = filters.by === "kind" ? figure.key : filters.kinds;
    return kinds.find((kind) => kind.code === code)?.unit;
  };
  const sorted = sortedBy(filters.sort);
  const descend = (figure: Figure) =>
    filters.by === "organisation" && figure.key !== organisation
      ? change({ organisation: figure.key, by: "kind", page: "" }, true)
      : open(figure.key || NO_KEY);
  const key = opened === NO_KEY ? "" : opened;
  return (
    <>
      <PageHead note="每个数字都能点开，看到它是由哪些记录数出来的。">
        <TakeAway path="/figures/exports" asked={{ ...asked, by: filters.by }} permission="ledger.export" />
        {may("ledger.record") && (
          <Button type="primary" onClick={() => record(true)}>
            登记服务
          </Button>
        )}
      </PageHead>
      <Space wrap className="filters">
        <DayRange from={asked.from} to={asked.to} change={change} />
        <FilterSelect
          always
          label="汇总方式"
          value={filters.by}
          options={BY}
          change={(by) => change({ by, page: "" })}
        />
        <FilterSelect
          label="服务类别"
          value={filters.kinds}
          change={(kinds) => change({ kinds })}
          options={kinds.map((kind) => ({ value: kind.code, label: kind.label }))}
          wide
        />
        <FilterSelect
          always
          label="隶属关系"
          value={filters.tree}
          change={(tree) => change({ tree })}
          options={[
            { value: "dated", label: "按发生时隶属" },
            { value: "today", label: "按当前隶属" },
          ]}
        />
      </Space>
      <ProblemNotice problem={figures.error} again={() => figures.refetch()} />
      <PlainTable<Figure>
        rowKey="key"
        loading={figures.isPending}
        dataSource={figures.data?.items}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false, current: Number(filters.page) }}
        sortDirections={["descend", "ascend"]}
        onChange={({ current = 1 }, _, sorted) => change({ sort: sortOf(sorted), page: String(current) })}
        locale={{ emptyText: <Empty description="这段时间还没有记录。" /> }}
        summary={(rows) => filters.by !== "kind" && rows.length > 0 && whole && <Whole figure={whole} />}
        columns={[
          {
            title: "名称",
            dataIndex: "label",
            render: (label: string, figure) => (
              <Button type="link" onClick={() => descend(figure)}>
                {label}
              </Button>
            ),
          },
          { title: "人次", dataIndex: "person_times", align: "right", ...sorted("person_times"), render: some(count) },
          { title: "人数", dataIndex: "people", align: "right", ...sorted("people"), render: some(count) },
          {
            title: "件（份）",
            dataIndex: "items",
            align: "right",
            ...sorted("items"),
            render: (items: number, figure) => some((value) => `${count(value)} ${unitOf(figure) ?? ""}`.trim())(items),
          },
          { title: "净增（人）", dataIndex: "standing", align: "right", ...sorted("standing"), render: some(count) },
          {
            title: "金额（元）",
            dataIndex: "amount_fen",
            align: "right",
            ...sorted("amount_fen"),
            render: some(yuan),
          },
        ]}
      />
      <Typography.Text type="secondary">
        人数：同一人在本组织和这段时间内只计一次，因此各行相加可能大于合计。净增：期间入会减去退出的会员数。
        {figures.data && counted(figures.data.cut_off)}
      </Typography.Text>
      <RecordService open={recording} close={() => record(false)} />
      {opened && asked.organisation && (
        <Facts
          // Those below open their own figures; what is left is the organisation's own.
          asked={{
            ...asked,
            ...(filters.by === "organisation" ? { own: true } : narrowed(filters.by, { key }, asked)),
          }}
          title={figures.data?.items.find((figure) => figure.key === key)?.label ?? ""}
          close={close}
        />
      )}
    </>
  );
}

type Sorted = "person_times" | "people" | "items" | "standing" | "amount_fen";

/** A column by which rows are put in order; the largest are looked for, so they come first. In the address `-people`. */
const sortedBy = (sort: string) => (number: Sorted) => ({
  sorter: (one: Figure, other: Figure) => one[number] - other[number],
  sortOrder: sort === `-${number}` ? ("descend" as const) : sort === number ? ("ascend" as const) : null,
});

/** The same as antd tells it. */
function sortOf(sorted: Parameters<NonNullable<TableProps<Figure>["onChange"]>>[2]): string {
  const { order, field } = [sorted].flat()[0] ?? {};
  return order ? `${order === "descend" ? "-" : ""}${field}` : "";
}

/** The columns with numbers, as they are read. */
const NUMBERS: [Sorted, (value: number) => string][] = [
  ["person_times", count],
  ["people", count],
  ["items", count],
  ["standing", count],
  ["amount_fen", yuan],
];

/** What all rows come to together. */
function Whole({ figure }: { figure: Figure }) {
  return (
    <Table.Summary.Row>
      <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
      {NUMBERS.map(([number, words], at) => (
        <Table.Summary.Cell key={number} index={at + 1} align="right">
          {orNothing(some(words)(figure[number]))}
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  );
}

/** A kind has but some of the measures: of the others there is nothing, and zeros would read as figures. */
const some = (words: (value: number) => string) => (value: number) => value !== 0 && words(value);
