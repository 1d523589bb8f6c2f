import { Form, Input, Select } from "antd";
import { post, put } from "../../client/http";
import type { OrganisationDetail } from "../../client/types";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { options } from "../parts/options";
import { useMay, useToday } from "../session";
import { EmployerPicker } from "./employer-picker";
import { KINDS, LEVELS } from "./words";

interface Props {
  open: boolean;
  /** What is changed; a new one without. */
  before?: OrganisationDetail;
  /** Below whom a new one is founded. */
  above?: OrganisationDetail;
  close: () => void;
  done: (kept: OrganisationDetail) => void;
}

type Typed = Record<string, string | number | null | undefined>;

const PARTICULARS = [
  ["credit_code", "统一社会信用代码", 18],
  ["division", "行政区划代码", 9],
  ["industry", "行业（GB/T 4754）", 100],
  ["chair", "主席", 50],
  ["contact", "联系电话（对外公布）", 40],
] as const;

type Choice = { value: string; label: string };

/** Where an organisation of a kind usually stands, of the levels that it may have below another. */
function usualLevel(kind: string, lower: Choice[]): string | undefined {
  const [, next] = lower;
  const usual = { township_union: "township", federation: next?.value }[kind] ?? "grassroots";
  return lower.some((level) => level.value === usual) ? usual : lower.slice(-1)[0]?.value;
}

/** The particulars of an organisation; who is above it and when is not changed here. */
export function OrganisationWindow({ open, before, above, close, done }: Props) {
  const today = useToday();
  const may = useMay();
  const levels = options(LEVELS);
  const lower = levels.slice(above ? levels.findIndex((level) => level.value === above.level) : 0);
  return (
    <FormModal<Typed, OrganisationDetail>
      title={before ? `修改：${before.name}` : `在“${above?.name ?? ""}”下新建`}
      open={open}
      close={close}
      width={720}
      initial={before ? of(before) : { kind: "grassroots_union", level: "grassroots", division: above?.division }}
      submit={(typed, sending) =>
        before
          ? put(
              `/organisations/${before.id}`,
              { employer_id: before.employer_id, ...kept(typed) },
              { ...sending, tag: `"${before.version}"` },
            )
          : post("/organisations", { ...kept(typed), parent_id: above?.id }, sending)
      }
      done={done}
    >
      {(form) => (
        <div className="two">
          <Form.Item label="名称" name="name" className="whole" rules={[{ required: true, message: "请填写名称" }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item label="代码" name="code" rules={[{ required: true, message: "请填写代码" }]}>
            <Input maxLength={32} />
          </Form.Item>
          <Form.Item label="类别" name="kind">
            <Select
              options={options(KINDS)}
              onChange={(kind: string) => form.setFieldValue("level", usualLevel(kind, lower))}
            />
          </Form.Item>
          {!before && (
            <Form.Item label="级别" name="level" extra="建立后不能更改">
              <Select options={lower} />
            </Form.Item>
          )}
          {PARTICULARS.map(([name, label, most]) => (
            <Form.Item key={name} label={label} name={name}>
              <Input maxLength={most} />
            </Form.Item>
          ))}
          <DayField label="成立日期" name="founded_on" max={today} />
          <DayField label="本届任期到" name="term_ends_on" />
          {may("workforce.view") && (
            <Form.Item label="所在用人单位" name="employer_id" className="whole" extra="没有的，请先到“用人单位”登记">
              <EmployerPicker named={before?.employer?.name} />
            </Form.Item>
          )}
          <Form.Item label="职工人数" name="workers" extra="填了用人单位的，以单位登记的人数为准">
            <NumberField min={0} precision={0} />
          </Form.Item>
          <Form.Item label="其中女职工" name="women">
            <NumberField min={0} precision={0} />
          </Form.Item>
        </div>
      )}
    </FormModal>
  );
}

/** What the form shows of an organisation. */
const of = (one: OrganisationDetail): Typed => ({
  name: one.name,
  code: one.code,
  kind: one.kind,
  credit_code: one.credit_code,
  division: one.division,
  chair: one.chair,
  contact: one.contact,
  founded_on: one.founded_on,
  term_ends_on: one.term_ends_on,
  industry: one.industry,
  employer_id: one.employer_id,
  workers: one.employer ? null : one.workers,
  women: one.employer ? null : one.women,
});

/** An emptied field is none. */
const kept = (typed: Typed) =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value === "" ? null : (value ?? null)]));
