import { Form, Radio } from "antd";
import { post } from "../../client/http";
import type { StationView } from "../../client/types";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { options } from "../parts/options";
import { useToday } from "../session";
import { PersonPicker } from "./person-picker";
import { leaving } from "./posts";
import { POSTS } from "./words";

interface Typed {
  person_id: string;
  role: "master" | "deputy";
  from_day: string;
}

/** Appoints a master or a deputy. */
export function PostWindow({ of, close, done }: { of: StationView; close: () => void; done: () => void }) {
  const today = useToday();
  const hasMaster = of.posts.some((one) => one.holds && one.role === "master");
  // Whoever takes over does so from the last master, who may not have begun yet.
  const leaves = of.posts.find((one) => !one.until_day && one.role === "master");
  return (
    <FormModal<Typed, StationView>
      title="任命站长、副站长"
      open
      close={close}
      okText="任命"
      initial={{ role: hasMaster ? "deputy" : "master", from_day: today }}
      submit={(typed, sending) => post<StationView>(`/stations/${of.id}/posts`, typed, sending)}
      done={() => {
        close();
        done();
      }}
    >
      <p className="quiet">
        任何一天都由一名站长负责；任命新站长，原站长同日离任；副站长升任的，不再兼任副站长。任命后，本人用手机号登录即可值守。
      </p>
      <Form.Item label="职务" name="role">
        <Radio.Group options={options(POSTS)} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before, after) => before.role !== after.role}>
        {(form) => form.getFieldValue("role") === "master" && leaving(leaves) && <p>{leaving(leaves)}</p>}
      </Form.Item>
      <Form.Item label="人员" name="person_id" rules={[{ required: true, message: "请选择人员" }]}>
        <PersonPicker />
      </Form.Item>
      <DayField label="起任日期" name="from_day" required />
    </FormModal>
  );
}
