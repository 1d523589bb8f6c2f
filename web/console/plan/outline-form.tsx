import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { useAction } from "../../client/action";
import { put, type Sending, type Tagged } from "../../client/http";
import type { PlanDetail, PlanForm } from "../../client/types";
import { keptValue, store } from "../../shared/store";
import { ProblemNotice } from "../parts/problem-notice";

/** What somebody typed and has not saved, and the plan that he typed on. */
interface Held {
  plan: Tagged<PlanDetail>;
  form: PlanForm;
}

const outlineOf = ({ value: { title, chapters, measures } }: Tagged<PlanDetail>) =>
  JSON.stringify([title, chapters, measures]);

/** Title, chapters and care measures of a plan. Whoever looks at something else comes back to what he typed on what still stands. */
export function OutlineForm({ plan }: { plan: Tagged<PlanDetail> }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { id } = plan.value;
  const draft = `niangjia.outline.${id}`;
  const [held, hold] = useState<Held | undefined>(() => {
    const kept = keptValue(draft, "sessionStorage") as { outline: string; form: PlanForm } | undefined;
    return kept?.outline === outlineOf(plan) ? { plan, form: kept.form } : undefined;
  });
  const [given, give] = useState(0);
  // What another saves meanwhile takes away nothing that was typed, and is told when it is saved; what else becomes of a plan, as
  // that it is published, is no other outline.
  const shown = held?.plan ?? plan;
  const outline = outlineOf(shown);
  const { tag } = outline === outlineOf(plan) ? plan : shown;
  const save = useAction((form: PlanForm, sending: Sending) =>
    put<PlanDetail>(`/plans/${id}`, form, { ...sending, tag }),
  );
  const reload = () => client.invalidateQueries({ queryKey: ["plan", id] });
  const change = (_: unknown, form: PlanForm) => {
    hold({ plan: shown, form });
    store(draft, JSON.stringify({ outline, form }), "sessionStorage");
  };
  const forget = () => {
    hold(undefined);
    store(draft, undefined, "sessionStorage");
  };
  const giveUp = () => {
    forget();
    save.clear();
    give(given + 1);
  };
  const look = async () => {
    await reload();
    giveUp();
  };
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
    forget();
  };
  return (
    <Form<PlanForm>
      key={`${given} ${outline}`}
      layout="vertical"
      initialValues={held?.form ?? shown.value}
      onValuesChange={change}
      onFinish={finish}
      className="card"
    >
      <h2>提纲</h2>
      <ProblemNotice problem={save.problem} again={save.problem?.status === 412 ? look : undefined} />
      {held && (
        <p className="quiet">
          有改动尚未保存。
          <Button type="link" size="small" onClick={giveUp}>
            放弃改动
          </Button>
        </p>
      )}
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
