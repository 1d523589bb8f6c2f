import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { Link, Navigate, useLocation, useParams, useSearchParams } from "react-router";
import { useAction } from "../../client/action";
import { Problem, post } from "../../client/http";
import type { MyRedemptionPlace, PartnerToday, Redeemed } from "../../client/types";
import { COMPARE, isTyped } from "../../shared/voucher-code";
import { minute } from "../../shared/words";
import { ask, tell } from "../ask";
import { asMaster, Counter } from "../benefit/counter";
import { partnerKey } from "../benefit/partner-key";
import { Failed, Frame, Loading } from "../frame";
import { isStranger } from "../use-mine";

/**
 * This phone's place; the secret is taken out of the address, so that nobody reads it over a shoulder. A new link may be
 * opened where the page of the old one stands.
 */
function usePartnerKey(): string | undefined {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash) window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  }, [hash]);
  return useMemo(() => partnerKey(hash), [hash]);
}

/** What a phone reads that may not redeem, and the way for who answers for a station. */
function NoKey() {
  return (
    <>
      <p className="note bad">本机还没有核销权限。请用工会发给核销点的链接打开一次，再扫凭证；驿站站长请先登录。</p>
      <Link to="/duty?part=redeem" className="plain wide">
        我是站长，去“我的驿站”核销
      </Link>
    </>
  );
}

/** A place's own page, behind its scanning link. */
export default function RedeemPage() {
  const key = usePartnerKey();
  const today = useQuery({
    queryKey: ["partner", key],
    queryFn: () => post<PartnerToday>("/public/redemptions/today", { key }),
    enabled: key !== undefined,
    refetchInterval: 15_000,
  });
  return (
    <Frame title="核销点" home={false}>
      {key === undefined && <NoKey />}
      {today.isError && <Failed error={today.error} again={() => today.refetch()} />}
      {key !== undefined && today.isPending && <Loading />}
      {today.data && (
        <>
          <Counter day={today.data} />
          <Link to="/redeem/batches" className="plain wide">
            体检、疗休养名单
          </Link>
        </>
      )}
      {/* Also where one no longer redeems: what was handed over before is owed still. */}
      {key !== undefined && !today.isPending && (
        <Link to="/redeem/statements" className="plain wide">
          月度对账
        </Link>
      )}
    </Frame>
  );
}

/** What the QR code of a voucher opens on the phone of a place, or of a station's master. */
export function ScanPage() {
  const { token = "" } = useParams();
  const [search] = useSearchParams();
  const key = usePartnerKey();
  const place = search.get("place");
  const at: At | undefined = place ? { partner_id: place } : key === undefined ? undefined : { key };
  const back = place ? `/duty?station=${search.get("station") ?? ""}&part=redeem` : "/redeem";
  return (
    <Frame title="核销凭证" home={false}>
      {at ? <Handing key={token} at={at} token={token} back={back} /> : <WhereIAm />}
    </Frame>
  );
}

/** By what this phone redeems: as the master of a station, or by a place's link. */
type At = { partner_id: string } | { key: string };

/** At which of his stations a master redeems; whoever answers for none needs a link. */
function WhereIAm() {
  const { pathname } = useLocation();
  const asked = useQuery({
    queryKey: ["mine", "/me/redemption-places"],
    queryFn: ({ signal }) => ask<MyRedemptionPlace[]>("/me/redemption-places", {}, signal),
  });
  if (asked.isPending) return <Loading />;
  if (asked.isError && !isStranger(asked.error)) return <Failed error={asked.error} again={() => asked.refetch()} />;
  const places = asked.data ?? [];
  const [only] = places;
  if (!only) return <NoKey />;
  if (places.length === 1) return <Navigate to={pathname + asMaster(only)} replace />;
  return (
    <>
      <p>在哪个驿站核销？</p>
      {places.map((one) => (
        <Link key={one.id} to={pathname + asMaster(one)} replace className="plain wide">
          {one.place}
        </Link>
      ))}
    </>
  );
}

/** Whether the server said no. A lost network says nothing of the voucher. */
const isRefused = (error: unknown) => error instanceof Problem && (error.isFinal || error.status === 403);

/** What is handed over, to whom, and the button that does it. */
function Handing({ at, token, back }: { at: At; token: string; back: string }) {
  const client = useQueryClient();
  const isMaster = !("key" in at);
  const path = isMaster ? "/me/redemptions" : "/public/redemptions";
  const looked = useQuery({
    queryKey: ["voucher", token],
    queryFn: () => post<Redeemed>(`${path}/look`, { ...at, code: token }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const redeem = useAction((_: null, sending) => tell<Redeemed>(path, { ...at, code: token }, sending));
  const [done, finish] = useState<Redeemed>();
  const confirm = async () => {
    const answer = await redeem.run(null);
    if (answer) finish(answer);
    // What was redeemed here today, as it stands on the page to which one goes back.
    client.invalidateQueries({ queryKey: ["partner"] });
    client.invalidateQueries({ queryKey: ["mine", "/me/redemption-places"] });
  };
  // The code won't hold until he has logged in: it is scanned again then.
  if (isMaster && isStranger(looked.error ?? redeem.problem))
    return <Navigate to={`/login?to=${encodeURIComponent(back)}`} replace />;
  const shown = done ?? looked.data;
  return (
    <>
      {looked.isPending && <Loading />}
      {looked.isError &&
        (isRefused(looked.error) ? (
          <div className="check no" role="alert">
            <p className="display">不能核销</p>
            <Failed error={looked.error} />
          </div>
        ) : (
          <Failed error={looked.error} again={() => looked.refetch()} />
        ))}
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
                <dd>{minute(done.redeemed_at)}</dd>
              </>
            )}
          </dl>
        </div>
      )}
      {redeem.problem && <Failed error={redeem.problem} />}
      {shown && !done && isTyped(token) && <p className="note">{COMPARE}</p>}
      {shown && !done && (
        <button type="button" className="main wide" onClick={confirm} disabled={redeem.busy}>
          {redeem.busy ? "正在核销…" : "确认核销"}
        </button>
      )}
      <Link to={back} className="plain wide">
        {done ? "核销下一份" : "返回"}
      </Link>
    </>
  );
}
