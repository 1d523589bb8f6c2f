import { DatePicker, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { post } from "../../client/http";
import type { OfferAmendment, OfferView } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { BudgetLineField } from "./budget-line-field";
import { Places } from "./places";

interface Typed {
  description?: string;
  redeem_until: Dayjs;
  more_places?: string[];
  budget_line?: string;
}

interface AmendProps {
  /** Not open without. */
  offer: OfferView | undefined;
  close: () => void;
  done: (offer: OfferView) => void;
}

/** What may still change once people have read an offer: its text, a later last day, more places, and which line pays. */
export function AmendWindow({ offer, close, done }: AmendProps) {
  return (
    <FormModal<Typed, OfferView>
      title="更正、延期、增加核销点、改经费项目"
      open={offer !== undefined}
      close={close}
      initial={
        offer && {
          description: offer.description,
          redeem_until: dayjs(offer.redeem_until),
          more_places: [],
          budget_line: offer.budget_line,
        }
      }
      submit={(typed, sending) => {
        const form: OfferAmendment = {
          description: typed.description ?? "",
          redeem_until: typed.redeem_until.format("YYYY-MM-DD"),
          more_places: typed.more_places ?? [],
          budget_line: typed.budget_line ?? "",
        };
        const tagged = { ...sending, tag: `"${offer?.version}"` };
        return post<OfferView>(`/benefit-offers/${offer?.id}/amend`, form, tagged);
      }}
      done={(view) => {
        close();
        done(view);
      }}
    >
      <Form.Item label="说明" name="description">
        <Input.TextArea maxLength={1000} rows={3} />
      </Form.Item>
      <Form.Item
        label="使用截止日（只能延后）"
        name="redeem_until"
        extra="还没有使用、到原截止日为止的凭证随之延期。"
        rules={[{ required: true, message: "请选择使用截止日" }]}
      >
        <DatePicker allowClear={false} minDate={dayjs(offer?.redeem_until)} />
      </Form.Item>
      <Form.Item
        label="增加核销点（可不选）"
        name="more_places"
        extra={`已有：${offer?.places.map((place) => place.name).join("、") ?? ""}`}
      >
        <Places known={[]} has={offer?.places} />
      </Form.Item>
      <BudgetLineField organisation={offer?.organisation_id} year={offer?.redeem_from.slice(0, 4)} />
      <p className="quiet">已经列支的付款不变；还没有列支的，付款或重新列支时按新的项目。</p>
    </FormModal>
  );
}
