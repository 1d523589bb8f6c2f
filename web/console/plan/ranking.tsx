import { Button, Empty } from "antd";
import { type Key, useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { Breakdown, ChildStanding } from "../../client/types";
import { count } from "../../shared/words";
import { useChosen } from "../parts/chosen";
import { FilterCheck } from "../parts/filter-select";
import { PlainTable } from "../parts/plain-table";
import { useMay } from "../session";
import { useFilters } from "../use-filters";
import { ProgressBar, StateTag } from "./progress";
import { RemindWindow } from "./remind";
import { BEHIND, grown, valued } from "./words";

const DEFAULTS = { behind: "" };

const isBehind = (child: ChildStanding) => !!child.status && BEHIND.includes(child.status);

/** Those directly below, by how far they are; each opens its own page, those behind can be reminded. */
export function Ranking({ breakdown }: { breakdown: Breakdown }) {
  const [params] = useSearchParams();
  const may = useMay();
  const [filters, change] = useFilters(DEFAULTS);
  const onlyBehind = filters.behind === "true";
  const [chosen, choose] = useChosen<Key>({ organisation: breakdown.organisation_id, ...filters });
  const [reminding, remind] = useState(false);
  const rows = onlyBehind ? breakdown.children.filter(isBehind) : breakdown.children;
  const page = (organisation: string) => {
    const query = new URLSearchParams(params);
    query.set("organisation", organisation);
    return `/indicators/${breakdown.indicator.id}?${query}`;
  };
  return (
    <section className="card">
      <div className="filters">
        <h2>下级进度</h2>
        <FilterCheck label="只看滞后" value={filters.behind} change={(behind) => change({ behind })} />
        <span className="filters-acts">
          {may("plan.remind") && (
            <Button disabled={chosen.length === 0} onClick={() => remind(true)}>
              催办所选{chosen.length > 0 ? `（${count(chosen.length)}）` : ""}
            </Button>
          )}
          {may("plan.break_down") && (
            <Link to={`/indicators/${breakdown.indicator.id}/breakdown?organisation=${breakdown.organisation_id}`}>
              <Button>分解目标</Button>
            </Link>
          )}
        </span>
      </div>
      <PlainTable<ChildStanding>
        rowKey="organisation_id"
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        scroll={{ x: 720 }}
        dataSource={[...rows].sort(byPlace)}
        rowSelection={
          may("plan.remind")
            ? {
                selectedRowKeys: chosen,
                onChange: choose,
                getCheckboxProps: (row) => ({ disabled: !isBehind(row), "aria-label": `选择${row.organisation}` }),
              }
            : undefined
        }
        locale={{ emptyText: <Empty description={onlyBehind ? "没有滞后的下级。" : "下面没有单位了。"} /> }}
        columns={[
          { title: "名次", dataIndex: "place", width: 72, render: count },
          {
            title: "单位",
            render: (_, row) => <Link to={page(row.organisation_id)}>{row.organisation}</Link>,
          },
          {
            title: "完成 / 目标",
            width: "38%",
            render: (_, row) => <ProgressBar indicator={breakdown.indicator} standing={row} />,
          },
          { title: "状态", render: (_, row) => <StateTag status={row.status} /> },
          {
            title: "较上月同日",
            align: "right",
            render: (_, row) => grown(breakdown.indicator, row.month_before?.change),
          },
        ]}
      />
      <Beside breakdown={breakdown} />
      <RemindWindow
        breakdown={breakdown}
        organisations={chosen.map(String)}
        open={reminding}
        close={() => remind(false)}
        done={() => choose([])}
      />
    </section>
  );
}

/** What the organisation reached and no row shows, or rows show and it did not: so that all of it adds up. */
function Beside({ breakdown: { indicator, beside } }: { breakdown: Breakdown }) {
  if (!beside) return null;
  const words = valued(indicator, Math.abs(beside));
  return (
    <p className="quiet">
      {beside > 0
        ? `本级完成数比下级合计多 ${words}：是本级直接登记的，以及年内划出、合并或撤销的单位此前完成的。`
        : `本级完成数比下级合计少 ${words}：年内划入的单位此前完成的，计在原上级。`}
    </p>
  );
}

/** The first place first; who has none (no target) at the end. */
function byPlace(one: ChildStanding, other: ChildStanding): number {
  return (one.place ?? Number.MAX_SAFE_INTEGER) - (other.place ?? Number.MAX_SAFE_INTEGER);
}
