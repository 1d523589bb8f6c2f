import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { OfferView } from "../../client/types";
import { fenOf } from "../../shared/words";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { useCost } from "./cost";

interface Typed {
  most_yuan: number;
  reason: string;
}

interface LetOverProps {
  offer: OfferView;
  done: (offer: OfferView) => void;
}

/**
 * Lets an offer that another officer publishes cost more than its line of the budget has left: a draft that does and was not
 * let go so far, or one that was published, for its further rounds.
 */
export function LetOver({ offer, done }: LetOverProps) {
  const { message } = App.useApp();
  const [open, show] = useState(false);
  const { budget, isOver } = useCost(offer);
  const most = offer.total * offer.unit_fen;
  const isLet = offer.let_over && offer.let_over.most_fen >= most;
  if (!open && offer.state === "draft" && (isLet || !isOver())) return null;
  return (
    <>
      <Button onClick={() => show(true)}>放行超出经费余额</Button>
      <FormModal<Typed, OfferView>
        title="放行超出经费余额"
        open={open}
        close={() => show(false)}
        okText="放行"
        initial={{ most_yuan: most / 100 }}
        submit={({ most_yuan, reason }, sending) => {
          const form = { most_fen: fenOf(most_yuan), reason };
          return post<OfferView>(`/benefit-offers/${offer.id}/let-over-budget`, form, sending);
        }}
        done={(view) => {
          show(false);
          done(view);
          message.success("已放行，由另一名干部发布或增加场次。");
        }}
      >
        <p>放行后由另一名有发布权限的干部发布或增加场次，自己不能发布自己放行的服务。改动草稿后要重新放行。</p>
        <p>{budget()}</p>
        <Form.Item
          label="本项服务最多支出（元）"
          name="most_yuan"
          extra="连同以后增加的场次。"
          rules={[{ required: true, message: "请填写最多支出" }]}
        >
          <NumberField min={0} precision={2} />
        </Form.Item>
        <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请填写原因" }]}>
          <Input.TextArea rows={3} maxLength={200} />
        </Form.Item>
      </FormModal>
    </>
  );
}
