import { Form, Input } from "antd";
import { del, put } from "../../client/http";
import type { AccountView } from "../../client/types";
import { ConfirmButton } from "../parts/acts";
import { FormModal } from "../parts/form-modal";

interface Expecting {
  /** What the unit's own sign-in is called. */
  label: string;
  of?: AccountView;
  close: () => void;
  done: () => void;
}

/** Writes down whom the unit's own sign-in must name for an account, or that it opens the account no more. */
export function ExpectWindow({ label, of, close, done }: Expecting) {
  const ended = () => {
    close();
    done();
  };
  return (
    <FormModal<{ email: string }, unknown>
      title={`${label}：${of?.username ?? ""}`}
      open={of !== undefined}
      close={close}
      okText="登记"
      submit={(form, sending) => put(`/accounts/${of?.id}/provider`, form, sending)}
      done={ended}
    >
      <p>请先核实本人的邮箱。他首次用{label}登录时，凭这个邮箱绑定账号，以后不必再填密码。</p>
      {of?.single_sign_on && (
        <p>
          这个账号已登记或绑定{label}，重新登记即换成新邮箱。{" "}
          <ConfirmButton
            size="small"
            question={{
              title: `解除“${of.name}”与${label}的绑定？`,
              text: "解除后他只能用密码登录。",
              okText: "解除",
              danger: true,
            }}
            run={(sending) => del(`/accounts/${of.id}/provider`, undefined, sending)}
            done={ended}
          >
            解除绑定
          </ConfirmButton>
        </p>
      )}
      <Form.Item
        label={`${label}里的电子邮箱`}
        name="email"
        rules={[
          { required: true, message: "请填写邮箱" },
          { type: "email", message: "请填写完整的邮箱地址" },
        ]}
      >
        <Input maxLength={200} autoComplete="off" inputMode="email" />
      </Form.Item>
    </FormModal>
  );
}
