import { Form, Input, Select } from "antd";
import { post, put } from "../../client/http";
import type { BudgetLine, PlanDetail } from "../../client/types";
import { yuan } from "../../shared/words";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { OrganisationPicker } from "../parts/organisation-picker";
import { useToday } from "../session";
import { numeric, stored, typed } from "./scale";

/** A field for money: yuan as they are typed, fen as they are sent. */
function YuanField({ name, label }: { name: string; label: string }) {
  return (
    <Form.Item label={label} name={name} rules={[{ required: true, message: "请填写金额" }, numeric("money")]}>
      <Input inputMode="decimal" suffix="元" />
    </Form.Item>
  );
}

interface LineTyped {
  name: string;
  allotted_fen: string;
  indicator_id?: string | null;
}

interface LineProps {
  plan: PlanDetail;
  shown: BudgetLine | "new" | undefined;
  close: () => void;
  done: () => void;
}

/** Adds or changes a line of the budget. */
export function LineWindow({ plan, shown, close, done }: LineProps) {
  const before = typeof shown === "object" ? shown : undefined;
  return (
    <FormModal<LineTyped, BudgetLine>
      title={before ? `修改经费项目：${before.name}` : "新增经费项目"}
      open={shown !== undefined}
      close={close}
      initial={before ? { ...before, allotted_fen: typed("money", before.allotted_fen) } : {}}
      submit={(form, sending) => {
        const body = {
          ...form,
          allotted_fen: stored("money", form.allotted_fen),
          indicator_id: form.indicator_id ?? null,
        };
        return before
          ? put<BudgetLine>(`/budget-lines/${before.id}`, body, { ...sending, tag: `"${before.version}"` })
          : post<BudgetLine>(`/plans/${plan.id}/budget`, body, sending);
      }}
      done={() => {
        close();
        done();
      }}
    >
      <Form.Item label="项目名称" name="name" rules={[{ required: true, message: "请填写项目名称" }]}>
        <Input maxLength={60} />
      </Form.Item>
      <YuanField name="allotted_fen" label="预算" />
      <Form.Item label="对应指标" name="indicator_id">
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          options={plan.indicators.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
    </FormModal>
  );
}

interface PayTyped {
  organisation_id: string;
  amount_fen: string;
  day: string;
  payee: string;
  note?: string;
}

interface PayProps {
  plan: PlanDetail;
  line: BudgetLine;
  close: () => void;
  done: () => void;
}

/** Records a payment out of a line. */
export function PayWindow({ plan, line, close, done }: PayProps) {
  const today = useToday();
  const yearEnd = `${plan.year}-12-31`;
  const latest = today < yearEnd ? today : yearEnd;
  return (
    <FormModal<PayTyped, BudgetLine>
      title={`登记支付：${line.name}`}
      open
      close={close}
      okText="登记"
      initial={{ organisation_id: plan.organisation_id, day: latest }}
      submit={(form, sending) =>
        post<BudgetLine>(
          `/budget-lines/${line.id}/payments`,
          { ...form, amount_fen: stored("money", form.amount_fen), note: form.note ?? "" },
          sending,
        )
      }
      done={() => {
        close();
        done();
      }}
    >
      <p>这个项目还剩 {yuan(line.left_fen)} 元。</p>
      <YuanField name="amount_fen" label="金额" />
      <Form.Item label="收款方" name="payee" rules={[{ required: true, message: "请填写收款方" }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item label="用于哪个单位的工作" name="organisation_id">
        <OrganisationPicker />
      </Form.Item>
      <DayField label="支付日期" name="day" required min={`${plan.year}-01-01`} max={latest} />
      <Form.Item label="备注" name="note">
        <Input maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}
