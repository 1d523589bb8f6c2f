import { Button, Card, Form, Input, Radio, Select, Space, Switch } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { post, put } from "../../client/http";
import type { OfferForm, OfferView, OfferWay } from "../../client/types";
import { fenOf } from "../../shared/words";
import { useGroupOptions } from "../membership/groups";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { Period } from "../parts/period";
import { useToday } from "../session";
import { BudgetLineField } from "./budget-line-field";
import { useEventOptions } from "./events";
import { useKindOptions } from "./kinds";
import { Places } from "./places";
import { RoundFields, roundForm, type TypedRound, typedRound } from "./round-fields";
import { OFFER_WAYS } from "./words";

interface Typed {
  organisation_id: string;
  kind: string;
  title: string;
  description?: string;
  unit_yuan: number;
  budget_line?: string;
  redeem: [Dayjs, Dayjs];
  hold_hours: number;
  companions?: number | null;
  event_id?: string;
  way: OfferWay;
  places: string[];
  members_only: boolean;
  groups: string[];
  organisations?: { id: string }[];
  least_age?: number | null;
  most_age?: number | null;
  months_between?: number | null;
  rounds: TypedRound[];
}

interface OfferWindowProps {
  shown: OfferView | "new" | undefined;
  close: () => void;
  done: (offer: OfferView) => void;
}

const formOf = (typed: Typed): OfferForm => ({
  organisation_id: typed.organisation_id,
  kind: typed.kind,
  title: typed.title,
  description: typed.description ?? "",
  unit_fen: fenOf(typed.unit_yuan),
  budget_line: typed.budget_line ?? "",
  redeem_from: typed.redeem[0].format("YYYY-MM-DD"),
  redeem_until: typed.redeem[1].format("YYYY-MM-DD"),
  hold_hours: typed.hold_hours,
  companions: typed.companions ?? 0,
  event_id: typed.event_id || null,
  way: typed.way,
  places: typed.places,
  audience: {
    members_only: typed.members_only,
    groups: typed.groups,
    organisations: (typed.organisations ?? []).map((one) => one.id),
    least_age: typed.least_age ?? null,
    most_age: typed.most_age ?? null,
    months_between: typed.months_between ?? null,
  },
  rounds: typed.rounds.map(roundForm),
});

