import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { get } from "../../client/http";
import type { NeedRow, StationNeed } from "../../client/types";
import { verdict } from "../../shared/need";
import { count, day, fromTo } from "../../shared/words";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";

/** Where new stations are needed, and why. */
export default function Need() {
  const [organisation] = useOrganisation();
  const asked = useQuery({
    queryKey: ["/stations/need", organisation],
    queryFn: ({ signal }) => get<StationNeed>("/stations/need", { organisation }, signal),
    enabled: organisation !== "",
  });
  const shown = asked.data;
  return (
    <>
      <PageHead note="按在岗人数、开放的驿站和近30天到站人次，看哪里人多站少；每站服务人数和日均人次的上限在“规则”页设定。" />
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      {shown && (
        <p role="status" className="quiet">
          {verdict(shown)}；户外劳动者按
          {shown.groups.join("、")}
          的在岗人数计，到站统计 {fromTo(shown.from, shown.to)}。
        </p>
      )}
      <PlainTable<NeedRow>
        rowKey="organisation_id"
        loading={asked.isPending}
        dataSource={shown?.places}
        locale={{ emptyText: "没有下级工会可以比较。" }}
        columns={[
          {
            title: "工会",
            render: (_, row) => <Link to={`/stations?organisation=${row.organisation_id}`}>{row.organisation}</Link>,
          },
          {
            title: "建议增设",
            align: "right",
            render: (_, row) => row.wanted > 0 && <Word tone="watch">{`${count(row.wanted)} 个`}</Word>,
          },
          { title: "依据", render: (_, row) => <div className="wide-cell">{row.why}</div> },
          {
            title: "户外劳动者",
            align: "right",
            render: (_, row) => (
              <>
                {count(row.workers)}
                {row.counted_on && <div className="quiet">{day(row.counted_on)}</div>}
              </>
            ),
          },
          { title: "开放驿站", align: "right", render: (_, row) => count(row.stations) },
          { title: "每站人数", align: "right", render: (_, row) => count(row.workers_each) },
          { title: "到站人次", align: "right", render: (_, row) => count(row.visits) },
          { title: "每站日均", align: "right", render: (_, row) => count(row.visits_each) },
        ]}
      />
    </>
  );
}
