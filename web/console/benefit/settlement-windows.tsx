import { Form, Input } from "antd";
import { post } from "../../client/http";
import type { DisputeView, PaidMany, SettlementLine, SettlementRow, SettlementView } from "../../client/types";
import { count, yuan } from "../../shared/words";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { useToday } from "../session";

interface WindowProps {
  close: () => void;
  done: (view: SettlementView) => void;
}

/** Writes down what a place does not agree with. */
export function DisputeWindow({ path, line, close, done }: WindowProps & { path: string; line?: SettlementLine }) {
  return (
    <FormModal<{ reason: string }, SettlementView>
      title={`登记异议：${line?.title ?? ""}`}
      open={line !== undefined}
      close={close}
      okText="登记"
      submit={(form, sending) =>
        post<SettlementView>(`${path}/disputes`, { ...form, offer_id: line?.offer_id }, sending)
      }
      done={(view) => {
        close();
        done(view);
      }}
    >
      <Form.Item label="哪里不对" name="reason" rules={[{ required: true, message: "请写明哪里不对" }]}>
        <Input.TextArea maxLength={200} rows={2} placeholder="如：核销点来电，7月5日停电时发放2份未扫码" />
      </Form.Item>
    </FormModal>
  );
}

/** Answers a dispute, with pieces more or fewer. */
export function AnswerWindow({ dispute, close, done }: WindowProps & { dispute?: DisputeView }) {
  return (
    <FormModal<{ answer: string; adjusted: number }, SettlementView>
      title={`答复异议：${dispute?.title ?? ""}`}
      open={dispute !== undefined}
      close={close}
      okText="答复"
      initial={{ adjusted: 0 }}
      submit={(form, sending) => post<SettlementView>(`/benefit-disputes/${dispute?.id}/answer`, form, sending)}
      done={(view) => {
        close();
        done(view);
      }}
    >
      <p>{dispute?.reason}</p>
      <Form.Item label="核对结果" name="answer" rules={[{ required: true, message: "请写明核对结果" }]}>
        <Input.TextArea maxLength={200} rows={2} />
      </Form.Item>
      <Form.Item
        label="调整份数"
        name="adjusted"
        extra="补计填正数（不超过已领取、没有核销的份数），核减填负数，不调整填 0。只影响付款，不改变台账。"
        rules={[{ required: true, message: "请填写份数，不调整填 0" }]}
      >
        <NumberField precision={0} />
      </Form.Item>
    </FormModal>
  );
}

/** Notes that the money went out. */
export function PaymentWindow({ path, shown, close, done }: WindowProps & { path: string; shown?: SettlementView }) {
  const today = useToday();
  return (
    <FormModal<{ paid_on: string; note?: string }, SettlementView>
      title={shown?.paid_on ? "重新列支" : "登记付款"}
      open={shown !== undefined}
      close={close}
      okText={shown?.paid_on ? "重新列支" : "登记付款"}
      initial={{ paid_on: shown?.paid_on ?? today, note: shown?.pay_note }}
      submit={(form, sending) => post<SettlementView>(`${path}/pay`, { ...form, note: form.note ?? "" }, sending)}
      done={(view) => {
        close();
        done(view);
      }}
    >
      <p>
        付给{shown?.partner} {yuan(shown?.amount_fen ?? 0)} 元，按服务填写的经费项目列入付款当年计划的经费支付。
      </p>
      {shown?.paid_on && <p className="quiet">经费项目填错的，先到服务页面改经费项目，再重新列支。</p>}
      <DayField label="付款日期" name="paid_on" required max={today} />
      <Form.Item label="备注（凭证号等，可不填）" name="note">
        <Input maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}

interface PaymentsProps {
  /** The settled statements that are paid; not open without. */
  rows: SettlementRow[] | undefined;
  close: () => void;
  done: (answer: PaidMany) => void;
}

/** Notes that the money of several statements went out, as by one transfer. */
export function PaymentsWindow({ rows = [], close, done }: PaymentsProps) {
  const today = useToday();
  const fen = rows.reduce((all, row) => all + row.amount_fen, 0);
  return (
    <FormModal<{ paid_on: string; note?: string }, PaidMany>
      title={`登记付款：${count(rows.length)} 张结算单`}
      open={rows.length > 0}
      close={close}
      okText="登记付款"
      initial={{ paid_on: today }}
      submit={(form, sending) =>
        post<PaidMany>(
          "/benefit-settlements/pay",
          { statements: rows.map((row) => row.id), paid_on: form.paid_on, note: form.note ?? "" },
          sending,
        )
      }
      done={(answer) => {
        close();
        done(answer);
      }}
    >
      <p>共 {yuan(fen)} 元，每一张按服务填写的经费项目列入付款当年计划的经费支付。</p>
      <DayField label="付款日期" name="paid_on" required max={today} />
      <Form.Item label="备注（凭证号等，可不填，每一张都写上）" name="note">
        <Input maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}
