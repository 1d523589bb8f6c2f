import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input } from "antd";
import { get } from "../../client/http";
import type { WorkerGroup } from "../../client/types";
import { CodedList } from "../parts/coded-list";
import { useMayForAll } from "../parts/organisation";

/** The worker groups that people are told apart by. */
export default function WorkerGroups() {
  const may = useMayForAll("workforce.manage");
  const groups = useQuery({ queryKey: ["/worker-groups"], queryFn: () => get<WorkerGroup[]>("/worker-groups") });
  return (
    <CodedList<WorkerGroup>
      note="由最上级工会统一维护；重点群体计入入会率，停用的群体不再出现在选项里，已有记录不变。"
      path="/worker-groups"
      asked={groups}
      rows={groups.data}
      may={may}
      add={["新增群体", "新增职工群体"]}
      columns={[
        { title: "群体", dataIndex: "label" },
        { title: "代码", dataIndex: "code" },
        { title: "重点", render: (_, row) => row.focus && "是" },
      ]}
      fresh={{ focus: false, offered: true, sort: 100 }}
    >
      <Form.Item label="名称" name="label" rules={[{ required: true, message: "请填写名称" }]}>
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item name="focus" valuePropName="checked">
        <Checkbox>重点群体</Checkbox>
      </Form.Item>
    </CodedList>
  );
}
