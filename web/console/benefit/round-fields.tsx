import { Button, Form, Space } from "antd";
import type { Dayjs } from "dayjs";
import type { OfferRound, OfferRoundForm } from "../../client/types";
import { instantOf, shownAt } from "../parts/beijing";
import { NumberField } from "../parts/number-field";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PeriodOfMinutes } from "../parts/period";

/** A round as it is typed. */
export interface TypedRound {
  time: [Dayjs, Dayjs];
  total: number;
  shares?: { organisation_id: string; quota: number }[];
}

/** What is typed, as the interface takes it. */
export const roundForm = (typed: TypedRound): OfferRoundForm => ({
  opens_at: instantOf(typed.time[0]),
  closes_at: instantOf(typed.time[1]),
  total: typed.total,
  shares: typed.shares ?? [],
});

/** A round that is there, as it is typed; what lies with the union itself is the rest. */
export const typedRound = (round: OfferRound, holder: string): TypedRound => ({
  time: [shownAt(round.opens_at), shownAt(round.closes_at)],
  total: round.total,
  shares: round.shares
    .filter((share) => share.organisation_id !== holder)
    .map((share) => ({ organisation_id: share.organisation_id, quota: share.quota })),
});

/** From when until when, how many, and for whom some are set aside. `at` is the place of the round in the form. */
export function RoundFields({ at }: { at: (string | number)[] }) {
  return (
    <>
      <Form.Item label="领取时间" name={[...at, "time"]} rules={[{ required: true, message: "请选择领取时间" }]}>
        <PeriodOfMinutes />
      </Form.Item>
      <Form.Item label="总数" name={[...at, "total"]} rules={[{ required: true, message: "请填写总数" }]}>
        <NumberField min={1} max={10_000_000} />
      </Form.Item>
      <Form.List name={[...at, "shares"]}>
        {(rows, { add, remove }) => (
          <Form.Item label="分配给下级工会的名额（可不填；分到的工会只用自己的名额，余下的由其他工会共用）">
            {rows.map((row) => (
              <Space key={row.key} align="baseline" wrap>
                <Form.Item name={[row.name, "organisation_id"]} rules={[{ required: true, message: "请选择工会" }]}>
                  <OrganisationPicker label="分给哪个工会" className="share-picker" />
                </Form.Item>
                <Form.Item name={[row.name, "quota"]} rules={[{ required: true, message: "请填写名额" }]}>
                  <NumberField min={0} max={10_000_000} placeholder="名额" aria-label="名额" />
                </Form.Item>
                <Button onClick={() => remove(row.name)}>删去</Button>
              </Space>
            ))}
            <Button onClick={() => add()}>分配名额</Button>
          </Form.Item>
        )}
      </Form.List>
    </>
  );
}
