import { useQueryClient } from "@tanstack/react-query";
import { Form, type FormInstance, Input, Radio, Select } from "antd";
import { useEffect } from "react";
import { post, put, type Sending } from "../../client/http";
import type { Counting, IndicatorForm, IndicatorView, PlanDetail } from "../../client/types";
import { useFactKinds } from "../ledger/fact-kinds";
import { useGroupOptions } from "../membership/groups";
import { RANKS } from "../organisation/words";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { options } from "../parts/options";
import { OrganisationPicker } from "../parts/organisation-picker";
import { fieldUnit, numeric, scaleOf, stored, typed, usualUnit } from "./scale";

const SOURCES: Record<IndicatorView["source"], string> = {
  ledger: "台账自动计数",
  member_share: "入会率（会员÷在岗职工）",
  branch_coverage: "建会率（已建会分支机构÷分支机构）",
  manual: "手工填报",
};
const COUNTING: { value: Counting; label: string }[] = [
  { value: "person_times", label: "人次" },
  { value: "people", label: "人（同一人只计一次）" },
  { value: "items", label: "件（份）" },
  { value: "yuan", label: "金额" },
];

/** The form with its numbers as they are typed. */
type Typed = Omit<IndicatorForm, "target" | "base"> & { target: string; base?: string };

interface Props {
  plan: PlanDetail;
  /** The indicator that is changed; "new" for another one; nothing if the window is closed. */
  shown: IndicatorView | "new" | undefined;
  close: () => void;
}

/** Adds or changes an indicator. */
export function IndicatorWindow({ plan, shown, close }: Props) {
  const client = useQueryClient();
  const before = shown === "new" ? undefined : shown;
  const submit = (form: Typed, sending: Sending) => {
    const body = {
      ...form,
      target: stored(scaleOf(form), form.target) ?? 0,
      base: form.base ? stored(scaleOf(form), form.base) : null,
      sort: before?.sort ?? plan.indicators.length + 1,
    };
    return before
      ? put<IndicatorView>(`/indicators/${before.id}`, body, { ...sending, tag: `"${before.version}"` })
      : post<IndicatorView>(`/plans/${plan.id}/indicators`, body, sending);
  };
  return (
    <FormModal<Typed, IndicatorView>
      title={before ? `修改指标：${before.name}` : "新增指标"}
      open={shown !== undefined}
      close={close}
      width={680}
      initial={
        before
          ? {
              ...before,
              target: typed(before.scale, before.target),
              base: typeof before.base === "number" ? typed(before.scale, before.base) : undefined,
            }
          : { source: "ledger", goal: "at_least", unit: "人次" }
      }
      submit={submit}
      done={() => {
        close();
        client.invalidateQueries({ queryKey: ["plan", plan.id] });
      }}
    >
      {(form) => (
        <>
          {!before && <UsualUnit form={form} />}
          {before && plan.state === "published" && (
            <p>计划已发布：改动保存后对各级立即生效，今年的进度都按新的目标和口径重新计算；已生成的报告不变。</p>
          )}
          <Fields plan={plan} form={form} />
        </>
      )}
    </FormModal>
  );
}

/** Keeps a new indicator's unit to what is counted, until somebody writes another: 人次 of meals would be read for ever. */
function UsualUnit({ form }: { form: FormInstance<Typed> }) {
  const kinds = useFactKinds();
  const [source, counting] = [Form.useWatch("source", form), Form.useWatch("counting", form)];
  const chosen: string[] = Form.useWatch("kinds", form) ?? [];
  const units = kinds.filter((kind) => chosen.includes(kind.code)).map((kind) => kind.unit);
  const usual = usualUnit({ source, counting }, units);
  useEffect(() => {
    // Nobody has touched it by that: what nobody filled in is given up without a question.
    if (usual && !form.isFieldTouched("unit")) form.setFields([{ name: "unit", value: usual, touched: false }]);
  }, [usual, form]);
  return null;
}

