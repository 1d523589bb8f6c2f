import { Alert, App, Button, Form, Input, Radio, Space } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { LapseStanding } from "../../client/types";
import { day } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { useMay, useToday } from "../session";

interface Props {
  member: { id: string; name: string };
  lapse: LapseStanding;
  done: () => void;
}

/** What an officer can do about a member who neither pays nor takes part. */
export function LapseActs({ member, lapse, done }: Props) {
  const may = useMay();
  const today = useToday();
  const { message } = App.useApp();
  const [talking, talk] = useState(false);
  if (!may("membership.keep")) return null;
  return (
    <>
      <Space wrap>
        <Button size="small" onClick={() => talk(true)}>
          {lapse.talked_on ? "再次谈话" : "登记谈话"}
        </Button>
        {lapse.may_end && (
          <ConfirmButton
            size="small"
            question={{
              title: `${member.name}按自动退会办结？`,
              text: "会籍终止，历史保留；以后可以重新申请入会。",
              okText: "办结",
              danger: true,
            }}
            run={(sending) => post(`/members/${member.id}/leave-lapsed`, undefined, sending)}
            done={() => {
              message.success("已办结");
              done();
            }}
          >
            按自动退会办结
          </ConfirmButton>
        )}
      </Space>
      <FormModal<{ day: string; words: string; good_reason: boolean }, LapseStanding>
        title={`登记谈话：${member.name}`}
        open={talking}
        close={() => talk(false)}
        okText="登记"
        initial={{ day: today, good_reason: false }}
        submit={(form, sending) => post(`/members/${member.id}/talk`, form, sending)}
        done={() => {
          talk(false);
          message.success("已登记");
          done();
        }}
      >
        <DayField label="谈话日期" name="day" required min={lapse.noticed_on} max={today} />
        <Form.Item label="谈话情况" name="words" rules={[{ required: true, message: "请写明谈话情况" }]}>
          <Input.TextArea rows={3} maxLength={300} />
        </Form.Item>
        <Form.Item label="有没有正当理由" name="good_reason">
          <Radio.Group
            options={[
              { value: false, label: "没有，给他时间改变" },
              { value: true, label: "有正当理由，不再跟进" },
            ]}
          />
        </Form.Item>
      </FormModal>
    </>
  );
}

/** Since when nothing was seen of a member, and what came of it. */
export function LapseNotice({ member, lapse, done }: Props) {
  const talked = lapse.talked_on
    ? `${day(lapse.talked_on)}已谈话：${lapse.talk ?? ""}。${day(lapse.may_end_on)}起仍无改变的，可按自动退会办结。`
    : "请先谈话了解原因。";
  return (
    <Alert
      type="warning"
      showIcon
      className="notice"
      title={`自${day(lapse.last_on)}起没有缴会费，也没有参加活动。${talked}`}
      action={<LapseActs member={member} lapse={lapse} done={done} />}
    />
  );
}
