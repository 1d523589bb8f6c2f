import { Form, Input, Select } from "antd";
import type { StationCatalogueEntry } from "../../client/types";
import { CodedList } from "../parts/coded-list";
import { options } from "../parts/options";
import { useMayForAll } from "../parts/organisation";
import { useCatalogue } from "../station/catalogue";

const KINDS = { equipment: "设施", service: "服务", check: "每日检查" } as const;

/** The list from which stations choose, and by which masters look round. */
export default function StationCatalogue() {
  const may = useMayForAll("station.catalogue");
  const catalogue = useCatalogue();
  return (
    <CodedList<StationCatalogueEntry>
      note="设施、服务和每日检查项，由最上级工会统一维护；停用的不再出现在选项里，已有记录不变。"
      path="/station-catalogue"
      asked={catalogue}
      rows={catalogue.data}
      may={may}
      add={["新增目录项", "新增目录项"]}
      columns={[
        {
          title: "类别",
          render: (_, row) => KINDS[row.kind],
          filters: Object.entries(KINDS).map(([value, text]) => ({ value, text })),
          onFilter: (value, row) => row.kind === value,
        },
        { title: "名称", dataIndex: "label" },
        { title: "代码", dataIndex: "code" },
      ]}
      fresh={{ kind: "equipment", offered: true, sort: 200 }}
      first={
        <Form.Item label="类别" name="kind">
          <Select options={options(KINDS)} />
        </Form.Item>
      }
    >
      <Form.Item label="名称" name="label" rules={[{ required: true, message: "请填写名称" }]}>
        <Input maxLength={30} />
      </Form.Item>
    </CodedList>
  );
}
