import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { post, put } from "../../client/http";
import type { Employer } from "../../client/types";
import { count } from "../../shared/words";
import { OWNERSHIPS } from "../organisation/words";
import { FilterCheck } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { ListTable, SearchBox } from "../parts/list-table";
import { NumberField } from "../parts/number-field";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PageHead } from "../parts/page-head";
import { useMay } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", without_union: "" };
const KINDS = {
  enterprise: "企业",
  public_institution: "事业单位",
  organ: "机关",
  social_organisation: "社会组织",
  individual_business: "个体工商户",
  cooperative: "农民专业合作社",
  other: "其他",
} as const;

/** Employers whose workers the unions organise. */
export default function Employers() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [shown, show] = useState<Employer | "new">();
  const client = useQueryClient();
  const may = useMay()("workforce.manage");
  const before = typeof shown === "object" ? shown : undefined;
  return (
    <>
      <PageHead note="企业、机关等有职工的单位；按职工人数看哪些应建工会而没有建。">
        {may && (
          <Button type="primary" onClick={() => show("new")}>
            新增单位
          </Button>
        )}
      </PageHead>
      <ListTable<Employer>
        path="/employers"
        asked={{ q: filters.q, without_union: filters.without_union === "true" ? true : undefined, organisation }}
        unit="家"
        empty="还没有登记用人单位。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="单位名称或信用代码" value={filters.q} change={(q) => change({ q })} />
            <FilterCheck
              label="只看应建未建工会的单位"
              value={filters.without_union}
              change={(without_union) => change({ without_union })}
            />
          </>
        }
        columns={[
          { title: "单位", dataIndex: "name" },
          { title: "类型", render: (_, row) => KINDS[row.kind] },
          { title: "统一社会信用代码", dataIndex: "credit_code" },
          { title: "职工", align: "right", render: (_, row) => count(row.workers) },
          { title: "女职工", align: "right", render: (_, row) => count(row.women) },
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
      <FormModal<Partial<Employer>, unknown>
        title={before ? `修改：${before.name}` : "新增用人单位"}
        open={shown !== undefined}
        close={() => show(undefined)}
        initial={before ?? { kind: "enterprise", organisation_id: organisation, workers: 0, women: 0 }}
        submit={(form, sending) =>
          before
            ? put(`/employers/${before.id}`, { ...before, ...form }, { ...sending, tag: `"${before.version}"` })
            : post("/employers", form, sending)
        }
        done={() => {
          show(undefined);
          client.invalidateQueries({ queryKey: ["/employers"] });
        }}
      >
        <Form.Item label="单位名称" name="name" rules={[{ required: true, message: "请填写单位名称" }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item label="统一社会信用代码" name="credit_code" rules={[{ required: true, message: "请填写信用代码" }]}>
          <Input maxLength={18} />
        </Form.Item>
        <Form.Item label="类型" name="kind">
          <Select options={options(KINDS)} />
        </Form.Item>
        <Form.Item label="所有制" name="ownership">
          <Select allowClear options={options(OWNERSHIPS)} />
        </Form.Item>
        <Form.Item label="行业（GB/T 4754）" name="industry">
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item label="归哪级工会" name="organisation_id">
          <OrganisationPicker />
        </Form.Item>
        <Form.Item label="职工数" name="workers" rules={[{ required: true, message: "请填写职工数" }]}>
          <NumberField min={0} />
        </Form.Item>
        <Form.Item label="其中女职工" name="women" rules={[{ required: true, message: "请填写人数，没有的填 0" }]}>
          <NumberField min={0} />
        </Form.Item>
      </FormModal>
    </>
  );
}
