import { useState } from "react";
import { useAction } from "../client/action";
import { tell } from "./ask";
import { phoneOf } from "./phone";
import { PhoneAndCode } from "./phone-and-code";
import { useCode } from "./use-code";

/** Phone and code of a member; `done` is part of it: what fails there is told below the form, and done again by pressing again. */
export function LogInForm({ done }: { done: () => void | Promise<void> }) {
  const [phone, setPhone] = useState("");
  const [typed, setTyped] = useState("");
  const code = useCode("/worker/code");
  const action = useAction(async (input: { phone: string; code: string }, sending) => {
    await tell<void>("/worker/session", input, sending);
    await done();
  });
  return (
    <>
      <p className="quiet">用入会时登记的手机号登录。</p>
      <PhoneAndCode
        code={code}
        phone={phone}
        onPhone={setPhone}
        typed={typed}
        onTyped={setTyped}
        next="登录"
        action={action}
        onNext={() => action.run({ phone: phoneOf(phone), code: typed })}
      />
    </>
  );
}
