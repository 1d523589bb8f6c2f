import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import type { MyRedemptionPlace, PartnerToday } from "../../client/types";
import { clock, count } from "../../shared/words";
import { Field } from "../field";
import { Scan } from "../scan/scan";
import { scanned } from "./partner-key";

interface CounterProps {
  day: PartnerToday;
  /** My station, if I redeem as its master and not by a scanning link. */
  mine?: MyRedemptionPlace;
}

/** What stands behind a voucher's address for whoever redeems as the master of a station. */
export const asMaster = (mine: MyRedemptionPlace) => `?place=${mine.id}&station=${mine.site_id ?? ""}`;

/** Where vouchers are redeemed: what was redeemed today, a button that scans, and a line for a scanner or for typing. */
export function Counter({ day, mine }: CounterProps) {
  const navigate = useNavigate();
  const [text, type] = useState("");
  const [wrong, tell] = useState<string>();
  const look = (read: string) => {
    const token = scanned(read);
    tell(token === "" ? "请扫描或输入凭证上的码。" : undefined);
    if (token !== "") navigate(`/v/${encodeURIComponent(token)}${mine ? asMaster(mine) : ""}`);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(text);
  };
  return (
    <>
      <section className="standing" aria-label="今日核销">
        {!mine && <p className="display">{day.place}</p>}
        <p>
          今日已核销 <b className="figure">{count(day.redeemed_today)}</b> 份
        </p>
      </section>
      <p>请职工打开“我的凭证”，扫描二维码，即可核销。</p>
      <Scan label="扫凭证" done={look} />
      <form onSubmit={submit}>
        <Field
          label="扫码枪或手工输入"
          value={text}
          wrong={wrong}
          hint="扫不了？输入凭证二维码下面的券码，大小写和空格都不影响。"
          onChange={type}
          autoComplete="off"
          maxLength={500}
          beside={
            <button type="submit" className="plain">
              查看凭证
            </button>
          }
        />
      </form>
      {day.latest.length > 0 && (
        <>
          <h2>最近核销</h2>
          <ol className="line">
            {day.latest.map((one) => (
              <li key={one.redeemed_at}>
                <b>{one.title}</b>
                <span>{clock(one.redeemed_at)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
