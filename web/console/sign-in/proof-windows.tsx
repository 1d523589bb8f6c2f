import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Modal } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { Departure, Enrolment, RecoveryCodes } from "../../client/types";
import { BeginHere } from "../parts/begin-here";
import { FormModal } from "../parts/form-modal";
import { Authenticator } from "./authenticator";
import { CodesOnce } from "./codes-once";

interface Proof {
  password: string;
  code?: string;
}

interface Window {
  open: boolean;
  close: () => void;
}

/** What shows that it is still the officer who sits there. */
function ProofFields({ code }: { code: boolean }) {
  return (
    <>
      <Form.Item label="您的密码" name="password" rules={[{ required: true, message: "请填写密码" }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {code && (
        <Form.Item label="现在的动态口令或恢复码" name="code" extra="没有设置动态口令的，不必填写。">
          <Input autoComplete="one-time-code" maxLength={12} />
        </Form.Item>
      )}
    </>
  );
}

/** Setting an authenticator up, or another instead. */
export function SetUpWindow({ open, close, replaces }: Window & { replaces: boolean }) {
  const client = useQueryClient();
  const [shown, show] = useState<Enrolment>();
  const [codes, setCodes] = useState<RecoveryCodes>();
  const end = () => {
    show(undefined);
    setCodes(undefined);
    close();
    client.invalidateQueries({ queryKey: ["session", "second-factor"] });
  };
  return (
    <>
      <FormModal<Proof, Enrolment>
        title={replaces ? "更换动态口令" : "设置动态口令"}
        open={open && !shown}
        close={close}
        width={420}
        okText="下一步"
        submit={(proof, sending) => post<Enrolment>("/session/second-factor", proof, sending)}
        done={show}
      >
        <ProofFields code={replaces} />
      </FormModal>
      <Modal
        open={open && shown !== undefined}
        title={codes ? "恢复码" : "扫描二维码"}
        onCancel={end}
        footer={null}
        width={420}
        mask={{ closable: false }}
        destroyOnHidden
      >
        <BeginHere />
        {codes && <CodesOnce codes={codes.recovery_codes} done={end} okText="我已记下" />}
        {shown && !codes && (
          <Authenticator
            enrolment={shown}
            confirm={(code, sending) => post<RecoveryCodes>("/session/second-factor/code", { code }, sending)}
            done={setCodes}
          />
        )}
      </Modal>
    </>
  );
}

/** Taking one's authenticator away. */
export function RemoveWindow({ open, close }: Window) {
  const { message } = App.useApp();
  const client = useQueryClient();
  return (
    <FormModal<Proof, void>
      title="移除动态口令"
      open={open}
      close={close}
      width={420}
      danger
      okText="移除"
      submit={(proof, sending) => post<void>("/session/second-factor/removal", proof, sending)}
      done={() => {
        message.success("已移除动态口令");
        client.invalidateQueries({ queryKey: ["session", "second-factor"] });
        close();
      }}
    >
      <ProofFields code />
    </FormModal>
  );
}

/** Binding the unit's own sign-in; the browser goes there and comes back. */
export function BindWindow({ open, close }: Window) {
  return (
    <FormModal<Proof, Departure>
      title="绑定统一登录"
      open={open}
      close={close}
      width={420}
      okText="去登录并绑定"
      submit={(proof, sending) => post<Departure>("/session/provider/binding", proof, sending)}
      done={({ url }) => window.location.assign(url)}
    >
      <ProofFields code />
    </FormModal>
  );
}
