import { useQueryClient } from "@tanstack/react-query";
import { App, Checkbox, Form, Input, Select } from "antd";
import { post } from "../../client/http";
import type { FactKind, RecordFact } from "../../client/types";
import { PAPERS } from "../../shared/papers";
import { useOfferedGroups } from "../membership/groups";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { numeric, stored } from "../plan/scale";
import { useToday } from "../session";
import { useFactKinds } from "./fact-kinds";

interface Typed {
  kind: string;
  organisation_id: string;
  day: string;
  quantity?: number;
  amount?: string;
  group?: string;
  named?: boolean;
  person?: { name: string; document_kind: string; document_number: string; phone?: string };
  note?: string;
}

/** The record as the interface takes it. */
const body = (typed: Typed, kind?: FactKind): RecordFact => ({
  kind: typed.kind,
  organisation_id: typed.organisation_id,
  day: typed.day,
  quantity: countsPeopleOnly(kind) ? 1 : (typed.quantity ?? 0),
  amount_fen: stored("money", typed.amount || "0") ?? -1,
  group: typed.group || null,
  person: typed.named || countsPeopleOnly(kind) ? typed.person : null,
  note: typed.note ?? "",
});

/** Each person is a record of his own. */
const countsPeopleOnly = (kind?: FactKind) => kind?.measures.length === 1 && kind.measures[0] === "people";
const countsMoneyOnly = (kind?: FactKind) => kind?.measures.length === 1 && kind.measures[0] === "yuan";

/** Records a service that was done: for one person by his papers, or by tally. */
export function RecordService({ open, close }: { open: boolean; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const today = useToday();
  const kinds = useFactKinds();
  const groups = useOfferedGroups();
  const [organisation] = useOrganisation();
  const kindOf = (code?: string) => kinds.find((kind) => kind.code === code);
  return (
    <FormModal<Typed, unknown>
      title="登记服务"
      open={open}
      close={close}
      okText="登记"
      initial={{ organisation_id: organisation, day: today, quantity: 1 }}
      submit={(typed, sending) => post("/facts", body(typed, kindOf(typed.kind)), sending)}
      done={() => {
        message.success("已记入台账");
        close();
        client.invalidateQueries();
      }}
    >
      <Form.Item label="服务" name="kind" rules={[{ required: true, message: "请选择服务" }]}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={kinds
            .filter((kind) => kind.hand_recorded)
            .map((kind) => ({ value: kind.code, label: `${kind.label}（${kind.unit}）` }))}
        />
      </Form.Item>
      <Form.Item label="办理单位" name="organisation_id" rules={[{ required: true, message: "请选择单位" }]}>
        <OrganisationPicker />
      </Form.Item>
      <DayField label="日期" name="day" required max={today} />
      <Form.Item noStyle dependencies={["kind", "named"]}>
        {({ getFieldValue }) => {
          const kind = kindOf(getFieldValue("kind"));
          const each = countsPeopleOnly(kind);
          return (
            <>
              {!each && !countsMoneyOnly(kind) && (
                <Form.Item label={`数量${kind ? `（${kind.unit}）` : ""}`} name="quantity">
                  <NumberField min={1} max={1_000_000} precision={0} />
                </Form.Item>
              )}
              <Form.Item label="金额（元，没有的不填）" name="amount" rules={[numeric("money")]}>
                <Input inputMode="decimal" suffix="元" />
              </Form.Item>
              {!each && (
                <Form.Item name="named" valuePropName="checked">
                  <Checkbox>写明服务对象（不写的按数量计）</Checkbox>
                </Form.Item>
              )}
              {(each || getFieldValue("named")) && <Served />}
            </>
          );
        }}
      </Form.Item>
      <Form.Item label="职工群体" name="group">
        <Select allowClear options={groups} placeholder="按服务对象的群体" />
      </Form.Item>
      <Form.Item label="备注（不写个人信息）" name="note">
        <Input maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}

/** Whom it was done for, by his papers. */
function Served() {
  return (
    <>
      <Form.Item label="姓名" name={["person", "name"]} rules={[{ required: true, message: "请填写姓名" }]}>
        <Input maxLength={50} autoComplete="off" />
      </Form.Item>
      <Form.Item label="证件类型" name={["person", "document_kind"]} initialValue="citizen_number">
        <Select options={options(PAPERS)} />
      </Form.Item>
      <Form.Item
        label="证件号码"
        name={["person", "document_number"]}
        rules={[{ required: true, message: "请填写证件号码" }]}
      >
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item label="手机号码" name={["person", "phone"]}>
        <Input inputMode="tel" maxLength={20} autoComplete="off" />
      </Form.Item>
    </>
  );
}
