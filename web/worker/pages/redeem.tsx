import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useAction } from "../../client/action";
import { post } from "../../client/http";
import type { PartnerToday, Redeemed } from "../../client/types";
import { count, moment } from "../../shared/words";
import { tell } from "../ask";
import { partnerKey, scanned } from "../benefit/partner-key";
import { Field } from "../field";
import { Failed, Frame, Loading } from "../frame";
import { Scan } from "../scan/scan";

/** This phone's place; the secret is taken out of the address, so that nobody reads it over a shoulder. */
function usePartnerKey(): string | undefined {
  const [key] = useState(() => partnerKey(window.location.hash, window.localStorage));
  useEffect(() => {
    if (window.location.hash) window.history.replaceState(null, "", window.location.pathname);
  }, []);
  return key;
}

const NO_KEY = "本机还没有核销权限。请用工会发给核销点的链接打开一次，再扫凭证。";

/** A place's own page: what was redeemed today, and a line for a scanner or for typing. */
export default function RedeemPage() {
  const key = usePartnerKey();
  const navigate = useNavigate();
  const [text, type] = useState("");
  const look = (read: string) => {
    const token = scanned(read);
    if (token !== "") navigate(`/v/${encodeURIComponent(token)}`);
  };
  const today = useQuery({
    queryKey: ["partner", key],
    queryFn: () => post<PartnerToday>("/public/redemptions/today", { key }),
    enabled: key !== undefined,
    refetchInterval: 15_000,
  });
  return (
    <Frame title="核销点" home={false}>
      {key === undefined && <p className="note bad">{NO_KEY}</p>}
      {today.isError && <Failed error={today.error} again={() => today.refetch()} />}
      {key !== undefined && today.isPending && <Loading />}
      {today.data && (
        <>
          <section className="standing" aria-label="今日核销">
            <p className="display">{today.data.place}</p>
            <p>
              今日已核销 <b className="figure">{count(today.data.redeemed_today)}</b> 份
            </p>
          </section>
          <p>请职工打开“我的凭证”，扫描二维码，即可核销。</p>
          <Scan label="扫凭证" done={look} />
          <form
            onSubmit={(event) => {
              event.preventDefault();
              look(text);
            }}
          >
            <Field
              label="扫码枪或手工输入"
              value={text}
              onChange={(event) => type(event.target.value)}
              autoComplete="off"
              maxLength={500}
              beside={
                <button type="submit" className="plain">
                  查看凭证
                </button>
              }
            />
          </form>
          {today.data.latest.length > 0 && (
            <>
              <h2>最近核销</h2>
              <ol className="line">
                {today.data.latest.map((one) => (
                  <li key={one.redeemed_at}>
                    <b>{one.title}</b>
                    <span>{moment(one.redeemed_at).slice(11)}</span>
                  </li>
                ))}
              </ol>
            </>
          )}
          <Link to="/redeem/batches" className="plain wide">
            体检、疗休养名单
          </Link>
          <Link to="/redeem/statements" className="plain wide">
            月度对账
          </Link>
        </>
      )}
    </Frame>
  );
}

/** What the QR code of a voucher opens on a place's phone: what is handed over, to whom, and the button that does it. */
export function ScanPage() {
  const { token = "" } = useParams();
  const key = usePartnerKey();
  const navigate = useNavigate();
  const looked = useQuery({
    queryKey: ["voucher", token],
    queryFn: () => post<Redeemed>("/public/redemptions/look", { key, code: token }),
    enabled: key !== undefined,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const redeem = useAction((_: null, sending) => tell<Redeemed>("/public/redemptions", { key, code: token }, sending));
  const [done, finish] = useState<Redeemed>();
  const confirm = async () => {
    const answer = await redeem.run(null);
    if (answer) finish(answer);
  };
  const shown = done ?? looked.data;
  return (
    <Frame title="核销凭证" home={false}>
      {key === undefined && <p className="note bad">{NO_KEY}</p>}
      {key !== undefined && looked.isPending && <Loading />}
      {looked.isError && (
        <div className="check no" role="alert">
          <p className="display">不能核销</p>
          <Failed error={looked.error} />
        </div>
      )}
      {shown && (
        <div className="check yes" role="status">
          <p className="display">{done ? "✓ 已核销，请发放" : shown.title}</p>
          <dl className="facts">
            <dt>姓名</dt>
            <dd>{shown.name}</dd>
            <dt>内容</dt>
            <dd>
              {shown.title}（{shown.kind_label}）
            </dd>
            <dt>地点</dt>
            <dd>{shown.place}</dd>
            {done?.redeemed_at && (
              <>
                <dt>时间</dt>
                <dd>{moment(done.redeemed_at)}</dd>
              </>
            )}
          </dl>
        </div>
      )}
      {redeem.problem && <Failed error={redeem.problem} />}
      {shown && !done && (
        <button type="button" className="main wide" onClick={confirm} disabled={redeem.busy}>
          {redeem.busy ? "正在核销…" : "确认核销"}
        </button>
      )}
      {key !== undefined && (
        <button type="button" className="plain wide" onClick={() => navigate("/redeem")}>
          {done ? "核销下一份" : "返回"}
        </button>
      )}
    </Frame>
  );
}
