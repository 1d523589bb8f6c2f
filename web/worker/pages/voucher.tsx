import { useState } from "react";
import { Link, useParams } from "react-router";
import type { MyVoucher } from "../../client/types";
import { day, minute } from "../../shared/words";
import { Batch } from "../benefit/batch";
import { GiveBack } from "../benefit/give-back";
import { until } from "../benefit/until";
import { Frame } from "../frame";
import { findStation } from "../station-line";
import { Answered, useMine } from "../use-mine";
import { MAY_BE_OLD, useIsOld } from "../use-old";

/** A code holds for half a minute at least; phones' clocks go wrong, so the page simply asks again in time. */
const RENEW = 20_000;
const HOLDS = 30_000;
/** What is typed holds so long at least after it was shown. */
const TYPED_HOLDS = 300_000;
/** How many places stand on the page at first, the nearest. */
const FIRST = 5;

/** One of my vouchers, to be scanned where it is handed over. */
export default function VoucherPage() {
  const { id = "" } = useParams();
  const asked = useMine<MyVoucher>(`/me/vouchers/${id}`, {
    refetchInterval: (query) => (query.state.data && query.state.data.state !== "claimed" ? false : RENEW),
    staleTime: 0,
    gcTime: 0,
  });
  const old = useIsOld(asked.dataUpdatedAt, HOLDS);
  const over = useIsOld(asked.dataUpdatedAt, TYPED_HOLDS);
  return (
    <Frame title="我的凭证">
      <Answered asked={asked}>{(voucher) => <Voucher voucher={voucher} old={old} over={over} />}</Answered>
    </Frame>
  );
}

interface VoucherProps {
  voucher: MyVoucher;
  /** Whether the code to be scanned may have run out. */
  old: boolean;
  /** Whether what is typed may have, too. */
  over: boolean;
}

function Voucher({ voucher, old, over }: VoucherProps) {
  return (
    <>
      <article className={voucher.state === "claimed" ? "card" : "card over"} aria-label="普惠服务凭证">
        <header>
          <span className="display">{voucher.kind_label}</span>
          <b>{voucher.state_label}</b>
        </header>
        <p className="display name">{voucher.title}</p>
        {voucher.qr_svg && (
          <img
            className={old ? "old" : undefined}
            src={`data:image/svg+xml,${encodeURIComponent(voucher.qr_svg)}`}
            alt="凭证二维码，供核销点扫描"
          />
        )}
        {voucher.typed_code && (
          <p className={over ? "typed old" : "typed"}>
            券码 <b className="figure">{voucher.typed_code}</b>
          </p>
        )}
        <p>{standing(voucher)}</p>
      </article>
      {voucher.qr_svg && (
        <p className="quiet" aria-live="polite">
          {old ? MAY_BE_OLD : "二维码每分钟自动更新，截图无效。请在核销点出示；扫不了时，请把券码报给核销人员。"}
        </p>
      )}
      {voucher.description && <p>{voucher.description}</p>}
      {voucher.state === "claimed" && (
        <>
          {voucher.by_batch && <Batch voucher={voucher} />}
          {voucher.batch?.can_change !== false && (
            <GiveBack
              voucher={voucher}
              act="cancel"
              open="用不上了，取消领取"
              says="取消后这份名额立即交还工会，凭证不能再用。确定取消吗？"
              yes="确定取消"
              no="保留"
            />
          )}
          {!voucher.by_batch && <Places voucher={voucher} />}
        </>
      )}
    </>
  );
}

function Places({ voucher }: { voucher: MyVoucher }) {
  const [all, showAll] = useState(false);
  const { places } = voucher;
  return (
    <>
      <h2>使用地点</h2>
      <ul>
        {places.slice(0, all ? places.length : FIRST).map((place) => (
          <li key={place.id}>
            <b>{place.name}</b> {place.address} {place.contact}
            {place.shut && <b> {place.shut}</b>}
            {place.site_id && !place.shut && (
              <Link className="plain wide" to={findStation(place.name)}>
                开放时间和路线
              </Link>
            )}
          </li>
        ))}
      </ul>
      {!all && places.length > FIRST && (
        <button type="button" className="link" onClick={() => showAll(true)}>
          全部 {places.length} 个地点
        </button>
      )}
    </>
  );
}

function standing(voucher: MyVoucher): string {
  switch (voucher.state) {
    case "claimed":
      if (voucher.by_batch && !voucher.qr_svg)
        return voucher.batch
          ? `批次开始当天（${day(voucher.batch.starts_on)}）起，二维码显示在这里`
          : `请先选择批次，批次开始当天起可使用；有效期至 ${until(voucher.use_until)}`;
      return voucher.qr_svg
        ? `有效期至 ${until(voucher.use_until)}`
        : `${day(voucher.use_from)}起可使用，到时二维码显示在这里`;
    case "redeemed":
      return `${minute(voucher.ended_at)} 在“${voucher.redeemed_at_place ?? ""}”使用`;
    case "returned":
      return `${minute(voucher.ended_at)} 已取消，名额已放回`;
    case "voided":
      return `${minute(voucher.ended_at)} 由工会作废${voucher.voided_why ? `，原因：${voucher.voided_why}` : ""}`;
    default:
      return `有效期至 ${until(voucher.use_until)}，到期未使用`;
  }
}
