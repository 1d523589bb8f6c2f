import { App, Button } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { TermStanding, TermState } from "../../client/types";
import { day } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { ReasonWindow } from "../parts/reason-window";
import type { Tone } from "../parts/tones";
import { Word } from "../parts/word";

const STATES: Record<TermState, [string, Tone]> = {
  running: ["", "plain"],
  half_gone: ["期限过半", "watch"],
  nearly_due: ["临近期限", "watch"],
  overdue: ["已超期", "bad"],
  paused: ["已暂停", "watch"],
  unannounced: ["期限待定", "quiet"],
};
const UNITS = { working_days: "个工作日", days: "天" } as const;

/** Until when something is answered, how far the term has run, and who paused it why. */
export function TermText({ term }: { term: TermStanding }) {
  const [word, tone] = STATES[term.state];
  return (
    <div>
      {term.due_on && `${day(term.due_on)}前　`}
      {word && <Word tone={tone}>{word}</Word>}
      {term.state === "unannounced" && "　放假安排公布后确定"}
      {term.left != null && `　还剩 ${term.left} ${UNITS[term.unit]}`}
      {term.pauses.map((pause) => (
        <div className="quiet" key={`${pause.from} ${pause.until} ${pause.reason}`}>
          {day(pause.from)}起暂停{pause.until && `，${day(pause.until)}恢复`}：{pause.reason}（经办：{pause.by}）
        </div>
      ))}
    </div>
  );
}

interface ActsProps {
  /** Of the interface: whose term, like `/members/1`. */
  path: string;
  /** What waits, for the question. */
  what: string;
  /** Absent if it was never paused. */
  term?: TermStanding | null;
  size?: "small";
  done: () => void;
}

/** Pausing a term while something is awaited, and taking it up again. */
export function TermActs({ path, what, term, size, done }: ActsProps) {
  const { message } = App.useApp();
  const [pausing, pause] = useState(false);
  if (term?.state === "overdue") return null;
  if (term?.state === "paused") {
    return (
      <ConfirmButton
        size={size}
        question={{ title: `恢复办理${what}？`, text: "期限从今天起接着算，暂停的日子不算在内。", okText: "恢复办理" }}
        run={(sending) => post(`${path}/resume`, undefined, sending)}
        done={() => {
          message.success("已恢复办理");
          done();
        }}
      >
        恢复办理
      </ConfirmButton>
    );
  }
  return (
    <>
      <Button size={size} onClick={() => pause(true)}>
        暂停办理
      </Button>
      <ReasonWindow
        open={pausing}
        title="暂停办理"
        text={`暂停办理${what}。等待补交材料等期间，答复期限不往下算；本人会收到短信，也能看到原因。`}
        path={`${path}/pause`}
        close={() => pause(false)}
        done={done}
      />
    </>
  );
}
