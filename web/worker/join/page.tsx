import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Navigate, useNavigate, useParams, useSearchParams } from "react-router";
import { useAction } from "../../client/action";
import type { JoinAnswer, Me, PublicEvent } from "../../client/types";
import { ask, tell } from "../ask";
import { Failed, Frame, Loading } from "../frame";
import { PhoneAndCode } from "../phone-and-code";
import { forgetDuty } from "../station/remembered";
import { useCode } from "../use-code";
import { useMine } from "../use-mine";
import { joinOf, useDraft } from "./draft";
import { JoinForm } from "./form";
import { Intro } from "./intro";
import { Welcome } from "./welcome";

/** Joining at an event: what it is, the phone, who I am, welcome. One thing a screen; the phone's own "back" works. */
export function JoinPage() {
  const { code = "" } = useParams();
  const asked = useQuery({
    queryKey: ["event", code],
    queryFn: ({ signal }) => ask<PublicEvent>(`/public/events/${encodeURIComponent(code)}`, {}, signal),
    refetchOnWindowFocus: false,
  });
  const me = useMine<Me>("/me");
  if (asked.data) return <Steps code={code} event={asked.data} me={me.data} />;
  return (
    <Frame title="扫码入会" home={false}>
      {asked.isError ? <Failed error={asked.error} again={() => asked.refetch()} /> : <Loading />}
    </Frame>
  );
}

function Steps({ code, event, me }: { code: string; event: PublicEvent; me?: Me }) {
  const path = `/public/events/${encodeURIComponent(code)}`;
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { draft, change, forget } = useDraft(code);
  const sms = useCode(`${path}/code`);
  const [answer, setAnswer] = useState<JoinAnswer>();
  const join = useAction((input: ReturnType<typeof joinOf>, sending) =>
    tell<JoinAnswer>(`${path}/join`, input, sending),
  );
  const submit = async () => {
    const input = joinOf(draft, event);
    const done = await join.run(input);
    if (!done) return;
    forget();
    // Whoever joined is logged in now, also on the phone of another.
    client.removeQueries({ queryKey: ["mine"] });
    forgetDuty();
    setAnswer(done);
    navigate("?step=done", { replace: true });
  };
  // A wrong code shows only now, as the server checks it together with the rest: back to where it is typed.
  const wrongCode = join.problem?.of("code");
  useEffect(() => {
    if (wrongCode) navigate("?step=phone", { replace: true });
  }, [wrongCode, navigate]);
  if (answer) return <Welcome answer={answer} />;
  const step = search.get("step");
  // The welcome was seen already; who opens it anew is in.
  if (step === "done") return <Navigate to="/" replace />;
  if (step === "who" && draft.code !== "") {
    return (
      <Frame title="填写入会信息" home={false}>
        <Progress at={2} />
        <JoinForm event={event} draft={draft} change={change} busy={join.busy} problem={join.problem} submit={submit} />
      </Frame>
    );
  }
  if (step && event.open) {
    return (
      <Frame title="验证手机号" home={false}>
        <Progress at={1} />
        <PhoneAndCode
          code={sms}
          phone={draft.phone}
          onPhone={(phone) => change({ phone })}
          typed={draft.code}
          onTyped={(typed) => change({ code: typed })}
          next="下一步"
          action={join}
          onNext={() => {
            join.clear();
            navigate("?step=who");
          }}
        />
      </Frame>
    );
  }
  return (
    <Frame title={event.title} home={false}>
      <Intro event={event} me={me} start={() => navigate("?step=phone")} />
    </Frame>
  );
}

function Progress({ at }: { at: number }) {
  return (
    <p className="quiet">
      第 <b>{at}</b> 步，共 2 步
    </p>
  );
}
