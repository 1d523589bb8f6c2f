import { App, Form, Input, Select, Switch } from "antd";
import { post } from "../../client/http";
import type { ClaimRow, OfferView, VoidAllForm, VoidForm, VoidOrdered } from "../../client/types";
import { count, minute } from "../../shared/words";
import { FormModal } from "../parts/form-modal";

interface VoidProps {
  /** Not open without: one voucher, or all of an offer that wait to be used. */
  shown: ClaimRow | OfferView | undefined;
  /** Whether nobody can claim the offer any more, so that there is nobody for whom a piece could be free again. */
  isOver: boolean;
  close: () => void;
  done: () => void;
}

/** Voids a voucher that waits to be used, or all of an offer or of one of its rounds. */
export function VoidWindow({ shown, isOver, close, done }: VoidProps) {
  const { message } = App.useApp();
  const all = shown && "rounds" in shown ? shown : undefined;
  const one = shown && "person_id" in shown ? shown : undefined;
  return (
    <FormModal<VoidForm & VoidAllForm, ClaimRow | VoidOrdered>
      title={all ? `作废待使用的凭证：${all.title}` : `作废凭证：${one?.name ?? ""}`}
      open={shown !== undefined}
      close={close}
      okText="作废"
      danger
      initial={{ back: false }}
      submit={(typed, sending) =>
        all
          ? post<VoidOrdered>(`/benefit-offers/${all.id}/void`, { ...typed, round_id: typed.round_id ?? null }, sending)
          : post<ClaimRow>(`/benefit-claims/${one?.id}/void`, typed, sending)
      }
      done={(answer) => {
        const many = "claims" in answer;
        message.success(many ? `正在作废 ${count(answer.claims)} 份，逐一短信告知本人。` : "已作废，短信告知本人。");
        close();
        done();
      }}
    >
      {all && all.rounds.length > 1 && (
        <Form.Item label="哪一场" name="round_id">
          <Select
            allowClear
            placeholder="各场都作废"
            options={all.rounds.map((round, place) => ({
              value: round.id,
              label: `第 ${place + 1} 场（${minute(round.opens_at)}起）`,
            }))}
          />
        </Form.Item>
      )}
      <Form.Item
        label="原因"
        name="reason"
        extra={
          all
            ? "没有使用、没有过期的凭证全部作废，不能恢复；已使用的不受影响。持券人会收到短信，看到这里写的原因。"
            : "作废后不能恢复。持券人会收到短信，看到这里写的原因。"
        }
        rules={[{ required: true, message: "请填写原因" }]}
      >
        <Input.TextArea maxLength={200} rows={2} placeholder="如：供货商停产，改发其他物品" />
      </Form.Item>
      {!isOver && (
        <Form.Item
          label="名额放回，由其他职工领取"
          name="back"
          valuePropName="checked"
          extra="持券人本场不能再领。不放回的，名额作废。"
        >
          <Switch />
        </Form.Item>
      )}
    </FormModal>
  );
}
