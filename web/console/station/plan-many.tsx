import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { every } from "../../client/every";
import { post, type Query } from "../../client/http";
import type { StationInspection, StationInspectionsPlanned, StationRow } from "../../client/types";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { useManyTold } from "../parts/many-told";
import { useOrganisationDetail } from "../parts/organisation";
import { ProblemNotice } from "../parts/problem-notice";
import { useToday } from "../session";
import { CancelMany } from "./cancel-many";
import { KindField, TeamField } from "./plan-window";

interface Typed {
  kind: StationInspection["kind"];
  from: string;
  to: string;
  team: string;
}

interface ManyProps {
  /** The stations that were chosen; none for all that pass the filter. */
  chosen: StationRow[];
  /** The filter of the list. */
  asked: Query;
  /** What it asks for, in words; none where it lets all pass. */
  rule: string[];
  done: () => void;
}

/** So many are planned at once. */
const MOST = 200;
/** For so many days unless somebody says otherwise. */
const MONTH = 30;

/**
 * Plans the inspections of the stations that were chosen, or of all that the list shows: how many these are and which filter
 * found them is told first, and just they are planned. The last that were planned so can be cancelled together.
 */
export function PlanMany({ chosen, asked, rule, done }: ManyProps) {
  const [open, plan] = useState(false);
  const [last, keep] = useState<{ id: string; name: string }[]>([]);
  const today = useToday();
  const client = useQueryClient();
  const say = useManyTold();
  const found = useQuery({
    queryKey: ["/stations", "to be inspected", asked],
    queryFn: () => every<StationRow>("/stations", asked, MOST),
    enabled: open && chosen.length === 0,
  });
  const place = useOrganisationDetail(String(asked.organisation)).data?.name ?? "所选组织";
  const rows = chosen.length > 0 ? chosen : found.isFetching ? undefined : found.data;
  const told = ({ planned, inspections, refused }: StationInspectionsPlanned) => {
    plan(false);
    done();
    client.invalidateQueries({ queryKey: ["/station-inspections"] });
    const names = new Map(rows?.map((row) => [row.id, row.name]));
    say(`已安排 ${planned} 个`, refused, "个没有安排", (id) => names.get(id) ?? "");
    // What was planned before may be cancelled still, where a second press planned nothing.
    if (inspections.length === 0) return;
    for (const { id } of refused) names.delete(id);
    const named = [...names.values()];
    keep(inspections.map((id, at) => ({ id, name: named[at] ?? "" })));
  };
  const which = chosen.length > 0 ? "选中的" : `${place}及下级的`;
  const why = chosen.length > 0 ? "" : `（${rule.length > 0 ? rule.join("；") : "没有筛选，即列表里的全部驿站"}）`;
  return (
    <>
      <Button onClick={() => plan(true)}>
        {chosen.length > 0 ? `批量安排检查（${chosen.length}）` : "为符合条件的驿站安排检查"}
      </Button>
      <CancelMany of={last} says={`取消刚安排的 ${last.length} 次检查`} done={() => keep([])} />
      <FormModal<Typed, StationInspectionsPlanned>
        title="批量安排检查"
        open={open}
        close={() => plan(false)}
        okText="安排"
        ready={rows !== undefined && rows.length > 0 && rows.length <= MOST}
        initial={{ kind: "planned", from: today, to: dayjs(today).add(MONTH, "day").format("YYYY-MM-DD") }}
        submit={(typed, sending) =>
          post<StationInspectionsPlanned>(
            "/station-inspections/plan",
            { ...typed, stations: rows?.map((row) => row.id) },
            sending,
          )
        }
        done={told}
      >
        <ProblemNotice problem={found.error} again={() => found.refetch()} />
        {!found.error && <p role="status">{meant(rows?.length, which, why)}</p>}
        <p className="quiet">
          按列表的顺序平均排到这段时间的工作日；已撤销的和已经安排了检查的不再安排，并列出原因。安排错了可以一起取消，以后在“驿站检查”里也可以选中取消。
        </p>
        <KindField />
        <DayField label="从哪天起" name="from" required min={today} />
        <DayField label="到哪天止" name="to" required min={today} />
        <TeamField />
      </FormModal>
    </>
  );
}

/** For how many an inspection would be planned, in words. */
function meant(found: number | undefined, which: string, why: string): string {
  if (found === undefined) return "正在查找符合条件的驿站…";
  if (found === 0) return `没有符合条件的驿站${why}。`;
  if (found > MOST) return `${which}驿站超过 ${MOST} 个${why}，一次最多安排 ${MOST} 个，请先筛选。`;
  return `将为${which} ${found} 个驿站安排检查${why}。`;
}
