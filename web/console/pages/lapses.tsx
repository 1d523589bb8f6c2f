import { useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import type { LapseRow, LapseStanding } from "../../client/types";
import { day } from "../../shared/words";
import { LapseActs } from "../membership/talk";
import { FilterSelect } from "../parts/filter-select";
import { ListTable } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { useFilters } from "../use-filters";

const DEFAULTS = { talked: "" };

/** Members the union must talk to, because they neither pay dues nor take part. */
export default function Lapses() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const client = useQueryClient();
  return (
    <>
      <PageHead note="连续几个月没有缴会费、也没有参加活动的会员，每天自动列入；先谈话，谈话后仍无改变的才可办结，系统不会自动退会。" />
      <ListTable<LapseRow>
        path="/lapses"
        asked={{
          organisation,
          talked: filters.talked === "over" ? undefined : filters.talked,
          may_end: filters.talked === "over" || undefined,
        }}
        rowKey={(row) => row.member.id}
        unit="人"
        empty="没有待谈话的会员。只统计在这里登记会费已满这几个月的工会。"
        filtered={isFiltered}
        filters={
          <FilterSelect
            label="谈话"
            value={filters.talked}
            change={(talked) => change({ talked })}
            options={[
              { value: "false", label: "待谈话" },
              { value: "true", label: "已谈话" },
              { value: "over", label: "谈话期满、可办结" },
            ]}
          />
        }
        columns={[
          { title: "会员", render: (_, row) => <Link to={`/members/${row.member.id}`}>{row.member.name}</Link> },
          { title: "手机", render: (_, row) => row.member.phone },
          { title: "工会", render: (_, row) => row.member.organisation },
          { title: "最近一次缴费或活动", render: (_, row) => day(row.lapse.last_on) },
          { title: "谈话", render: (_, { lapse }) => lapse.talked_on && <Talked of={lapse} /> },
          { title: "情况", width: 260, render: (_, row) => row.lapse.talk },
          {
            title: "办理",
            render: (_, row) => (
              <LapseActs member={row.member} lapse={row.lapse} done={() => client.invalidateQueries()} />
            ),
          },
        ]}
      />
    </>
  );
}

/** When somebody talked to him, and until when he has time. */
function Talked({ of }: { of: LapseStanding }) {
  return (
    <>
      {day(of.talked_on)}
      {!of.may_end && <div className="quiet small">{day(of.may_end_on)}起可办结</div>}
    </>
  );
}
