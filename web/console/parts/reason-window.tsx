import { Form, Input } from "antd";
import { post } from "../../client/http";
import { FormModal } from "./form-modal";

interface ReasonProps<O> {
  title: string;
  /** On the button; the title unless told. */
  okText?: string;
  /** What will happen. */
  text?: string;
  /** Where it is sent. */
  path: string;
  /** What is sent beside the reason. */
  beside?: object;
  open: boolean;
  required?: boolean;
  danger?: boolean;
  close: () => void;
  done: (answer: O) => void;
}

/** Something that is done with a reason. */
export function ReasonWindow<O = unknown>({
  title,
  okText = title,
  text,
  path,
  beside,
  open,
  required = true,
  danger,
  close,
  done,
}: ReasonProps<O>) {
  return (
    <FormModal<{ reason?: string }, O>
      title={title}
      open={open}
      close={close}
      okText={okText}
      danger={danger}
      submit={(form, sending) => post<O>(path, { ...beside, reason: form.reason ?? null }, sending)}
      done={(answer) => {
        close();
        done(answer);
      }}
    >
      {text && <p>{text}</p>}
      <Form.Item label="原因" name="reason" rules={[{ required, message: "请填写原因" }]}>
        <Input.TextArea rows={3} maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}
