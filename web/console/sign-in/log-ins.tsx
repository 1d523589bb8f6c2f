import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Card, Skeleton } from "antd";
import { get, post, type Sending } from "../../client/http";
import type { OwnLogIn } from "../../client/types";
import { minute } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";

const KEY = ["session", "log-ins"];

/** Where one is logged in, and ending what was left open elsewhere. */
export function LogIns() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const asked = useQuery({ queryKey: KEY, queryFn: () => get<OwnLogIn[]>("/session/log-ins") });
  if (asked.isError) return <ProblemNotice problem={asked.error} again={asked.refetch} />;
  if (!asked.data) return <Skeleton active />;
  const end = (id?: string) => (sending: Sending) => post<OwnLogIn[]>("/session/log-ins/end", { id }, sending);
  const done = (left: OwnLogIn[]) => {
    client.setQueryData(KEY, left);
    message.success("已退出");
  };
  return (
    <Card
      title="登录的设备"
      actions={
        asked.data.length > 1
          ? [
              <ConfirmButton
                key="all"
                type="link"
                danger
                question={{ title: "退出其他所有设备？", text: "本机的登录不受影响。", danger: true }}
                run={end()}
                done={done}
              >
                退出其他所有设备
              </ConfirmButton>,
            ]
          : []
      }
    >
      <ul className="log-ins">
        {asked.data.map((one) => (
          <li key={one.id}>
            <span>
              {one.device} {one.current && <Word tone="good">本机</Word>}
              <br />
              <span className="quiet">
                {minute(one.begun_at)} 登录，{minute(one.used_at)} 用过
              </span>
            </span>
            {!one.current && (
              <ConfirmButton
                type="link"
                aria-label={`退出${one.device}，${minute(one.begun_at)} 登录的`}
                question={{ title: `退出${one.device}上的登录？`, danger: true }}
                run={end(one.id)}
                done={done}
              >
                退出
              </ConfirmButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
