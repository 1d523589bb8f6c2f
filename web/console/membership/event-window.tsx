import { Button, Form, Input, Space, Switch } from "antd";
import type { Dayjs } from "dayjs";
import { post, put } from "../../client/http";
import type { EventForm, EventView, Gift } from "../../client/types";
import { instantOf, shownAt } from "../parts/beijing";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PeriodOfMinutes } from "../parts/period";
import { Many, type ManyProps, useSought } from "../parts/sought";

interface Typed {
  title: string;
  place: string;
  organisation_id: string;
  time: [Dayjs, Dayjs];
  unions: string[];
  kit?: string;
  cover?: string;
  kits_total: number;
  gates: { name: string; kits: number }[];
  approves_at_once: boolean;
}

interface EventWindowProps {
  shown: EventView | "new" | undefined;
  close: () => void;
  done: (event: EventView) => void;
}

const gift = (event: EventView | undefined, kind: Gift["kind"]) => event?.gifts.find((one) => one.kind === kind)?.name;

/** Makes or changes an enrolment event. */
export function EventWindow({ shown, close, done }: EventWindowProps) {
  const before = typeof shown === "object" ? shown : undefined;
  const [organisation] = useOrganisation();
  return (
    <FormModal<Typed, EventView>
      title={before ? "修改活动" : "新建集中入会活动"}
      open={shown !== undefined}
      close={close}
      width={640}
      initial={{
        title: before?.title,
        place: before?.place,
        organisation_id: before?.organisation_id ?? organisation,
        time: before ? [shownAt(before.starts_at), shownAt(before.ends_at)] : undefined,
        unions: before?.unions.map((union) => union.id) ?? [],
        kit: gift(before, "kit"),
        cover: gift(before, "cover"),
        kits_total: before?.kits_total ?? 0,
        gates: before?.gates ?? [],
        approves_at_once: before?.approves_at_once ?? true,
      }}
      submit={(typed, sending) => {
        const gifts: Gift[] = [];
        if (typed.kit?.trim()) gifts.push({ kind: "kit", name: typed.kit.trim() });
        if (typed.cover?.trim()) gifts.push({ kind: "cover", name: typed.cover.trim() });
        // Of other kinds this form knows nothing: what another system promised stays.
        gifts.push(...(before?.gifts.filter((one) => one.kind === "other") ?? []));
        const form: EventForm = {
          title: typed.title,
          place: typed.place,
          organisation_id: typed.organisation_id,
          starts_at: instantOf(typed.time[0]),
          ends_at: instantOf(typed.time[1]),
          unions: typed.unions,
          gifts,
          kits_total: typed.kits_total,
          gates: typed.gates ?? [],
          approves_at_once: typed.approves_at_once,
        };
        return before
          ? put<EventView>(`/events/${before.id}`, form, { ...sending, tag: `"${before.version}"` })
          : post<EventView>("/events", form, sending);
      }}
      done={(event) => {
        close();
        done(event);
      }}
    >
      <Form.Item label="活动名称" name="title" rules={[{ required: true, message: "请填写活动名称" }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item label="地点" name="place" rules={[{ required: true, message: "请填写地点" }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item label="时间" name="time" rules={[{ required: true, message: "请选择起止时间" }]}>
        <PeriodOfMinutes />
      </Form.Item>
      <Form.Item label="主办工会" name="organisation_id">
        <OrganisationPicker />
      </Form.Item>
      <Form.Item label="参加的工会" name="unions" rules={[{ required: true, message: "请选择参加活动的工会" }]}>
        <Unions known={before?.unions ?? []} />
      </Form.Item>
      <Form.Item label="入会礼包（没有可不填）" name="kit">
        <Input maxLength={40} placeholder="如：暖心礼包" />
      </Form.Item>
      <Form.Item
        label="备好的礼包数"
        name="kits_total"
        rules={[{ required: true, message: "请填写礼包数，没有的填 0" }]}
      >
        <NumberField min={0} max={1_000_000} />
      </Form.Item>
      <Form.List name="gates">
        {(rows, { add, remove }) => (
          <Form.Item label="发放台（只有一处可不填；填了以各台之和为准）">
            {rows.map((row) => (
              <Space key={row.key} align="baseline" wrap>
                <Form.Item name={[row.name, "name"]} rules={[{ required: true, message: "请填写名称" }]}>
                  <Input maxLength={20} placeholder="如：一号台" aria-label="发放台名称" />
                </Form.Item>
                <Form.Item name={[row.name, "kits"]} rules={[{ required: true, message: "请填写礼包数" }]}>
                  <NumberField min={0} max={1_000_000} placeholder="礼包数" aria-label="该台礼包数" />
                </Form.Item>
                <Button onClick={() => remove(row.name)}>删去</Button>
              </Space>
            ))}
            <Button
              onClick={() =>
                add({ name: `${["一", "二", "三", "四", "五", "六"][rows.length] ?? rows.length + 1}号台` })
              }
            >
              加一个发放台
            </Button>
          </Form.Item>
        )}
      </Form.List>
      <Form.Item label="赠送保障（没有可不填）" name="cover">
        <Input maxLength={40} placeholder="如：一年期意外伤害保障" />
      </Form.Item>
      <Form.Item
        label="符合规则的当场批准"
        name="approves_at_once"
        valuePropName="checked"
        extra="年龄、职工群体和手机号码齐全且合规的，提交后即为会员；其余由您审批。"
      >
        <Switch />
      </Form.Item>
    </FormModal>
  );
}

/** Grassroots unions anywhere below the chosen organisation, found by name. */
function Unions(props: ManyProps) {
  const [organisation] = useOrganisation();
  const sought = useSought("/organisations", { under: organisation, level: "grassroots" }, organisation !== "");
  return (
    <Many
      {...props}
      sought={sought}
      placeholder="输入工会名称查找"
      none="没有符合的基层工会；新建工会请系统管理员在“组织”里办理"
      most={200}
    />
  );
}
