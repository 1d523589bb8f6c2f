import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { EventView } from "../../client/types";
import { count, span } from "../../shared/words";
import { EventWindow } from "../membership/event-window";
import { isOver } from "../membership/words";
import { ListTable, SearchBox, WRAPPED } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "" };

/** Enrolment events: those that go on come first. */
export default function Events() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [shown, show] = useState<"new">();
  const navigate = useNavigate();
  const may = useMay();
  const today = useToday();
  return (
    <>
      <PageHead note="扫码一分钟入会：活动页上有二维码、实时人数和礼包发放。">
        {may("membership.hold_events") && (
          <Button type="primary" onClick={() => show("new")}>
            新建活动
          </Button>
        )}
      </PageHead>
      <ListTable<EventView>
        path="/events"
        asked={{ ...filters, organisation }}
        unit="场"
        empty="还没有活动。"
        filtered={isFiltered}
        scroll={WRAPPED}
        filters={<SearchBox label="活动名称或地点" value={filters.q} change={(q) => change({ q })} />}
        columns={[
          { title: "活动", render: (_, row) => <Link to={`/events/${row.id}`}>{row.title}</Link> },
          { title: "地点", dataIndex: "place" },
          { title: "时间", render: (_, row) => span(row.starts_at, row.ends_at) },
          { title: "主办", dataIndex: "organisation" },
          {
            title: "状态",
            render: (_, row) => <Standing of={row} today={today} />,
          },
          { title: "报名", align: "right", render: (_, row) => count(row.counts.joined) },
          { title: "已批准", align: "right", render: (_, row) => count(row.counts.approved) },
          { title: "礼包已发", align: "right", render: (_, row) => count(row.counts.kits_given) },
        ]}
      />
      <EventWindow shown={shown} close={() => show(undefined)} done={(event) => navigate(`/events/${event.id}`)} />
    </>
  );
}

/** Whether people join now, may later, or could before. */
function Standing({ of, today }: { of: EventView; today: string }) {
  if (of.open) return <Word tone="good">进行中</Word>;
  return <Word tone="quiet">{isOver(of, today) ? "已结束" : "不在报名时间"}</Word>;
}