function Fields({ plan, form }: { plan: PlanDetail; form: FormInstance<Typed> }) {
  const source = Form.useWatch("source", form);
  const counting = Form.useWatch("counting", form);
  const unit = Form.useWatch("unit", form) ?? "";
  const scale = scaleOf({ source: source ?? "ledger", counting, unit });
  const number = numeric(scale);
  const named = (rows: { id?: string | null; title: string }[]) =>
    rows.map((row) => ({ value: row.id ?? "", label: row.title }));
  return (
    <div className="two">
      <Form.Item className="whole" label="指标名称" name="name" rules={[{ required: true, message: "请填写指标名称" }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item label="所属章节" name="chapter_id">
        <Select allowClear options={named(plan.chapters)} />
      </Form.Item>
      <Form.Item label="关爱举措" name="measure_id">
        <Select allowClear options={named(plan.measures)} />
      </Form.Item>
      <Form.Item className="whole" label="数字从哪里来" name="source">
        <Select options={options(SOURCES)} />
      </Form.Item>
      {source === "ledger" && <LedgerFields />}
      {(source === "ledger" || source === "member_share") && <Groups />}
      {source === "branch_coverage" && (
        <Form.Item label="企业类别（不选为全部）" name="ranks">
          <Select mode="multiple" options={options(RANKS)} />
        </Form.Item>
      )}
      <Form.Item label="计量单位" name="unit" rules={[{ required: true, message: "请填写计量单位" }]}>
        <Input maxLength={10} />
      </Form.Item>
      <Form.Item
        label="目标"
        name="target"
        dependencies={["source", "counting", "unit"]}
        rules={[{ required: true, message: "请填写目标" }, number]}
      >
        <Input inputMode="decimal" suffix={fieldUnit(scale, unit) || " "} />
      </Form.Item>
      <Form.Item label="目标性质" name="goal">
        <Radio.Group
          options={[
            { value: "at_least", label: "不少于" },
            { value: "about", label: "左右" },
          ]}
        />
      </Form.Item>
      <DayField label="完成时限（不填为年底）" name="due_on" />
      <Form.Item label="责任单位" name="responsible_id" getValueFromEvent={(id) => id || null}>
        <OrganisationPicker allowClear />
      </Form.Item>
      <Form.Item label="基期值（选填）" name="base" dependencies={["source", "counting", "unit"]} rules={[number]}>
        <Input inputMode="decimal" suffix={fieldUnit(scale, unit) || " "} />
      </Form.Item>
      <Form.Item label="基期" name="base_period">
        <Input maxLength={20} placeholder="如：2025年全年" />
      </Form.Item>
      <Form.Item className="whole" label="口径说明" name="definition">
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </div>
  );
}

function LedgerFields() {
  const kinds = useFactKinds();
  const chosen: string[] = Form.useWatch("kinds", Form.useFormInstance()) ?? [];
  // Any record may have cost money; the other ways of counting are the kind's own.
  const fits = (way: Counting) =>
    way === "yuan" || kinds.filter((kind) => chosen.includes(kind.code)).every((kind) => kind.measures.includes(way));
  return (
    <>
      <Form.Item label="台账事项" name="kinds" rules={[{ required: true, message: "请选择至少一个台账事项" }]}>
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={kinds.map((kind) => ({ value: kind.code, label: kind.label }))}
        />
      </Form.Item>
      <Form.Item label="计数方式" name="counting" rules={[{ required: true, message: "请选择计数方式" }]}>
        <Select options={COUNTING.filter((way) => fits(way.value))} />
      </Form.Item>
    </>
  );
}

function Groups() {
  const groups = useGroupOptions();
  return (
    <Form.Item label="职工群体（不选为全部）" name="groups">
      <Select mode="multiple" optionFilterProp="label" options={groups} />
    </Form.Item>
  );
}