/** Makes an offer, or changes a draft. */
export function OfferWindow({ shown, close, done }: OfferWindowProps) {
  const before = typeof shown === "object" ? shown : undefined;
  const [organisation] = useOrganisation();
  const kinds = useKindOptions();
  const groups = useGroupOptions();
  const events = useEventOptions(shown !== undefined, before?.event_id);
  return (
    <FormModal<Typed, OfferView>
      title={before ? "修改普惠服务" : "新建普惠服务"}
      open={shown !== undefined}
      close={close}
      width={680}
      initial={{
        organisation_id: before?.organisation_id ?? organisation,
        kind: before?.kind ?? "meal",
        title: before?.title,
        description: before?.description,
        unit_yuan: (before?.unit_fen ?? 0) / 100,
        budget_line: before?.budget_line,
        redeem: before ? [dayjs(before.redeem_from), dayjs(before.redeem_until)] : undefined,
        hold_hours: before?.hold_hours ?? 0,
        companions: before?.companions ?? 0,
        event_id: before?.event_id ?? undefined,
        way: before?.way ?? "first_come",
        places: before?.places.map((place) => place.id) ?? [],
        members_only: before?.audience.members_only ?? true,
        groups: before?.audience.groups ?? [],
        organisations: (before?.audience.organisations ?? []).map((id) => ({ id })),
        least_age: before?.audience.least_age,
        most_age: before?.audience.most_age,
        months_between: before?.audience.months_between,
        rounds: before?.rounds.map((round) => typedRound(round, before.organisation_id)) ?? [{} as TypedRound],
      }}
      submit={(typed, sending) => {
        const form = formOf(typed);
        return before
          ? put<OfferView>(`/benefit-offers/${before.id}`, form, { ...sending, tag: `"${before.version}"` })
          : post<OfferView>("/benefit-offers", form, sending);
      }}
      done={(offer) => {
        close();
        done(offer);
      }}
    >
      <Form.Item label="名称" name="title" rules={[{ required: true, message: "请填写名称" }]}>
        <Input maxLength={60} placeholder="如：夏送清凉爱心餐" />
      </Form.Item>
      <Form.Item label="种类" name="kind" extra="核销后按种类计入台账，年度计划随之更新。">
        <Select options={kinds} />
      </Form.Item>
      <Form.Item label="提供服务的工会" name="organisation_id" extra="面向该工会及其下级工会的职工。">
        <OrganisationPicker />
      </Form.Item>
      <Form.Item label="说明" name="description">
        <Input.TextArea maxLength={1000} rows={2} />
      </Form.Item>
      <Form.Item label="单价（元）" name="unit_yuan" rules={[{ required: true, message: "请填写单价，不要钱的填 0" }]}>
        <NumberField min={0} max={100_000} precision={2} />
      </Form.Item>
      <BudgetLine />
      <Form.Item label="使用期" name="redeem" rules={[{ required: true, message: "请选择使用期" }]}>
        <Period />
      </Form.Item>
      <Form.Item
        label="领取后保留（小时）"
        name="hold_hours"
        extra="到时未使用的自动放回；0 表示保留到使用期结束。"
        rules={[{ required: true, message: "请填写保留几小时，一直保留的填 0" }]}
      >
        <NumberField min={0} max={8784} precision={0} />
      </Form.Item>
      <Form.Item
        label="可带同行人员（人）"
        name="companions"
        extra="体检和疗休养分批次，同行人员与本人一起占位子；0 表示仅限本人。批次在发布前后都可以安排。"
      >
        <NumberField min={0} max={10} precision={0} />
      </Form.Item>
      <Form.Item
        label="分配方式"
        name="way"
        extra="抽签：种子在发布时公布校验值，截止后自动抽签，任何人都可以重新计算。推荐公示：各工会在名额内推荐，审批、公示后自动发放。"
      >
        <Radio.Group options={options(OFFER_WAYS)} />
      </Form.Item>
      <Form.Item
        label="随集中入会活动发放（可不选）"
        name="event_id"
        extra="选了活动，在该活动入会的人自动得到凭证，每人一份；其他人不能领取。礼包在现场发过的，凭证算已使用。"
      >
        <Select allowClear options={events} placeholder="不随活动发放，由职工领取" />
      </Form.Item>
      <Form.Item label="核销点" name="places">
        <Places known={before?.places ?? []} />
      </Form.Item>
      <Form.Item label="只面向会员" name="members_only" valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item label="职工群体（不选为不限）" name="groups">
        <Select mode="multiple" options={groups} />
      </Form.Item>
      <Form.List name="organisations">
        {(rows, { add, remove }) => (
          <Form.Item label="只面向这些工会（不选为不限）">
            {rows.map((row) => (
              <Space key={row.key} align="baseline" wrap>
                <Form.Item name={[row.name, "id"]} rules={[{ required: true, message: "请选择工会" }]}>
                  <OrganisationPicker label="面向哪个工会" className="share-picker" />
                </Form.Item>
                <Button onClick={() => remove(row.name)}>删去</Button>
              </Space>
            ))}
            <Button onClick={() => add()}>加一个工会</Button>
          </Form.Item>
        )}
      </Form.List>
      <Form.Item label="最低年龄" name="least_age">
        <NumberField min={0} max={120} precision={0} placeholder="不限" />
      </Form.Item>
      <Form.Item label="最高年龄" name="most_age">
        <NumberField min={0} max={120} precision={0} placeholder="不限" />
      </Form.Item>
      <Form.Item label="几个月内享受过同类服务的不能再领" name="months_between">
        <NumberField min={1} max={120} precision={0} placeholder="不限" />
      </Form.Item>
      <Form.List name="rounds">
        {(rows, { add, remove }) => (
          <>
            {rows.map((row, place) => (
              <Card
                key={row.key}
                size="small"
                className="round"
                title={`第 ${place + 1} 场领取`}
                extra={rows.length > 1 && <Button onClick={() => remove(row.name)}>删去</Button>}
              >
                <RoundFields at={[row.name]} />
              </Card>
            ))}
            <Button onClick={() => add({})}>加一场领取</Button>
          </>
        )}
      </Form.List>
    </FormModal>
  );
}

/** The line of the budget, among those of the union and the year that are filled in. */
function BudgetLine() {
  const organisation = Form.useWatch<string | undefined>("organisation_id");
  const redeem = Form.useWatch<[Dayjs, Dayjs] | undefined>("redeem");
  const today = useToday();
  return <BudgetLineField organisation={organisation} year={redeem?.[0]?.format("YYYY") ?? today.slice(0, 4)} />;
}
