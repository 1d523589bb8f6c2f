import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAction } from "../../client/action";
import type { MyPrivacy } from "../../client/types";
import { saveFile } from "../../shared/save-file";
import { minute } from "../../shared/words";
import { tell } from "../ask";
import { Failed, Frame } from "../frame";
import { Sure } from "../sure";
import { Answered, useMine } from "../use-mine";
import { LogIns } from "./log-ins";
import { Requests } from "./requests";

/** What is kept about me, what I agreed to, who looked, and what I may ask for. */
export function PrivacyPage() {
  const asked = useMine<MyPrivacy>("/me/privacy");
  return (
    <Frame title="我的个人信息">
      <Answered asked={asked}>
        {(kept) => (
          <>
            <h2>保存了什么</h2>
            <dl className="facts">
              {kept.fields.map((field) => (
                <div key={field.field}>
                  <dt>{field.label}</dt>
                  <dd className="figure">{field.value ?? "未登记"}</dd>
                </div>
              ))}
            </dl>
            <p className="quiet small">证件号码和手机号码加密保存，这里遮盖显示。</p>
            <Export />
            <h2>谁看过、改过</h2>
            <Looks looked={kept.looked} />
            <h2>我的同意</h2>
            {kept.consents.length === 0 && <p className="quiet">没有线上作出的同意。</p>}
            {kept.agree_again && <AgreeAgain notice={kept.agree_again} />}
            {kept.consents.map((consent) => (
              <Consent key={`${consent.purpose} ${consent.given_at}`} consent={consent} />
            ))}
            <LogIns />
            <Requests requests={kept.requests} />
          </>
        )}
      </Answered>
    </Frame>
  );
}

function Looks({ looked }: { looked: MyPrivacy["looked"] }) {
  if (looked.length === 0) return <p className="quiet">还没有人查看过您的证件号码或手机号码原文。</p>;
  return (
    <ol className="line told">
      {looked.map((look) => (
        <li key={`${look.at} ${look.who} ${look.action}`}>
          <time dateTime={look.at}>{minute(look.at)}</time>
          <b>
            {look.who}
            {look.union && `（${look.union}）`}
          </b>
          <span>
            {look.action_label}
            {look.field && `：${look.field}`}
          </span>
          <span className="quiet">
            {look.purpose && `用途：${look.purpose}；`}
            {look.reason ? `理由：${look.reason}` : "未写理由"}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What ends with a consent, and what goes on without. */
const WITHDRAWN =
  "撤回后停止的：扫码提交、还没批准的入会申请不再批准；工会不再把您列入入会后的回访名单；办理会籍的工会干部会看到您已撤回，" +
  "不应再凭这项同意使用或对外提供您的信息。" +
  "不受影响的：已是会员的，会籍不因此终止，会籍、会费和服务记录由工会依法继续保存；撤回前已办的事仍然有效。" +
  "想退会的，请联系所在工会；想删除信息的，请在本页下方提出申请。您可以随时在本页重新同意。";

/** A consent, taken back as easily as it was given: one tap, and one to be sure. */
function Consent({ consent }: { consent: MyPrivacy["consents"][number] }) {
  const client = useQueryClient();
  const action = useAction((purpose: string, sending) =>
    tell<MyPrivacy>(`/me/consents/${encodeURIComponent(purpose)}/withdraw`, undefined, sending),
  );
  const withdraw = async () => {
    const kept = await action.run(consent.purpose);
    if (kept) client.setQueryData(["mine", "/me/privacy"], kept);
  };
  return (
    <div className="box">
      <p>
        <b>{consent.label}</b>
      </p>
      <p className="quiet small">
        {minute(consent.given_at)} 同意（告知书 {consent.version} 版）
        {consent.withdrawn_at && `，${minute(consent.withdrawn_at)} 撤回`}
      </p>
      {action.problem && <Failed error={action.problem} />}
      {!consent.withdrawn_at && (
        <Sure
          open="撤回同意"
          look="plain"
          says={WITHDRAWN}
          yes="确定撤回"
          no="不撤回了"
          busy={action.busy}
          done={withdraw}
        />
      )}
    </div>
  );
}

/** To agree again, to the text as it is now. */
function AgreeAgain({ notice }: { notice: NonNullable<MyPrivacy["agree_again"]> }) {
  const client = useQueryClient();
  const [agreed, agree] = useState(false);
  const action = useAction((_: null, sending) => tell<MyPrivacy>("/me/consents", { version: notice.version }, sending));
  const give = async () => {
    const kept = await action.run(null);
    if (kept) client.setQueryData(["mine", "/me/privacy"], kept);
  };
  return (
    <section className="box" aria-label="重新同意">
      <p>您已撤回同意。想恢复的，请阅读告知书后重新同意。</p>
      <details>
        <summary>个人信息处理告知书（{notice.version} 版，点开阅读）</summary>
        <p>{notice.text}</p>
      </details>
      <label className="tick">
        <input type="checkbox" checked={agreed} onChange={(ticked) => agree(ticked.target.checked)} />
        <span>我已阅读告知书，单独同意工会处理我的证件号码等敏感个人信息，用于办理入会和提供服务。</span>
      </label>
      {action.problem && <Failed error={action.problem} />}
      <button type="button" className="plain" disabled={!agreed || action.busy} onClick={give}>
        重新同意
      </button>
    </section>
  );
}

/** All of it as a file. */
function Export() {
  const action = useAction((_: null, sending) => tell<unknown>("/me/privacy/export", undefined, sending));
  const save = async () => {
    const file = await action.run(null);
    if (file === undefined) return;
    saveFile("我的个人信息.json", new Blob([JSON.stringify(file, null, 2)], { type: "application/json" }));
  };
  return (
    <>
      {action.problem && <Failed error={action.problem} />}
      <button type="button" className="plain wide" onClick={save} disabled={action.busy}>
        {action.busy ? "正在准备…" : "导出我的全部信息（含证件号码原文）"}
      </button>
      <p className="quiet small">
        文件里有您的证件号码和手机号码，请妥善保管。微信里保存不了时，请用手机浏览器打开本页。
      </p>
    </>
  );
}
