import { App, Form, Input, Select } from "antd";
import { post } from "../../client/http";
import type { NewStationWalkIn, StationDeskNow, StationWalkIn } from "../../client/types";
import { called } from "../../shared/stations";
import { hours } from "../../shared/words";
import { useOfferedGroups } from "../membership/groups";
import { FormModal } from "../parts/form-modal";

interface WindowProps {
  /** Those where a time is free now. */
  desks: StationDeskNow[];
  path: string;
  close: () => void;
  done: () => void;
}

/** Writes somebody down who came to a desk without having booked. */
export function WalkInWindow({ desks, path, close, done }: WindowProps) {
  const { message } = App.useApp();
  const groups = useOfferedGroups();
  const option = (one: StationDeskNow) => ({
    value: one.id,
    label: `${one.label} ${hours(one.starts_at, one.ends_at)}`,
  });
  return (
    <FormModal<NewStationWalkIn, StationWalkIn>
      open
      title="登记未预约的"
      okText="登记"
      close={close}
      initial={{ desk_id: desks[0]?.id ?? "" }}
      submit={(typed, sending) => post<StationWalkIn>(path, typed, sending)}
      done={(written) => {
        message.success(`已登记：${called(written)}`);
        done();
      }}
    >
      <p className="quiet">
        占用现在的空闲时段，登记后即算咨询一次。填到站码或手机号码前请告诉职工：会保存这次咨询的时间和咨询记录，记录只有他和咨询人员能看；不愿意的都不填，按不记名登记。没有同意心理咨询告知书的人来心理咨询，也不记名。
      </p>
      <Form.Item label="窗口" name="desk_id">
        <Select options={desks.map(option)} />
      </Form.Item>
      <Form.Item label="到站码" name="code" extra="职工在手机“我的娘家”里出示，可以用扫码枪扫入。">
        <Input autoComplete="off" maxLength={400} />
      </Form.Item>
      <Form.Item label="手机号码" name="phone" extra="没有出示到站码的填；查不到这个号码的职工，按不记名登记。">
        <Input autoComplete="off" inputMode="numeric" maxLength={20} />
      </Form.Item>
      <Form.Item label="职工群体" name="group" extra="不记名的才填，也可以不填；留名的按他档案里的群体统计。">
        <Select allowClear options={groups} placeholder="不分群体" />
      </Form.Item>
    </FormModal>
  );
}
