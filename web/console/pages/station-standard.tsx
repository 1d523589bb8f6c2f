import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, Select } from "antd";
import { get } from "../../client/http";
import type { StandardRow, StationStandard } from "../../client/types";
import { count } from "../../shared/words";
import { CodedList } from "../parts/coded-list";
import { NumberField } from "../parts/number-field";
import { useMayForAll } from "../parts/organisation";
import { Word } from "../parts/word";

/** The checklist by which stations are inspected. */
export default function Standard() {
  const may = useMayForAll("station.catalogue");
  const asked = useQuery({
    queryKey: ["/station-standard"],
    queryFn: () => get<StationStandard>("/station-standard"),
  });
  const strengths = asked.data?.strengths ?? [];
  return (
    <CodedList<StandardRow>
      note="按“五强”分项评分；“否决项”不得分即为未达标。由最上级工会统一维护，已完成的检查不受影响。"
      path="/station-standard"
      asked={asked}
      rows={asked.data?.items}
      may={may}
      add={["新增条目", "新增条目"]}
      columns={[
        {
          title: "五强",
          dataIndex: "strength_label",
          filters: strengths.map((one) => ({ value: one.strength, text: one.label })),
          onFilter: (value, row) => row.strength === value,
        },
        {
          title: "检查内容",
          render: (_, row) => (
            <div className="wide-cell">
              {row.label} {row.critical && <Word tone="bad">否决项</Word>}
              <div className="quiet">{row.guide}</div>
            </div>
          ),
        },
        { title: "分值", align: "right", dataIndex: "weight" },
      ]}
      fresh={{ strength: "leadership", weight: 5, critical: false, offered: true, sort: 200 }}
      offered="在用"
      about={
        <p role="status" className="quiet">
          在用条目满分 {count(asked.data?.out_of ?? 0)} 分
          {strengths.length > 0 && `：${strengths.map((one) => `${one.label} ${one.out_of} 分`).join("，")}`}
          。得分折算为百分制；各星级的分数线在“规则”页设定。
        </p>
      }
    >
      <Form.Item label="五强" name="strength">
        <Select options={strengths.map((one) => ({ value: one.strength, label: one.label }))} />
      </Form.Item>
      <Form.Item label="检查内容" name="label" rules={[{ required: true, message: "请填写检查内容" }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item label="评分说明" name="guide">
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
      <Form.Item label="分值" name="weight" rules={[{ required: true, message: "请填写分值" }]}>
        <NumberField min={1} max={100} precision={0} />
      </Form.Item>
      <Form.Item name="critical" valuePropName="checked">
        <Checkbox>否决项（不得分即未达标）</Checkbox>
      </Form.Item>
    </CodedList>
  );
}
