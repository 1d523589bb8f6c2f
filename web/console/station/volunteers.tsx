import { useQuery } from "@tanstack/react-query";
import { Button, Form, Modal } from "antd";
import { useState } from "react";
import { get, post } from "../../client/http";
import type { StationShift, StationVolunteer } from "../../client/types";
import { day } from "../../shared/words";
import { useFocusBack } from "../parts/focus-back";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { useMay } from "../session";

interface ListProps {
  of: StationShift;
  close: () => void;
  done: () => void;
}

/** Who stands on a shift; hours are confirmed, and taken back with a reason. */
export function Volunteers({ of, close, done }: ListProps) {
  useFocusBack();
  const path = `/station-shifts/${of.id}/volunteers`;
  const asked = useQuery({ queryKey: [path], queryFn: () => get<StationVolunteer[]>(path) });
  const [confirming, confirm] = useState<StationVolunteer>();
  const [undoing, undo] = useState<StationVolunteer>();
  const may = useMay();
  const again = () => {
    asked.refetch();
    done();
  };
  return (
    <Modal open title={`${day(of.day)} ${of.hours_text} ${of.task}`} width={720} footer={null} onCancel={close}>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      <PlainTable<StationVolunteer>
        loading={asked.isPending}
        dataSource={asked.data}
        locale={{ emptyText: "还没有人报名。职工登录手机页，在“驿站志愿服务”里报名。" }}
        columns={[
          { title: "姓名", dataIndex: "name" },
          { title: "手机", dataIndex: "phone" },
          { title: "情况", dataIndex: "standing" },
          {
            title: "办理",
            render: (_, row) => (
              <>
                {row.most != null && may("station.keep") && (
                  <Button type="link" onClick={() => confirm(row)}>
                    确认时长
                  </Button>
                )}
                {row.hours != null && may("station.correct") && (
                  <Button type="link" danger onClick={() => undo(row)}>
                    撤回
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {confirming && (
        <FormModal<{ hours: number }, StationVolunteer>
          open
          title={`确认时长：${confirming.name}`}
          okText="确认"
          close={() => confirm(undefined)}
          initial={{ hours: confirming.most ?? 0 }}
          submit={(typed, sending) => post(`/station-volunteers/${confirming.id}/confirm`, typed, sending)}
          done={() => {
            confirm(undefined);
            again();
          }}
        >
          <Form.Item
            label="时长（小时）"
            name="hours"
            rules={[{ required: true, message: "请填写时长" }]}
            extra={`最多 ${confirming.most} 小时；没有来填 0。`}
          >
            <NumberField min={0} max={confirming.most ?? 0} precision={0} />
          </Form.Item>
        </FormModal>
      )}
      {undoing && (
        <ReasonWindow
          open
          danger
          title="撤回时长"
          text={`${undoing.name} 的时长不再计入统计，可以重新确认。`}
          path={`/station-volunteers/${undoing.id}/take-back`}
          close={() => undo(undefined)}
          done={again}
        />
      )}
    </Modal>
  );
}
