import { useQuery } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";
import { get } from "../../client/http";
import type { StationActivity, StationSignup } from "../../client/types";
import { minute } from "../../shared/words";
import { useFocusBack } from "../parts/focus-back";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { Word } from "../parts/word";
import { useMay } from "../session";

interface SignupsProps {
  of: StationActivity;
  close: () => void;
  /** Asks anew for the activities: one who came did not. */
  again: () => void;
}

/** Who signed up for an activity or came to it; who was scanned by mistake did not. */
export function Signups({ of, close, again }: SignupsProps) {
  useFocusBack();
  const may = useMay()("station.correct");
  const [taking, take] = useState<StationSignup>();
  const path = `/station-activities/${of.id}/signups`;
  const asked = useQuery({ queryKey: [path], queryFn: () => get<StationSignup[]>(path) });
  return (
    <Modal open title={`${of.title}：报名名单`} width={720} footer={null} onCancel={close}>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      <PlainTable<StationSignup>
        loading={asked.isPending}
        dataSource={asked.data}
        locale={{ emptyText: "还没有人报名。职工登录手机页，在“驿站活动”里报名。" }}
        columns={[
          { title: "姓名", dataIndex: "name" },
          { title: "手机", dataIndex: "phone" },
          { title: "报名", dataIndex: "standing" },
          { title: "时间", render: (_, row) => minute(row.signed_at) },
          {
            title: "签到",
            render: (_, row) => row.attended_at && <Word tone="good">{minute(row.attended_at)}</Word>,
          },
          {
            title: "更正",
            hidden: !may,
            render: (_, row) =>
              row.attended_at && (
                <Button type="link" onClick={() => take(row)}>
                  撤回签到
                </Button>
              ),
          },
        ]}
      />
      {taking && (
        <ReasonWindow
          open
          danger
          title={`撤回${taking.name}的签到`}
          okText="撤回"
          text="台账同时冲销，参加人次随之减少；报名保留。"
          path={`/station-activities/${of.id}/attendance-take-back`}
          beside={{ signup_id: taking.id }}
          close={() => take(undefined)}
          done={() => {
            asked.refetch();
            again();
          }}
        />
      )}
    </Modal>
  );
}
