import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useAction } from "../../client/action";
import { put, type Sending, type Tagged } from "../../client/http";
import type { PlanDetail, PlanForm } from "../../client/types";
import { ProblemNotice } from "../parts/problem-notice";

/** Title, chapters and care measures of a plan. */
export function OutlineForm({ plan }: { plan: Tagged<PlanDetail> }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { id, title, chapters, measures } = plan.value;
  // Made anew with another outline alone: what else becomes of a plan, as that it is published, takes away nothing that was typed.
  const read = JSON.stringify([title, chapters, measures]);
  const save = useAction((form: PlanForm, sending: Sending) =>
    put<PlanDetail>(`/plans/${id}`, form, { ...sending, tag: plan.tag }),
  );
  const reload = () => client.invalidateQueries({ queryKey: ["plan", id] });
  const finish = async (form: PlanForm) => {
    if (
      !(await save.run({
        ...form,
        measures: form.measures.map((row) => ({ ...row, description: row.description ?? "" })),
      }))
    )
      return;
    message.success("已保存");
    await reload();
  };
  return (
    <Form<PlanForm> key={read} layout="vertical" initialValues={plan.value} onFinish={finish} className="card">
      <h2>提纲</h2>
      <ProblemNotice problem={save.problem} again={save.problem?.status === 412 ? reload : undefined} />
      <Form.Item label="计划名称" name="title" rules={[{ required: true, message: "请填写计划名称" }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Rows name="chapters" label="章节" />
      <Rows name="measures" label="关爱举措" />
      <Button type="primary" htmlType="submit" loading={save.busy}>
        保存提纲
      </Button>
    </Form>
  );
}

function Rows({ name, label }: { name: "chapters" | "measures"; label: string }) {
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <fieldset className="rows">
          <legend>{label}</legend>
          {rows.map((row, index) => (
            <div key={row.key} className="row">
              <Form.Item name={[row.name, "id"]} hidden>
                <Input />
              </Form.Item>
              <Form.Item name={[row.name, "title"]} rules={[{ required: true, message: "请填写标题" }]}>
                <Input aria-label={`第${index + 1}条${label}`} maxLength={60} />
              </Form.Item>
              {name === "measures" && (
                <Form.Item name={[row.name, "description"]} hidden>
                  <Input />
                </Form.Item>
              )}
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`删除第${index + 1}条${label}`}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ title: "" })}>
            添加{label}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}
