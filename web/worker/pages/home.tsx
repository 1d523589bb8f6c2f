import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useAction } from "../../client/action";
import { del } from "../../client/http";
import type { Me, MyStation } from "../../client/types";
import { forgetWindow } from "../../shared/store";
import { day } from "../../shared/words";
import { Failed, Frame } from "../frame";
import { moving } from "../standing";
import { forget, unsent } from "../station/queue";
import { forgetDuty, remembered } from "../station/remembered";
import { answered } from "../term";
import { Answered, useMine } from "../use-mine";
import { Waiting } from "../waiting";

/** The most used first. */
const TILES = [
  { to: "/card", name: "我的会员证", text: "出示二维码，享受服务" },
  { to: "/benefits", name: "普惠服务", text: "爱心餐、礼包、体检" },
  { to: "/stations", name: "找驿站", text: "最近的、开着的、有微波炉的" },
  { to: "/pass", name: "到站码", text: "到驿站歇脚、热饭时出示" },
  { to: "/gifts", name: "爱心角", text: "捐到驿站的物品，免费领" },
  { to: "/activities", name: "驿站活动", text: "讲座、读书、节日活动" },
  { to: "/desks", name: "驿站咨询", text: "约律师、就业和心理顾问" },
  { to: "/volunteer", name: "驿站志愿服务", text: "报名、换班、看服务时长" },
  { to: "/visits", name: "到站评价", text: "给去过的驿站打分、提建议" },
  { to: "/faults", name: "驿站报障", text: "设施坏了、东西缺了，告诉站长" },
  { to: "/records", name: "工会为我做的事", text: "每一次服务、每一份慰问" },
  { to: "/union", name: "我的工会", text: "在哪、找谁、交了多少会费" },
  { to: "/privacy", name: "我的个人信息", text: "查看、更正、撤回同意" },
];

/** My union home. */
export function HomePage() {
  const asked = useMine<Me>("/me");
  const duty = useMine<MyStation[]>("/me/stations");
  return (
    <Frame title="我的娘家" home={false}>
      {!asked.data && asked.failureCount > 0 && <WithoutNetwork />}
      <Answered asked={asked}>
        {(me) => (
          <>
            <Standing me={me} />
            <Waiting />
            <nav className="tiles small" aria-label="我的">
              <ToDuty stations={duty.data ?? []} />
              {TILES.map((tile) => (
                <Link key={tile.to} to={tile.to}>
                  <b>{tile.name}</b>
                  <span>{tile.text}</span>
                </Link>
              ))}
            </nav>
            <LogOut by={me.person_id} />
          </>
        )}
      </Answered>
    </Frame>
  );
}

/** The way to where I am on duty; nothing where that is nowhere. */
function ToDuty({ stations }: { stations: readonly Pick<MyStation, "name">[] }) {
  if (stations.length === 0) return null;
  return (
    <Link to="/duty" className="whole">
      <b>我的驿站</b>
      <span>{stations.map((one) => one.name).join("、")}：登记、检查、报修</span>
    </Link>
  );
}

/** What can be done before any answer comes: whoever is on duty writes down what happens. */
function WithoutNetwork() {
  const [duty] = useState(remembered);
  if (!duty) return null;
  return (
    <nav className="tiles small" aria-label="没有网络也能用">
      <ToDuty stations={duty.stations.map((one) => one.station)} />
    </nav>
  );
}

/** Since when I am or was a member; or what became of my application. */
function begun({ since, applied_on, state, refused_because }: NonNullable<Me["member"]>) {
  if (since) return `${day(since)}入会`;
  const applied = `${day(applied_on)}申请`;
  if (state === "applied") return `${applied}，批准后会员证会显示在这里`;
  if (state !== "refused") return applied;
  return `${applied}，没有批准${refused_because ? `：${refused_because.replace(/。$/, "")}` : ""}。补齐后可以重新申请。`;
}

function Standing({ me }: { me: Me }) {
  const { member, transfer } = me;
  return (
    <section className="standing" aria-label="我的会籍">
      <p className="display">{me.name}，您好</p>
      {member ? (
        <>
          <p>
            {member.organisation} · <b>{member.state_label}</b>
          </p>
          {member.card && <p className="figure">会员证号 {member.card}</p>}
          <p>{begun(member)}</p>
          {member.term && <p>您的申请{answered(member.term, member.term.due_on)}。</p>}
          {member.state === "retained" && (
            <p>保留会籍期间不交会费，没有表决权、选举权和被选举权；恢复工作后可恢复会籍。</p>
          )}
        </>
      ) : (
        <p>您还不是会员。请扫描入会活动的二维码，或拨打 12351 咨询。</p>
      )}
      {transfer && <p>{moving(transfer)}；这期间会籍和服务不变。</p>}
    </section>
  );
}

/** Ends the log-in, after a warning where what he wrote down at a station has not been sent yet. */
function LogOut({ by }: { by: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const action = useAction((_: null, sending) => del<void>("/session", undefined, sending).then(() => true));
  const [unsaved, warn] = useState<string[]>([]);
  const leave = async () => {
    if (!(await action.run(null))) return;
    forget(by);
    forgetDuty();
    client.clear();
    forgetWindow();
    navigate("/login", { replace: true });
  };
  const ask = () => {
    const labels = unsent(by).map((one) => one.label);
    if (labels.length > 0) warn(labels);
    else leave();
  };
  const warning = `本机还有 ${unsaved.length} 条驿站记录没有上报：${unsaved.join("、")}。现在退出会删除它们；请先联网，打开“我的驿站”等它们上报。`;
  return (
    <>
      {action.problem && <Failed error={action.problem} />}
      {unsaved.length > 0 ? (
        <div className="note bad" role="alert">
          <p>{warning}</p>
          <button type="button" className="plain" onClick={leave} disabled={action.busy}>
            删除并退出
          </button>
          <button type="button" className="plain" onClick={() => warn([])}>
            先不退出
          </button>
        </div>
      ) : (
        <button type="button" className="plain wide" onClick={ask} disabled={action.busy}>
          退出登录
        </button>
      )}
    </>
  );
}
