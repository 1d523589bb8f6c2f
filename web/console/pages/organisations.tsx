import { useInfiniteQuery } from "@tanstack/react-query";
import { Breadcrumb, Button, Empty, Input, Result, Select, Space, Table } from "antd";
import { get } from "../../client/http";
import type { OrganisationRow, Page } from "../../client/types";
import { count } from "../../shared/words";
import { useFilters } from "../use-filters";
import { KINDS, LEVELS } from "../words";

const DEFAULTS = { q: "", level: "", parent: "", parent_name: "" };

/** The unions below one's own: by name, code and level, or down the tree step by step. */
export default function Organisations() {
  const [filters, change] = useFilters(DEFAULTS);
  const { parent_name, ...asked } = filters;
  const list = useInfiniteQuery({
    queryKey: ["organisations", asked],
    queryFn: ({ pageParam }) => get<Page<OrganisationRow>>("/organisations", { ...asked, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isError) return <Result status="warning" title="没能取到组织" subTitle={list.error.message} />;
  return (
    <>
      <h1>组织</h1>
      <Space wrap style={{ marginBottom: 16 }}>
        <Input.Search
          aria-label="按名称或代码查找"
          placeholder="名称或代码"
          allowClear
          defaultValue={filters.q}
          onSearch={(q) => change({ q, parent: "", parent_name: "" })}
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
        {list.data && <span>共 {count(list.data.pages[0]?.total ?? 0)} 个</span>}
      </Space>
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
      <Table<OrganisationRow>
        rowKey="id"
        size="middle"
        loading={list.isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 640 }}
        locale={{ emptyText: <Empty description="没有符合条件的组织，请换个名称或级别。" /> }}
        columns={[
          { title: "名称", dataIndex: "name" },
          { title: "代码", dataIndex: "code" },
          { title: "级别", dataIndex: "level", render: (level: string) => LEVELS[level] },
          { title: "类别", dataIndex: "kind", render: (kind: string) => KINDS[kind] },
          { title: "上级", dataIndex: "parent_name" },
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
      {list.hasNextPage && (
        <Button block style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          再取一页
        </Button>
      )}
    </>
  );
}
