import type { BoardItem, IndicatorStatus, IndicatorView } from "../../client/types";
import { Word } from "../parts/word";
import { based, grown, percent, STATES, valued } from "./words";

type Standing = Omit<BoardItem, "indicator" | "drill" | "year_before">;

/** The state of an indicator as a coloured word. */
export function StateTag({ status }: { status: IndicatorStatus | null | undefined }) {
  return status ? <Word tone={STATES[status].tone}>{STATES[status].label}</Word> : <Word tone="quiet">未定目标</Word>;
}

interface ProgressProps {
  indicator: Pick<IndicatorView, "scale" | "unit" | "name">;
  standing: Pick<Standing, "actual" | "target" | "share_bp" | "elapsed_bp" | "status">;
}

/** What was reached against the target, with a mark where the calendar stands. */
export function ProgressBar({ indicator, standing }: ProgressProps) {
  const { actual, target, share_bp, elapsed_bp, status } = standing;
  const width = (bp: number) => `${Math.min(100, Math.max(0, bp / 100))}%`;
  return (
    <div className="bar-place">
      <div className="bar-words">
        <span>
          <b>{valued(indicator, actual)}</b> / {valued(indicator, target)}
        </span>
        <span className="figure">{percent(share_bp)}</span>
      </div>
      <div className="bar" style={{ "--bar": status ? STATES[status].bar : undefined } as React.CSSProperties}>
        {typeof share_bp === "number" && <i style={{ width: width(share_bp) }} />}
        {typeof elapsed_bp === "number" && (
          <s style={{ left: width(elapsed_bp) }} title={`时间进度 ${percent(elapsed_bp)}`} />
        )}
      </div>
    </div>
  );
}

/** The year's end at this pace, and what the last month brought. */
export function Outlook({ indicator, standing }: { indicator: IndicatorView; standing: Standing }) {
  const { forecast, month_before, base_growth } = standing;
  const rises = (month_before?.change ?? 0) > 0;
  return (
    <div className="board-more">
      {forecast?.text ?? "还不能预计"}
      <small>
        较上月同日 <span className={rises ? "rise" : undefined}>{grown(indicator, month_before?.change)}</span>
      </small>
      {base_growth && (
        <small>
          较基期 {grown(indicator, base_growth.change)}（{based(indicator, base_growth.change_bp)}）
        </small>
      )}
    </div>
  );
}
