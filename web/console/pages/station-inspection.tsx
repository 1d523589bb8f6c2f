import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { get } from "../../client/http";
import type { StationInspectionSheet } from "../../client/types";
import { day } from "../../shared/words";
import { blocked } from "../parts/blocked";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { useMay, useSession } from "../session";
import type { Account } from "../station/draft";
import { Findings } from "../station/findings";
import { MarkForm } from "../station/mark-form";
import { MarkTable } from "../station/mark-table";
import { Stars } from "../station/stars";

/** One inspection: to be marked, or as it was. */
export default function Inspection() {
  const { id = "" } = useParams();
  const by = useSession().data?.account;
  const asked = useQuery({
    queryKey: ["/station-inspections", id],
    queryFn: () => get<StationInspectionSheet>(`/station-inspections/${id}`),
  });
  if (blocked(asked)) return <ProblemNotice problem={asked.error} again={() => asked.refetch()} />;
  if (!asked.data) return <Skeleton active />;
  return <Shown key={`${by}-${id}-${asked.data.state}`} of={asked.data} by={by} />;
}

function Shown({ of, by }: { of: StationInspectionSheet; by: Account }) {
  const may = useMay()("station.inspect");
  const client = useQueryClient();
  const [cancelling, cancel] = useState(false);
  const [taking, take] = useState(false);
  const again = () => {
    for (const path of ["/station-inspections", "/station-findings", "/stations"])
      client.invalidateQueries({ queryKey: [path] });
  };
  const when = of.done_on ? `${day(of.done_on)}检查` : `计划${day(of.planned_on)}检查`;
  return (
    <>
      <PageHead title={`${of.station}：${of.kind_label}`} note={`${of.station_code} · ${when} · ${of.team}`}>
        <Link to={`/stations/${of.station_id}`}>驿站档案</Link>
        {may && of.state === "planned" && (
          <Button danger onClick={() => cancel(true)}>
            取消检查
          </Button>
        )}
        {may && of.state === "done" && (
          <Button danger onClick={() => take(true)}>
            撤回结果
          </Button>
        )}
      </PageHead>
      {of.state === "cancelled" && <p>已取消：{of.note}</p>}
      {of.state === "planned" && of.note && <p>{of.note}</p>}
      {of.state === "planned" &&
        (may ? <MarkForm of={of} by={by} done={again} /> : <MarkTable marks={of.marks} done={false} />)}
      {of.state === "done" && (
        <>
          <p className="verdict">
            得分 <b>{of.score}</b>　<Stars star={of.star} label={of.star_label} />
          </p>
          {of.note && <p>{of.note}</p>}
          <MarkTable marks={of.marks} done />
          {of.found.length > 0 && (
            <>
              <h2>发现的问题</h2>
              <Findings asked={{ station: of.station_id, inspection: of.id }} />
            </>
          )}
        </>
      )}
      <ReasonWindow
        open={cancelling}
        danger
        title="取消检查"
        path={`/station-inspections/${of.id}/cancel`}
        close={() => cancel(false)}
        done={again}
      />
      <ReasonWindow
        open={taking}
        danger
        title="撤回检查结果"
        text="星级和开放期限恢复到上一次检查的结果，本次发现的问题一并撤销；可以重新登记，或取消这次检查。"
        path={`/station-inspections/${of.id}/take-back`}
        close={() => take(false)}
        done={again}
      />
    </>
  );
}
