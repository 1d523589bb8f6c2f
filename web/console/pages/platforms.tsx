import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { post, put } from "../../client/http";
import type { PlatformCompany } from "../../client/types";
import { RANKS } from "../organisation/words";
import { FormModal } from "../parts/form-modal";
import { ListTable, SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { useMayForAll } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "" };

/** Platform companies; each leads to its branches. */
export default function Platforms() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [shown, show] = useState<PlatformCompany | "new">();
  const client = useQueryClient();
  const may = useMayForAll("workforce.manage");
  const before = typeof shown === "object" ? shown : undefined;
  return (
    <>
      <PageHead note="名录由最上级工会统一维护，本地分支机构在“分支机构”登记；建会情况见“入会与建会”。">
        {may && (
          <Button type="primary" onClick={() => show("new")}>
            新增企业
          </Button>
        )}
      </PageHead>
      <ListTable<PlatformCompany>
        path="/platforms"
        empty="还没有登记平台企业。"
        filtered={isFiltered}
        asked={filters}
        unit="家"
        filters={<SearchBox label="企业名称" value={filters.q} change={(q) => change({ q })} />}
        columns={[
          { title: "企业", dataIndex: "name" },
          { title: "类别", render: (_, row) => RANKS[row.rank] },
          { title: "统一社会信用代码", render: (_, row) => row.credit_code },
          {
            title: "分支机构",
            render: (_, row) => (
              <Link to={`/branches?platform=${row.id}`} aria-label={`查看${row.name}的分支机构`}>
                查看
              </Link>
            ),
          },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) => (
              <Button type="link" onClick={() => show(row)}>
                修改
              </Button>
            ),
          },
        ]}
      />
      <FormModal<{ name: string; rank: string; credit_code?: string | null }, unknown>
        title={before ? `修改：${before.name}` : "新增平台企业"}
        open={shown !== undefined}
        close={() => show(undefined)}
        initial={before ?? { rank: "other" }}
        submit={(form, sending) => {
          const body = { ...form, credit_code: form.credit_code || null };
          return before
            ? put(`/platforms/${before.id}`, body, { ...sending, tag: `"${before.version}"` })
            : post("/platforms", body, sending);
        }}
        done={() => {
          show(undefined);
          client.invalidateQueries({ queryKey: ["/platforms"] });
        }}
      >
        <Form.Item label="企业名称" name="name" rules={[{ required: true, message: "请填写企业名称" }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item label="类别" name="rank">
          <Select options={options(RANKS)} />
        </Form.Item>
        <Form.Item label="统一社会信用代码" name="credit_code">
          <Input maxLength={18} />
        </Form.Item>
      </FormModal>
    </>
  );
}
