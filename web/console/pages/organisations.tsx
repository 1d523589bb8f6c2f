import { Breadcrumb, Button, Select } from "antd";
import type { OrganisationRow } from "../../client/types";
import { count } from "../../shared/words";
import { ListTable, SearchBox } from "../parts/list-table";
import { PageHead } from "../parts/page-head";
import { useFilters } from "../use-filters";
import { KINDS, LEVELS } from "../words";

const DEFAULTS = { q: "", level: "", term: "", parent: "", parent_name: "" };

/** The unions below one's own: by name, code and level, or down the tree step by step. */
export default function Organisations() {
  const [filters, change] = useFilters(DEFAULTS);
  const { parent_name, ...asked } = filters;
  return (
    <>
      <PageHead title="组织" />
      {filters.parent && (
        <Breadcrumb
          style={{ marginBottom: 12 }}
          items={[
            {
              title: (
                <Button type="link" onClick={() => change({ parent: "", parent_name: "" })}>
                  全部
                </Button>
              ),
            },
            { title: parent_name },
          ]}
        />
      )}
      <ListTable<OrganisationRow>
        path="/organisations"
        asked={asked}
        unit="个"
        empty="没有符合条件的组织，请换个名称或级别。"
        filters={
          <>
            <SearchBox
              label="名称或代码"
              value={filters.q}
              change={(q) => change({ q, parent: "", parent_name: "" })}
            />
            <Select
              aria-label="级别"
              style={{ width: 140 }}
              value={filters.level}
              onChange={(level) => change({ level })}
              options={[
                { value: "", label: "全部级别" },
                ...Object.entries(LEVELS).map(([value, label]) => ({ value, label })),
              ]}
            />
            <Select
              aria-label="换届"
              style={{ width: 160 }}
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
          { title: "名称", dataIndex: "name" },
          { title: "代码", dataIndex: "code" },
          { title: "级别", dataIndex: "level", render: (level: string) => LEVELS[level] },
          { title: "类别", dataIndex: "kind", render: (kind: string) => KINDS[kind] },
          { title: "上级", dataIndex: "parent_name" },
          { title: "任期至", render: (_, row) => row.term_ends_on ?? "—" },
          {
            title: "下级",
            dataIndex: "child_count",
            align: "right",
            render: (children: number, row) =>
              children > 0 ? (
                <Button
                  type="link"
                  aria-label={`查看${row.name}的下级`}
                  onClick={() => change({ parent: row.id, parent_name: row.name, q: "", level: "" })}
                >
                  {count(children)}
                </Button>
              ) : (
                "—"
              ),
          },
        ]}
      />
    </>
  );
}
