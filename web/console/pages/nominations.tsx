import { Link } from "react-router";
import type { NominationRound } from "../../client/types";
import { count, day, span } from "../../shared/words";
import { NOMINATION_TODO, NOMINATION_TONES } from "../benefit/words";
import { FilterSelect } from "../parts/filter-select";
import { ListTable } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { useFilters } from "../use-filters";

const DEFAULTS = { waiting: "" };

/** Rounds for which unions nominate: the newest first. */
export default function Nominations() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  return (
    <>
      <PageHead note="各工会在名额内推荐，提供服务的工会审批后公示，公示期满没有异议的自动发放凭证。" />
      <ListTable<NominationRound>
        path="/benefit-nomination-rounds"
        asked={{ ...filters, organisation }}
        unit="场"
        empty="没有需要推荐的服务。新建服务时选择“推荐公示”的，发布后显示在这里。"
        filtered={isFiltered}
        filters={
          <FilterSelect
            label="待办"
            value={filters.waiting}
            change={(waiting) => change({ waiting })}
            options={options(NOMINATION_TODO)}
          />
        }
        columns={[
          { title: "服务", render: (_, row) => <Link to={`/nominations/${row.id}`}>{row.title}</Link> },
          { title: "种类", dataIndex: "kind_label" },
          { title: "提供单位", dataIndex: "organisation" },
          { title: "推荐时间", render: (_, row) => span(row.opens_at, row.closes_at) },
          {
            title: "状态",
            render: (_, row) => <Word tone={NOMINATION_TONES[row.phase]}>{row.phase_label}</Word>,
          },
          { title: "公示截止", render: (_, row) => row.shown_until && day(row.shown_until) },
          {
            title: "已推荐 / 名额",
            align: "right",
            render: (_, row) =>
              `${count(row.shares.reduce((sum, one) => sum + one.nominated, 0))} / ${count(row.shares.reduce((sum, one) => sum + one.quota, 0))}`,
          },
        ]}
      />
    </>
  );
}
