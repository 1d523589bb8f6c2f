import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { OrganisationRow } from "../../client/types";
import { count, day } from "../../shared/words";
import { ImportOrganisations } from "../organisation/import-organisations";
import { KINDS, LEVELS } from "../organisation/words";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { useMay } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", level: "", kind: "", term: "" };

/** The unions at and below the one that is chosen: by name, code, level and kind. Each opens. */
export default function Organisations() {
  const [filters, change] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [bringing, bring] = useState(false);
  const may = useMay();
  return (
    <>
      <PageHead
        note={`上方所选的组织和它的全部下级；新建、修改和变更${may("organisations.manage") ? "在各组织的页面里" : "请系统管理员办理"}。`}
      >
        {may("organisations.manage") && <Button onClick={() => bring(true)}>从表格建立</Button>}
      </PageHead>
      <ListTable<OrganisationRow>
        path="/organisations"
        asked={{ ...filters, under: organisation }}
        enabled={organisation !== ""}
        unit="个"
        empty="没有符合条件的组织，请换个名称或级别。"
        filters={
          <>
            <SearchBox label="名称或代码" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect
              label="级别"
              value={filters.level}
              change={(level) => change({ level })}
              options={options(LEVELS)}
            />
            <FilterSelect
              label="类别"
              value={filters.kind}
              change={(kind) => change({ kind })}
              options={options(KINDS)}
              wide
            />
            <FilterSelect
              label="换届"
              value={filters.term}
              change={(term) => change({ term })}
              options={[{ value: "ending", label: "换届到期或临近" }]}
            />
          </>
        }
        columns={[
          { title: "名称", render: (_, row) => <Link to={`/organisations/${row.id}`}>{row.name}</Link> },
          { title: "代码", dataIndex: "code" },
          { title: "级别", render: (_, row) => LEVELS[row.level] },
          { title: "类别", render: (_, row) => KINDS[row.kind] },
          { title: "上级", render: (_, row) => row.parent_name },
          { title: "任期至", dataIndex: "term_ends_on", render: day },
          { title: "直接下级", align: "right", render: (_, row) => count(row.child_count) },
        ]}
      />
      <ImportOrganisations open={bringing} close={() => bring(false)} />
    </>
  );
}
