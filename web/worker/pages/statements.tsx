import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAction } from "../../client/action";
import type { PartnerStatement, PartnerStatements, SettlementLine, StatementDay } from "../../client/types";
import { count, day, yuan } from "../../shared/words";
import { tell } from "../ask";
import { ObjectForm } from "../benefit/object";
import { PartnerPage } from "../benefit/partner-page";
import { Failed } from "../frame";

const PATH = "/public/statements";

/** A place's months: what it handed over, what it gets for it, and the buttons that say whether that is right. */
export default function StatementsPage() {
  return (
    <PartnerPage<PartnerStatements> title="月度对账" path={PATH}>
      {(shown, secret, keep) => (
        <>
          <p>{shown.place}每月核销的份数和应付金额。月底过后请核对，没有问题点“确认无误”，有问题提出异议。</p>
          {shown.items.length === 0 && <p className="quiet">还没有核销记录。</p>}
          {shown.items.map((one) => (
            <Statement key={one.id} shown={one} secret={secret} kept={keep} />
          ))}
        </>
      )}
    </PartnerPage>
  );
}

interface StatementProps {
  shown: PartnerStatement;
  secret: string;
  kept: (shown: PartnerStatements) => void;
}

function standing(shown: PartnerStatement): string {
  if (shown.paid_on) return `${day(shown.paid_on)}已付款`;
  if (shown.state === "settled") return "已结算，待付款";
  if (shown.disputed > 0) return "异议待工会答复";
  if (shown.confirmed) return "已确认，待结算";
  return shown.over ? "请核对" : "本月还没有结束";
}

function Statement({ shown, secret, kept }: StatementProps) {
  const client = useQueryClient();
  const [disputed, dispute] = useState<SettlementLine>();
  const open = shown.state === "open";
  const confirm = useAction((_: null, sending) =>
    tell<PartnerStatements>(
      `${PATH}/confirm`,
      {
        key: secret,
        settlement_id: shown.id,
        pieces: shown.pieces,
        amount_fen: shown.amount_fen,
        lines: shown.lines,
      },
      sending,
    ),
  );
  return (
    <article className="standing statement" aria-label={`${shown.month_label}，${shown.organisation}`}>
      <h2>
        {shown.month_label}
        <small>{shown.organisation}</small>
      </h2>
      <p className="figure">
        {count(shown.pieces)} 份，<b>{yuan(shown.amount_fen)}</b> 元
      </p>
      <p>{standing(shown)}</p>
      <ul className="line">
        {shown.lines.map((line) => (
          <li key={line.offer_id}>
            <b>{line.title}</b>
            <span>
              {count(line.pieces)} {line.unit}×{yuan(line.unit_fen)}＝{yuan(line.amount_fen)} 元
            </span>
            {(line.corrected > 0 || line.adjusted !== 0) && (
              <span className="quiet">
                核销 {count(line.handed)}
                {line.corrected > 0 && `，以前月份撤销扣 ${count(line.corrected)}`}
                {line.adjusted !== 0 &&
                  `，异议${line.adjusted > 0 ? "补计" : "核减"} ${count(Math.abs(line.adjusted))}`}
              </span>
            )}
            {open && (
              <button type="button" className="plain" onClick={() => dispute(line)}>
                有异议
              </button>
            )}
            {disputed?.offer_id === line.offer_id && (
              <ObjectForm
                label={`“${line.title}”哪里不对`}
                hint="写明哪一天、实际份数和原因，工会核对后答复。"
                send={(reason, sending) =>
                  tell<PartnerStatements>(
                    `${PATH}/dispute`,
                    { key: secret, settlement_id: shown.id, offer_id: line.offer_id, reason },
                    sending,
                  )
                }
                done={(answer) => {
                  kept(answer);
                  dispute(undefined);
                }}
                close={() => dispute(undefined)}
              />
            )}
          </li>
        ))}
      </ul>
      {shown.days.length > 0 && <Days days={shown.days} />}
      {shown.disputes.map((one) => (
        <p key={one.id} className="note">
          {one.title}：{one.reason}
          <br />
          {one.answer === null ? "工会还没有答复。" : `工会答复：${one.answer}`}
        </p>
      ))}
      {confirm.problem && <Failed error={confirm.problem} />}
      {open && shown.over && !shown.confirmed && shown.disputed === 0 && (
        <button
          type="button"
          className="main wide"
          disabled={confirm.busy}
          onClick={async () => {
            const answer = await confirm.run(null);
            if (answer) return kept(answer);
            // Something was redeemed or taken back since: what is looked at next is what stands there now.
            await client.invalidateQueries({ queryKey: [PATH] });
          }}
        >
          {confirm.busy ? "正在确认…" : "确认无误"}
        </button>
      )}
    </article>
  );
}

/** What was handed over on each day, for whoever compares it with his own notes. */
function Days({ days }: { days: StatementDay[] }) {
  const sum = (of: StatementDay[], part: "pieces" | "amount_fen") => of.reduce((sum, one) => sum + one[part], 0);
  return (
    <details>
      <summary>每日核销</summary>
      {[...new Set(days.map((one) => one.day))].map((on) => {
        const rows = days.filter((one) => one.day === on);
        return (
          <details key={on}>
            <summary>
              {day(on)} {count(sum(rows, "pieces"))} 份，{yuan(sum(rows, "amount_fen"))} 元
            </summary>
            <ul className="line">
              {rows.map((row) => (
                <li key={`${row.offer_id} ${row.amount_fen}`}>
                  <b>{row.title}</b>
                  <span>
                    {count(row.pieces)} 份，{yuan(row.amount_fen)} 元
                  </span>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </details>
  );
}
