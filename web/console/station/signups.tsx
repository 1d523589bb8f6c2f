import { useQuery } from "@tanstack/react-query";
import { Modal } from "antd";
import { get } from "../../client/http";
import type { StationActivity, StationSignup } from "../../client/types";
import { minute } from "../../shared/words";
import { useFocusBack } from "../parts/focus-back";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";

/** Who signed up for an activity or came to it. */
export function Signups({ of, close }: { of: StationActivity; close: () => void }) {
  useFocusBack();
  const path = `/station-activities/${of.id}/signups`;
  const asked = useQuery({ queryKey: [path], queryFn: () => get<StationSignup[]>(path) });
  return (
    <Modal open title={`${of.title}：报名名单`} width={720} footer={null} onCancel={close}>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      <PlainTable<StationSignup>
        loading={asked.isPending}
        dataSource={asked.data ?? []}
        locale={{ emptyText: "还没有人报名。职工登录手机页，在“驿站活动”里报名。" }}
        columns={[
          { title: "姓名", dataIndex: "name" },
          { title: "手机", dataIndex: "phone" },
          { title: "报名", dataIndex: "standing" },
          { title: "时间", render: (_, row) => minute(row.signed_at) },
          {
            title: "签到",
            render: (_, row) => (row.attended_at ? <Word tone="good">{minute(row.attended_at)}</Word> : ""),
          },
        ]}
      />
    </Modal>
  );
}
