import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useAction } from "../../client/action";
import { post, type Sending } from "../../client/http";

interface Step {
  ticket: string;
  enter: () => Promise<void>;
  /** Back to the password. */
  again: () => void;
}

/** The code from the phone, or a recovery code. */
export function CodeStep({ ticket, enter, again }: Step) {
  const [recovery, setRecovery] = useState(false);
  const tell = useAction(async ({ code }: { code: string }, sending: Sending) => {
    await post("/session/code", { ticket, code }, sending);
    return true;
  });
  const submit = async (typed: { code: string }) => {
    if (await tell.run(typed)) await enter();
  };
  const label = recovery ? "恢复码" : "动态口令";
  return (
    <>
      {tell.problem && <Alert type="error" title={tell.problem.message} role="alert" showIcon />}
      <Form<{ code: string }> layout="vertical" onFinish={submit} requiredMark={false} size="large">
        <Form.Item
          label={label}
          name="code"
          extra={
            recovery ? "设置时记下的 10 位恢复码，每个只能用一次。" : "打开手机上的验证器，填写现在显示的 6 位数字。"
          }
          rules={[{ required: true, message: `请填写${label}` }]}
        >
          <Input
            key={label}
            autoFocus
            autoComplete="one-time-code"
            inputMode={recovery ? "text" : "numeric"}
            maxLength={12}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={tell.busy}>
          登录
        </Button>
      </Form>
      <div className="log-in-else">
        <Button type="link" onClick={() => setRecovery(!recovery)}>
          {recovery ? "用动态口令" : "手机不在身边，用恢复码"}
        </Button>
        <Button type="link" onClick={again}>
          重新登录
        </Button>
      </div>
    </>
  );
}
