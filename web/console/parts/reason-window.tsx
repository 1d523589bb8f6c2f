import { Form, Input } from "antd";
import { post } from "../../client/http";
import { useToday } from "../session";
import { DayField } from "./day-field";
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
  /** What the day is called that is asked for beside the reason: today unless told, never later. */
  dayLabel?: string;
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
  dayLabel,
  open,
  required = true,
  danger,
  close,
  done,
}: ReasonProps<O>) {
  const today = useToday();
  return (
    <FormModal<{ reason?: string; day?: string }, O>
      title={title}
      open={open}
      close={close}
      okText={okText}
      danger={danger}
      initial={dayLabel ? { day: today } : undefined}
      submit={({ reason, day }, sending) =>
        post<O>(path, { ...beside, reason: reason ?? null, ...(dayLabel && { day }) }, sending)
      }
      done={(answer) => {
        close();
        done(answer);
      }}
    >
      {text && <p>{text}</p>}
      {dayLabel && <DayField label={dayLabel} name="day" max={today} required />}
      <Form.Item label="原因" name="reason" rules={[{ required, message: "请填写原因" }]}>
        <Input.TextArea rows={3} maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}
