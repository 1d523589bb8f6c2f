import { Alert, Button } from "antd";
import { useState } from "react";
import { useAction } from "../../client/action";
import { post, type Sending } from "../../client/http";
import type { Enrolment, RecoveryCodes } from "../../client/types";
import { Authenticator } from "./authenticator";
import { CodesOnce } from "./codes-once";

interface Step {
  ticket: string;
  enter: () => Promise<void>;
  /** Back to the password. */
  again: () => void;
}

/** Who must log in with a code and has no authenticator yet sets one up here. */
export function EnrolStep({ ticket, enter, again }: Step) {
  const [codes, setCodes] = useState<RecoveryCodes>();
  const begin = useAction((_: null, sending: Sending) => post<Enrolment>("/session/enrolment", { ticket }, sending));
  const [shown, show] = useState<Enrolment>();
  if (codes) return <CodesOnce codes={codes.recovery_codes} done={enter} okText="我已记下，进入系统" />;
  if (shown) {
    return (
      <Authenticator
        enrolment={shown}
        confirm={(code, sending) => post<RecoveryCodes>("/session/enrolment/code", { ticket, code }, sending)}
        done={setCodes}
      />
    );
  }
  return (
    <>
      {begin.problem && <Alert type="error" title={begin.problem.message} role="alert" showIcon />}
      <Alert
        type="info"
        title="您的账号须用动态口令登录"
        description="请准备一部手机，并装好任意一款验证器（支持标准动态口令的应用或小程序均可）。"
      />
      <div className="log-in-else">
        <Button
          type="primary"
          size="large"
          block
          loading={begin.busy}
          onClick={async () => show(await begin.run(null))}
        >
          开始设置
        </Button>
        <Button type="link" onClick={again}>
          重新登录
        </Button>
      </div>
    </>
  );
}
