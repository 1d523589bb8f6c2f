import { DatePicker, Form, Input } from "antd";
import { post } from "../../client/http";
import type { DuesAnswer } from "../../client/types";
import { upload } from "../../client/upload";
import { yuan } from "../../shared/words";
import { DATED, DayField } from "../parts/day-field";
import { type Chosen, chosenFile, FileField, TABLES } from "../parts/file-field";
import { FormModal } from "../parts/form-modal";
import { useRowsTold } from "../parts/rows-told";
import { stored } from "../plan/scale";
import { useToday } from "../session";

interface Props {
  /** Not open without. */
  members: string[] | undefined;
  /** A day of the month. */
  month: string;
  close: () => void;
  done: (answer: DuesAnswer) => void;
}

/** Yuan as they are typed. */
const YUAN_RULES = [
  { required: true, message: "请填写金额" },
  {
    validator: (_: unknown, text: string) =>
      !text || stored("money", text) ? Promise.resolve() : Promise.reject(new Error("请填写金额，最多两位小数")),
  },
];

/** Says what became of dues that were entered: all of it, or what was left out and why. */
export function useDuesTold() {
  const say = useRowsTold();
  return ({ entered, amount_fen, refused, to_mend }: DuesAnswer) =>
    say(`已登记 ${entered} 笔，共 ${yuan(amount_fen)} 元`, refused, "笔未登记", to_mend);
}

/** The dues that some members paid for a month, the same from each. */
export function DuesWindow({ members, month, close, done }: Props) {
  const today = useToday();
  return (
    <FormModal<{ month: string; amount: string; paid_on: string }, DuesAnswer>
      title={members && members.length > 1 ? `登记 ${members.length} 人的会费` : "登记会费"}
      open={members !== undefined}
      close={close}
      okText="登记"
      initial={{ month, paid_on: today }}
      submit={({ amount, ...form }, sending) =>
        post("/dues", { ...form, amount_fen: stored("money", amount), member_ids: members }, sending)
      }
      done={done}
    >
      <Form.Item label="所属月份" name="month" rules={[{ required: true, message: "请选择月份" }]} {...DATED}>
        <DatePicker picker="month" allowClear={false} />
      </Form.Item>
      <Form.Item label="每人金额" name="amount" rules={YUAN_RULES}>
        <Input inputMode="decimal" suffix="元" />
      </Form.Item>
      <DayField label="缴费日期" name="paid_on" required max={today} />
    </FormModal>
  );
}

interface TableProps {
  open: boolean;
  organisation: string;
  month: string;
  close: () => void;
  done: (answer: DuesAnswer) => void;
}

/** A table of dues, as a union keeps it. */
export function DuesTableWindow({ open, organisation, month, close, done }: TableProps) {
  return (
    <FormModal<{ month: string; file: Chosen }, DuesAnswer>
      title="从表格登记会费"
      open={open}
      close={close}
      okText="登记"
      initial={{ month }}
      submit={(form, { key }) => {
        const body = new FormData();
        body.set("organisation_id", organisation);
        body.set("month", form.month);
        body.set("file", chosenFile(form.file) as File);
        return upload<DuesAnswer>("/dues/table", body, { key });
      }}
      done={done}
    >
      <p>
        表头要有“会员证号”或“证件号码”，以及“金额（元）”；可以有“月份”“缴费日期”“姓名”。姓名与会员不同的行不登记，登记过的月份不会重复登记。
      </p>
      <Form.Item label="表中没有月份时，按" name="month" {...DATED}>
        <DatePicker picker="month" allowClear={false} />
      </Form.Item>
      <FileField label="会费表" accept={TABLES} required extra="xlsx、xls 或 csv，最多 5000 行" />
    </FormModal>
  );
}
