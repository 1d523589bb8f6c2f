import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { PlanRow } from "../../client/types";
import { minute } from "../../shared/words";
import { ListTable } from "../parts/list-table";
import { NumberField } from "../parts/number-field";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { ImportPlan } from "../plan/import-plan";
import { NewPlan } from "../plan/new-plan";
import { useMay } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { year: "" };

/** The plans of one's own organisations, and those of above that one carries out. */
export default function Plans() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [making, make] = useState(false);
  const [bringing, bring] = useState(false);
  const [organisation] = useOrganisation();
  const may = useMay();
  return (
    <>
      <PageHead note="目标从这里下达，进度由台账自己算出。">
        {may("plan.edit") && (
          <>
            <Button onClick={() => bring(true)}>从模板导入</Button>
            <Button type="primary" onClick={() => make(true)}>
              新建计划
            </Button>
          </>
        )}
      </PageHead>
      <ListTable<PlanRow>
        path="/plans"
        asked={{ ...filters, organisation }}
        unit="份计划"
        empty="还没有计划。"
        filtered={isFiltered}
        filters={
          <NumberField
            aria-label="年度"
            placeholder="年度"
            controls={false}
            value={filters.year ? Number(filters.year) : null}
            onChange={(year) => {
              // Of a year that is but half typed there are no plans to ask for.
              if (!year || year > 999) change({ year: year ? String(year) : "" });
            }}
          />
        }
        columns={[
          { title: "计划", render: (_, row) => <Link to={`/plans/${row.id}`}>{row.title}</Link> },
          { title: "年度", dataIndex: "year" },
          { title: "单位", dataIndex: "organisation" },
          {
            title: "状态",
            dataIndex: "state",
            render: (state: string) =>
              state === "published" ? <Word tone="good">已发布</Word> : <Word tone="quiet">草稿</Word>,
          },
          { title: "发布时间", dataIndex: "published_at", render: minute },
        ]}
      />
      <ImportPlan open={bringing} close={() => bring(false)} />
      <NewPlan open={making} close={() => make(false)} />
    </>
  );
}
