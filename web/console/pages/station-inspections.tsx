import { Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { StationInspection } from "../../client/types";
import { useChosen } from "../parts/chosen";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { TakeAway } from "../parts/take-away";
import { useMay } from "../session";
import { CancelMany } from "../station/cancel-many";
import { Inspections } from "../station/inspections";
import { PlanWindow } from "../station/plan-window";
import { StationFilter } from "../station/station-picker";
import { INSPECTIONS, STARS } from "../station/words";
import { useFilters } from "../use-filters";

const DEFAULTS = { station: "", kind: "", state: "", star: "", from: "", to: "" };
const KINDS = options(INSPECTIONS);
const STATES: Record<StationInspection["state"] | "late", string> = {
  planned: "待检查",
  late: "逾期未查",
  done: "已完成",
  cancelled: "已取消",
};

/** Inspections of stations, planned and done. */
export default function StationInspections() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [planning, plan] = useState(false);
  const isLate = filters.state === "late";
  const filter = { ...filters, state: isLate ? "" : filters.state, late: isLate || "" };
  const asked = { ...filter, organisation };
  const [chosen, choose] = useChosen<StationInspection>(asked);
  const navigate = useNavigate();
  const inspects = useMay()("station.inspect");
  const choice = (name: "kind" | "state" | "star", label: string, options: { value: string; label: string }[]) => (
    <FilterSelect label={label} value={filters[name]} change={(value) => change({ [name]: value })} options={options} />
  );
  return (
    <>
      <PageHead note="按“五强”标准逐项评分，星级以最近一次检查为准；未达标的过了宽限期不再显示为开放。">
        <TakeAway
          path="/station-inspections/exports"
          asked={{ ...filter, star: filters.star && Number(filters.star) }}
          organisation={organisation}
          permission="station.export"
        />
        {inspects && (
          <Button type="primary" onClick={() => plan(true)}>
            安排检查
          </Button>
        )}
      </PageHead>
      <Inspections
        asked={asked}
        filtered={isFiltered}
        rowSelection={
          inspects
            ? {
                selectedRowKeys: chosen.map((row) => row.id),
                onChange: (_, rows) => choose(rows),
                getCheckboxProps: (row) => ({ disabled: row.state !== "planned", "aria-label": `选择${row.station}` }),
              }
            : undefined
        }
        acts={
          <CancelMany
            of={chosen.map((row) => ({ id: row.id, name: row.station }))}
            says={`取消选中的 ${chosen.length} 次检查`}
            done={() => choose([])}
          />
        }
        filters={
          <>
            <StationFilter value={filters.station} change={change} />
            {choice("kind", "方式", KINDS)}
            {choice("state", "进度", options(STATES))}
            {choice("star", "星级", STARS)}
            <DayRange from={filters.from} to={filters.to} label="检查日期" change={change} />
          </>
        }
      />
      {planning && (
        <PlanWindow close={() => plan(false)} done={(made) => navigate(`/station-inspections/${made.id}`)} />
      )}
    </>
  );
}
