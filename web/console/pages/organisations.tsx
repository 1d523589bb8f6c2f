import { Select } from "antd";
import { Link } from "react-router";
import type { OrganisationRow } from "../../client/types";
import { count, day } from "../../shared/words";
import { KINDS, LEVELS } from "../organisation/words";
import { ListTable, SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", level: "", kind: "", term: "" };

/** The unions at and below the one that is chosen: by name, code, level and kind. Each opens. */
export default function Organisations() {
  const [filters, change] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  return (
    <>
      <PageHead title="组织" note="上方所选的组织和它的全部下级；新建、修改和变更在各组织的页面里。" />
      <ListTable<OrganisationRow>
        path="/organisations"
        asked={{ ...filters, under: organisation }}
        enabled={organisation !== ""}
        unit="个"
        empty="没有符合条件的组织，请换个名称或级别。"
        filters={
          <>
            <SearchBox label="名称或代码" value={filters.q} change={(q) => change({ q })} />
            <Select
              aria-label="级别"
              className="filter"
              value={filters.level}
              onChange={(level) => change({ level })}
              options={[{ value: "", label: "全部级别" }, ...options(LEVELS)]}
            />
            <Select
              aria-label="类别"
              className="filter wide"
              value={filters.kind}
              onChange={(kind) => change({ kind })}
              options={[{ value: "", label: "全部类别" }, ...options(KINDS)]}
            />
            <Select
              aria-label="换届"
              className="filter"
              value={filters.term}
              onChange={(term) => change({ term })}
              options={[
                { value: "", label: "全部任期" },
                { value: "ending", label: "换届到期或临近" },
              ]}
            />
          </>
        }
        columns={[
          { title: "名称", render: (_, row) => <Link to={`/organisations/${row.id}`}>{row.name}</Link> },
          { title: "代码", dataIndex: "code" },
          { title: "级别", render: (_, row) => LEVELS[row.level] },
          { title: "类别", render: (_, row) => KINDS[row.kind] },
          { title: "上级", render: (_, row) => row.parent_name ?? "—" },
          { title: "任期至", dataIndex: "term_ends_on", render: day },
          { title: "直接下级", align: "right", render: (_, row) => count(row.child_count) },
        ]}
      />
    </>
  );
}
