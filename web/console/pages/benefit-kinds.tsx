import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { get } from "../../client/http";
import type { BenefitKind } from "../../client/types";
import { useFactKinds } from "../ledger/fact-kinds";
import { CodedList } from "../parts/coded-list";
import { useMayForAll } from "../parts/organisation";

/** The kinds of benefits, and what each counts as once it is handed over. */
export default function BenefitKinds() {
  const may = useMayForAll("benefit.kinds");
  const kinds = useQuery({ queryKey: ["/benefit-kinds"], queryFn: () => get<BenefitKind[]>("/benefit-kinds") });
  const facts = useFactKinds();
  // What people join or pay by themselves is told by its own programme; a benefit only counts as what a union gives.
  const given = facts.filter((kind) => kind.hand_recorded || kind.programme === "benefit");
  return (
    <CodedList<BenefitKind>
      note="由最上级工会统一维护；停用的种类不再出现在选项里，已有的服务和台账不变。"
      path="/benefit-kinds"
      asked={kinds}
      rows={kinds.data}
      may={may}
      add={["新增种类", "新增服务种类"]}
      columns={[
        { title: "种类", dataIndex: "label" },
        { title: "单位", dataIndex: "unit" },
        {
          title: "核销后计入",
          render: (_, row) => facts.find((kind) => kind.code === row.fact_kind)?.label ?? row.fact_kind,
        },
        { title: "代码", dataIndex: "code" },
      ]}
      fresh={{ offered: true, sort: 100 }}
    >
      <Form.Item label="名称" name="label" rules={[{ required: true, message: "请填写名称" }]}>
        <Input maxLength={40} placeholder="如：电影票" />
      </Form.Item>
      <Form.Item label="单位" name="unit" rules={[{ required: true, message: "请填写单位" }]}>
        <Input maxLength={8} placeholder="如：份、人、张" />
      </Form.Item>
      <Form.Item
        label="核销后计入台账的哪一类"
        name="fact_kind"
        extra="年度计划按台账类别计数；已有服务使用的种类不能再改。"
        rules={[{ required: true, message: "请选择台账类别" }]}
      >
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={given.map((kind) => ({ value: kind.code, label: `${kind.label}（${kind.unit}）` }))}
        />
      </Form.Item>
    </CodedList>
  );
}
