import { useQueryClient } from "@tanstack/react-query";
import { useAction } from "../../client/action";
import type { OwnLogIn } from "../../client/types";
import { minute } from "../../shared/words";
import { tell } from "../ask";
import { Answered, useMine } from "../use-mine";

const PATH = "/session/log-ins";

/** On which phones I am logged in, and ending what I left open: a phone that was lost or given away. */
export function LogIns() {
  const client = useQueryClient();
  const asked = useMine<OwnLogIn[]>(PATH);
  const action = useAction((input: { id?: string }, sending) => tell<OwnLogIn[]>(`${PATH}/end`, input, sending));
  const end = async (id?: string) => {
    const left = await action.run({ id });
    if (left) client.setQueryData(["mine", PATH], left);
  };
  return (
    <>
      <h2>登录的设备</h2>
      <Answered asked={asked}>
        {(all) => (
          <>
            {all.map((one) => (
              <div className="box" key={one.id}>
                <p>
                  <b>{one.device}</b>
                  {one.current && "（本机）"}
                </p>
                <p className="quiet small">
                  {minute(one.begun_at)} 登录，{minute(one.used_at)} 用过
                </p>
                {!one.current && (
                  <button type="button" className="plain wide" disabled={action.busy} onClick={() => end(one.id)}>
                    退出这台设备
                  </button>
                )}
              </div>
            ))}
            {all.length > 2 && (
              <button type="button" className="plain wide" disabled={action.busy} onClick={() => end()}>
                退出其他所有设备
              </button>
            )}
            {action.problem && (
              <p className="note bad" role="alert">
                {action.problem.message}
              </p>
            )}
          </>
        )}
      </Answered>
    </>
  );
}
