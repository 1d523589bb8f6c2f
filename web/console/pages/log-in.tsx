import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { NextStep } from "../../client/types";
import { CodeStep } from "../sign-in/code-step";
import { EnrolStep } from "../sign-in/enrol-step";
import { PasswordStep } from "../sign-in/password-step";
import { arrived } from "../sign-in/returned";

/** The unit's own sign-in sends nobody back to pages that stand. */
const NOTHING: ReturnType<typeof arrived> = {};

/**
 * The officers' log-in: a password or the unit's own sign-in, and then what is asked for besides. `over`: it lies over the pages of
 * one who was logged in, which stay.
 */
export default function LogIn({ over = false }: { over?: boolean }) {
  const client = useQueryClient();
  const [back] = useState(over ? NOTHING : arrived);
  const [next, proceed] = useState<NextStep | undefined>(back.next);
  // While the password is typed, what comes behind it is fetched.
  useEffect(() => {
    if (over) return;
    document.title = "登录 · 娘家";
    const timer = setTimeout(() => void import("../frame").catch(() => undefined), 1500);
    return () => clearTimeout(timer);
  }, [over]);
  const enter = async () => {
    // Whether it is the same officer who comes back is seen by that first: nothing else may be asked for another.
    if (over) return client.invalidateQueries({ queryKey: ["session"], exact: true });
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    await client.invalidateQueries();
  };
  const again = () => proceed(undefined);
  const steps = (
    <>
      {next === undefined && <PasswordStep refused={back.refused} proceed={proceed} enter={enter} over={over} />}
      {next?.step === "code" && <CodeStep ticket={next.ticket} enter={enter} again={again} />}
      {next?.step === "enrol" && <EnrolStep ticket={next.ticket} enter={enter} again={again} />}
    </>
  );
  if (over) return steps;
  return (
    <main className="log-in">
      <section>
        <h1>娘家</h1>
        <p>一本台账，件件服务当场记，个个数字查得到。</p>
        {steps}
      </section>
    </main>
  );
}
