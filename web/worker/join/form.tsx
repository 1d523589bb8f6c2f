import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import type { Problem } from "../../client/http";
import type { PublicEvent } from "../../client/types";
import { Choice, Field, Said, Taps } from "../field";
import { Document } from "./document";
import { type Draft, missing } from "./draft";
import { type Question, question } from "./unions";

interface Given {
  event: PublicEvent;
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  busy: boolean;
  problem?: Problem;
  submit: () => void;
}

/** Fields that stand on this page; what is wrong with others is told at its end. */
const HERE = ["name", "document_number", "group"] as const;

/** Goes on at the first field that is marked as wrong. */
function toWrong(form: HTMLFormElement | null) {
  form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] input')?.focus();
}

/** Who I am, what I do, and that I agree. */
export function JoinForm({ event, draft, change, busy, problem, submit }: Given) {
  const [tried, setTried] = useState(false);
  const wrong = tried ? missing(draft, event) : {};
  const form = useRef<HTMLFormElement>(null);
  const { pathname } = useLocation();
  // What the server refuses may stand far above the button.
  useEffect(() => {
    if (problem) toWrong(form.current);
  }, [problem]);
  const go = (submitted: FormEvent) => {
    submitted.preventDefault();
    setTried(true);
    if (Object.keys(missing(draft, event)).length === 0) return submit();
    // After the next drawing the first wrong field is marked; there the person goes on.
    setTimeout(() => toWrong(form.current));
  };
  const said = (field: (typeof HERE)[number]) => wrong[field] ?? problem?.of(field);
  const unclear = problem?.code === "union_unclear" ? problem : undefined;
  const { districts, unions, found } = asked(event, draft, unclear);
  const elsewhere = problem && !(unclear && unions.length > 0) && !HERE.some((field) => problem.of(field));
  return (
    <form ref={form} onSubmit={go} noValidate>
      <Field
        label="姓名"
        autoComplete="name"
        maxLength={60}
        value={draft.name}
        onChange={(text) => change({ name: text })}
        wrong={said("name")}
        hint="与身份证一致"
      />
      <Document draft={draft} change={change} wrong={said("document_number") ?? problem?.of("document_kind")} />
      <Taps
        label="您的工种"
        value={draft.group}
        onChange={(group) => change({ group })}
        choices={event.groups}
        wrong={said("group")}
      />
      <Choice
        label="所属平台（可不选）"
        value={draft.platform_id}
        onChange={(platform_id) => change({ platform_id, district_id: "", organisation_id: "" })}
      >
        <option value="">没有，或不清楚</option>
        {event.platforms.map((platform) => (
          <option key={platform.id} value={platform.id}>
            {platform.name}
          </option>
        ))}
      </Choice>
      {districts.length > 0 && (
        <Choice
          label="所在旗县区（可不选）"
          value={draft.district_id}
          onChange={(district_id) => change({ district_id, organisation_id: "" })}
        >
          <option value="">不清楚，直接选工会</option>
          {districts.map((district) => (
            <option key={district.id} value={district.id}>
              {district.name}
            </option>
          ))}
        </Choice>
      )}
      {unions.length > 0 && (
        <Choice
          label="加入哪家工会"
          value={draft.organisation_id}
          onChange={(organisation_id) => change({ organisation_id })}
          wrong={wrong.organisation_id ?? unclear?.message}
        >
          <option value="">{found ? `${found.name}（活动主办工会）` : "请选择"}</option>
          {unions.map((one) => (
            <option key={one.id} value={one.id}>
              {one.district ? `${one.name}（${one.district}）` : one.name}
            </option>
          ))}
        </Choice>
      )}
      {unions.length === 0 && found && event.unions.length > 1 && <p className="quiet">将加入：{found.name}</p>}
      <Consent
        event={event}
        agreed={draft.agreed === event.consent.version}
        onAgreed={(agreed) => change({ agreed: agreed ? event.consent.version : "" })}
        wrong={wrong.agreed}
      />
      {elsewhere && (
        <p className="note bad" role="alert">
          {problem.message}
        </p>
      )}
      {problem?.code === "phone_of_another" && (
        <Link to={`/login?to=${encodeURIComponent(pathname)}`} className="plain wide">
          用这个号码登录，说明换过主人
        </Link>
      )}
      <button type="submit" className="main" disabled={busy}>
        {busy ? "正在提交，请不要关闭…" : "提交入会申请"}
      </button>
      <Link to="?step=phone" className="plain wide">
        返回修改手机号
      </Link>
    </form>
  );
}

/** What is still to be asked; where the server could not find the union, those that it left. */
function asked(event: PublicEvent, draft: Draft, unclear?: Problem): Question {
  const local = question(event, draft);
  if (!unclear) return local;
  const { unions = event.unions.map((union) => union.id) } = (unclear.extra ?? {}) as { unions?: string[] };
  return { districts: local.districts, unions: event.unions.filter((union) => unions.includes(union.id)) };
}

/** What one agrees to, in full, and a tick of its own that nobody sets for him. */
function Consent({
  event,
  agreed,
  onAgreed,
  wrong,
}: {
  event: PublicEvent;
  agreed: boolean;
  onAgreed: (agreed: boolean) => void;
  wrong?: string;
}) {
  const id = useId();
  return (
    <section className="consent" aria-label="个人信息处理告知">
      <details>
        <summary>个人信息处理告知书（点开阅读）</summary>
        <p>{event.consent.text}</p>
      </details>
      <label className="tick">
        <input
          type="checkbox"
          checked={agreed}
          onChange={(ticked) => onAgreed(ticked.target.checked)}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${id}-said`}
        />
        <span>我已阅读告知书，单独同意工会处理我的证件号码等敏感个人信息，用于办理入会和提供服务。</span>
      </label>
      <Said id={`${id}-said`} wrong={wrong} />
    </section>
  );
}
