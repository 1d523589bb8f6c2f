import { DatePicker, Form, Input, Select } from "antd";
import dayjs from "dayjs";
import { post, put } from "../../client/http";
import type { OrganisationDetail } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { useToday } from "../session";
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

type Typed = Record<string, string | null | undefined>;

/** A day in a form, kept as the interface writes it. */
export const DATED = {
  getValueProps: (value?: string | null) => ({ value: value ? dayjs(value) : null }),
  getValueFromEvent: (value?: dayjs.Dayjs) => value?.format("YYYY-MM-DD") ?? null,
};

const PARTICULARS = [
  ["credit_code", "统一社会信用代码", 18],
  ["division", "行政区划代码", 9],
  ["chair", "主席", 60],
  ["contact", "联系电话（对外公布）", 40],
] as const;

/** The particulars of an organisation; who is above it and when is not changed here. */
export function OrganisationWindow({ open, before, above, close, done }: Props) {
  const today = dayjs(useToday());
  const levels = Object.keys(LEVELS);
  const lower = levels.slice(above ? levels.indexOf(above.level) : 0);
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
              { ...kept(typed), industry: before.industry, employer_id: before.employer_id },
              { ...sending, tag: `"${before.version}"` },
            )
          : post("/organisations", { ...kept(typed), parent_id: above?.id }, sending)
      }
      done={done}
    >
      <div className="two">
        <Form.Item label="名称" name="name" className="whole" rules={[{ required: true, message: "请填写名称" }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item label="代码" name="code" rules={[{ required: true, message: "请填写代码" }]}>
          <Input maxLength={32} />
        </Form.Item>
        <Form.Item label="类别" name="kind">
          <Select options={Object.entries(KINDS).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        {!before && (
          <Form.Item label="级别" name="level">
            <Select options={lower.map((value) => ({ value, label: LEVELS[value] }))} />
          </Form.Item>
        )}
        {PARTICULARS.map(([name, label, most]) => (
          <Form.Item key={name} label={label} name={name}>
            <Input maxLength={most} />
          </Form.Item>
        ))}
        <Form.Item label="成立日期" name="founded_on" {...DATED}>
          <DatePicker maxDate={today} />
        </Form.Item>
        <Form.Item label="本届任期到" name="term_ends_on" {...DATED}>
          <DatePicker />
        </Form.Item>
      </div>
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
});

/** An emptied field is none. */
const kept = (typed: Typed) => Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value || null]));
