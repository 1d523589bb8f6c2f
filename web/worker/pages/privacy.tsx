import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useAction } from "../../client/action";
import type { MyPrivacy } from "../../client/types";
import { saveFile } from "../../shared/save-file";
import { minute } from "../../shared/words";
import { Agree } from "../agree";
import { tell } from "../ask";
import { Failed, Frame } from "../frame";
import { Sure } from "../sure";
import { Answered, useMine } from "../use-mine";
import { CopyRead, type MyCopy } from "./copy-read";
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
            <Link to="/not-me" className="plain wide">
              这不是我：号码换过主人
            </Link>
            <Export />
            <h2>谁看过、改过</h2>
            <Looks looked={kept.looked} />
            <h2>我的同意</h2>
            {kept.consents.length === 0 && <p className="quiet">没有线上作出的同意。</p>}
            {kept.agree_again.map((notice) => (
              <Agree
                key={notice.purpose}
                notice={notice}
                lead={`您已撤回“${notice.label}”的同意。想恢复的，请阅读告知书后重新同意。`}
                yes="重新同意"
              />
            ))}
            {kept.consents.map((consent, place) => (
              <Consent
                key={`${consent.purpose} ${consent.given_at}`}
                consent={consent}
                last={kept.consents.findIndex(({ purpose }) => purpose === consent.purpose) === place}
              />
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
          {/* An adviser who writes his own record is asked for none: to say that he gave none would blame him. */}
          <span className="quiet">
            {[look.purpose && `用途：${look.purpose}`, look.reason && `理由：${look.reason}`]
              .filter(Boolean)
              .join("；")}
          </span>
        </li>
      ))}
    </ol>
  );
}

interface ConsentProps {
  consent: MyPrivacy["consents"][number];
  /** Whether none to a later text of the same came after it: they are taken back together. */
  last: boolean;
}

/** A consent, taken back as easily as it was given: one tap, and one to be sure. */
function Consent({ consent, last }: ConsentProps) {
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
      {last && !consent.withdrawn_at && (
        <Sure
          open="撤回同意"
          look="plain"
          says={consent.ends}
          yes="确定撤回"
          no="不撤回了"
          busy={action.busy}
          done={withdraw}
        />
      )}
    </div>
  );
}

/** All of it as a file, and what is in the file. */
function Export() {
  const [copy, setCopy] = useState<MyCopy>();
  const action = useAction((_: null, sending) => tell<MyCopy>("/me/privacy/export", undefined, sending));
  const save = async () => {
    const file = await action.run(null);
    if (file === undefined) return;
    setCopy(file);
    saveFile("我的个人信息.json", new Blob([JSON.stringify(file, null, 2)], { type: "application/json" }));
  };
  return (
    <>
      {action.problem && <Failed error={action.problem} />}
      <button type="button" className="plain wide" onClick={save} disabled={action.busy}>
        {action.busy ? "正在准备…" : "导出我的全部信息（含证件号码原文）"}
      </button>
      <p className="quiet small">
        文件里有您的本人资料（含证件号码和手机号码）、会籍、会费、同意和查看记录、申请、服务记录，以及驿站、普惠服务等业务留下的明细，请妥善保管。文件为
        JSON
        格式，各栏注有中文名称，也可以交给其他系统读取；导出后本页也会列出文件里的内容。微信里保存不了文件时，请用手机浏览器打开本页。
      </p>
      {copy && <CopyRead copy={copy} />}
    </>
  );
}
