import { type FormEvent, useState } from "react";
import type { Action } from "../client/action";
import { Field } from "./field";
import { codeOf, phoneOf, wrongCode, wrongPhone } from "./phone";
import type { Code } from "./use-code";

interface Given {
  code: Code;
  phone: string;
  onPhone: (phone: string) => void;
  typed: string;
  onTyped: (code: string) => void;
  /** What the button says. */
  next: string;
  /** What is done with them; what was refused is forgotten once something else is typed. */
  action: Pick<Action<never, unknown>, "busy" | "problem" | "clear">;
  onNext: () => void;
}

/** Proves a phone number: number, "send", code. */
export function PhoneAndCode({ code, phone, onPhone, typed, onTyped, next, action, onNext }: Given) {
  const refused = action.problem;
  const [wrong, setWrong] = useState<{ phone?: string; code?: string }>({});
  const wait = code.waitFor(phoneOf(phone));
  // Whoever looked for the code in another program may find the page opened anew: the same text is good still.
  const [sent, setSent] = useState(wait > 0);
  const send = async () => {
    const bad = wrongPhone(phone);
    setWrong({ phone: bad });
    if (!bad) setSent(await code.send(phoneOf(phone)));
  };
  const go = (event: FormEvent) => {
    event.preventDefault();
    const bad = { phone: wrongPhone(phone), code: wrongCode(typed) };
    setWrong(bad);
    if (!bad.phone && !bad.code) onNext();
  };
  const other = [code.problem, refused].find((one) => one && !one.of("phone") && !one.of("code"));
  return (
    <form onSubmit={go} noValidate>
      <Field
        label="手机号码"
        type="tel"
        inputMode="tel"
        autoComplete="tel-national"
        maxLength={20}
        value={phone}
        onChange={(text) => {
          onPhone(text);
          action.clear();
          setWrong({});
          setSent(false);
          code.clear();
        }}
        wrong={wrong.phone ?? code.problem?.of("phone") ?? refused?.of("phone")}
      />
      <Field
        label="验证码"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        value={typed}
        onChange={(text) => {
          onTyped(codeOf(text).slice(0, 6));
          action.clear();
          setWrong({});
        }}
        wrong={wrong.code ?? refused?.of("code")}
        hint={sent ? "短信已发出，5 分钟内有效。" : undefined}
        beside={
          <button type="button" className="plain" onClick={send} disabled={code.busy || wait > 0}>
            {code.busy ? "正在发送…" : wait > 0 ? `${wait} 秒后重发` : "获取验证码"}
          </button>
        }
      />
      {other && (
        <p className="note bad" role="alert">
          {other.message}
        </p>
      )}
      <button type="submit" className="main" disabled={action.busy}>
        {action.busy ? "请稍候…" : next}
      </button>
    </form>
  );
}
