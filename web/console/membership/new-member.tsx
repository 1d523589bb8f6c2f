import { Form, Input, Select } from "antd";
import { post } from "../../client/http";
import type { ApplicationAnswer, EventView } from "../../client/types";
import { PAPERS } from "../../shared/papers";
import { FormModal } from "../parts/form-modal";
import { options } from "../parts/options";
import { useOwnUnion } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { WorkFields } from "./change-work";
import { useOfferedGroups } from "./groups";

interface Typed {
  name: string;
  document_kind: string;
  document_number: string;
  phone?: string;
  group: string;
  organisation_id: string;
  platform_id?: string;
  employer?: string;
}

interface Props {
  /** At whose desk it is taken, if at that of an event: he joins one of its unions there. */
  event?: Pick<EventView, "id" | "unions">;
  open: boolean;
  close: () => void;
  done: (answer: ApplicationAnswer) => void;
}

/** An application that is taken at the desk. */
export function NewMember({ event, open, close, done }: Props) {
  const groups = useOfferedGroups();
  const own = useOwnUnion();
  const [only, ...more] = event?.unions ?? [];
  const joined = more.length === 0 ? only?.id : undefined;
  return (
    <FormModal<Typed, ApplicationAnswer>
      title="代录入会申请"
      open={open}
      close={close}
      okText="提交申请"
      initial={{ document_kind: "citizen_number", organisation_id: event ? joined : own }}
      submit={(form, sending) => post<ApplicationAnswer>("/members", { ...form, event_id: event?.id }, sending)}
      done={(answer) => {
        close();
        done(answer);
      }}
    >
      <Form.Item label="姓名" name="name" rules={[{ required: true, message: "请填写姓名" }]}>
        <Input maxLength={50} autoComplete="off" />
      </Form.Item>
      <Form.Item label="证件类型" name="document_kind">
        <Select options={options(PAPERS)} />
      </Form.Item>
      <Form.Item label="证件号码" name="document_number" rules={[{ required: true, message: "请填写证件号码" }]}>
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item label="手机号码" name="phone">
        <Input inputMode="tel" maxLength={20} autoComplete="off" />
      </Form.Item>
      <Form.Item label="职工群体" name="group" rules={[{ required: true, message: "请选择职工群体" }]}>
        <Select options={groups} />
      </Form.Item>
      <WorkFields />
      <Form.Item
        label="加入的工会"
        name="organisation_id"
        rules={[{ required: true, message: "请选择基层工会" }]}
        extra={event || own ? undefined : "会员加入的是基层工会，请选择一家。"}
      >
        {event ? (
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={event.unions.map((union) => ({ value: union.id, label: union.name }))}
          />
        ) : (
          <OrganisationPicker />
        )}
      </Form.Item>
    </FormModal>
  );
}
