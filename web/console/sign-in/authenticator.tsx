import { Button, Form, Input, Typography } from "antd";
import { useAction } from "../../client/action";
import type { Sending } from "../../client/http";
import type { Enrolment } from "../../client/types";
import { ProblemNotice } from "../parts/problem-notice";

interface Setting<O> {
  enrolment: Enrolment;
  confirm: (code: string, sending: Sending) => Promise<O>;
  done: (answer: O) => void;
}

/** The QR code for the phone, and the first code back from it. */
export function Authenticator<O>({ enrolment, confirm, done }: Setting<O>) {
  const tell = useAction(async (code: string, sending: Sending) => ({ answer: await confirm(code, sending) }));
  const submit = async ({ code }: { code: string }) => {
    const told = await tell.run(code);
    if (told) done(told.answer);
  };
  return (
    <div className="authenticator">
      <p>用手机上的验证器扫描二维码：</p>
      <img
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(enrolment.qr)}`}
        alt="动态口令二维码"
        width={200}
        height={200}
      />
      <p>
        不能扫描的，在验证器里选“手工输入”，填写密钥：
        <Typography.Text code copyable={{ text: enrolment.secret.replaceAll(" ", ""), tooltips: ["复制", "已复制"] }}>
          {enrolment.secret}
        </Typography.Text>
      </p>
      <ProblemNotice problem={tell.problem} />
      <Form<{ code: string }> layout="vertical" onFinish={submit} requiredMark={false}>
        <Form.Item
          label="验证器现在显示的 6 位数字"
          name="code"
          rules={[{ required: true, message: "请填写验证器上的数字" }]}
        >
          <Input autoFocus autoComplete="one-time-code" inputMode="numeric" maxLength={8} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={tell.busy}>
          确认
        </Button>
      </Form>
    </div>
  );
}
