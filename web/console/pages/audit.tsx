import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { ActionLabel, AuditRow } from "../../client/types";
import { second } from "../../shared/words";
import { Detail } from "../audit/detail";
import { CheckpointLine } from "../parts/checkpoint-line";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { TakeAway } from "../parts/take-away";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", action: "", from: "", to: "" };

/** Who did what, in the order in which it was chained. */
export default function Audit() {
  const [filters, change] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const asked = { ...filters, organisation };
  const actions = useQuery({ queryKey: ["/audit/actions"], queryFn: () => get<ActionLabel[]>("/audit/actions") });
  return (
    <>
      <PageHead note="每一条都与前一条相连，改动或删除任何一条都会被核对出来。">
        <TakeAway path="/audit/exports" asked={asked} organisation={organisation} permission="audit.export" />
      </PageHead>
      <CheckpointLine />
      <ListTable<AuditRow>
        path="/audit"
        asked={asked}
        unit="条"
        filters={
          <>
            <SearchBox label="人员、事项或编号" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect
              label="事项"
              value={filters.action}
              change={(action) => change({ action })}
              options={(actions.data ?? []).map((one) => ({ value: one.code, label: one.label }))}
              wide
            />
            <DayRange from={filters.from} to={filters.to} change={change} />
          </>
        }
        expandable={{
          // An act whose name tells all, like a log-in, has no more to it.
          rowExpandable: (row) => row.told.length > 0,
          expandedRowRender: (row) => <Detail row={row} />,
        }}
        columns={[
          // Checkpoints, and a check of the chain that fails, name an entry by its place.
          { title: "序号", dataIndex: "id" },
          { title: "时间", render: (_, row) => second(row.at) },
          { title: "人员", dataIndex: "actor_label" },
          { title: "地址", render: (_, row) => row.address },
          { title: "事项", dataIndex: "action_label" },
          { title: "涉及单位", render: (_, row) => row.organisation_name },
          { title: "对象", render: (_, row) => row.object_label ?? row.object_id },
        ]}
      />
    </>
  );
}
