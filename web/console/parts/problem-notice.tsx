import { Alert, Button } from "antd";
import { Problem, sentence } from "../../client/problem";

interface Notice {
  /** What was thrown; nothing is shown without. */
  problem: unknown;
  /** Tries again, if that may help; where somebody else was faster, shows what he saved. */
  again?: () => void;
  /** Fields whose problems stand beside them already; what is wrong with these alone is told there only. */
  placed?: string[];
}

/** What went wrong and what to do, in the server's words. */
export function ProblemNotice({ problem, again, placed = [] }: Notice) {
  if (!problem || (problem instanceof Problem && problem.isOf(placed))) return null;
  const rest = problem instanceof Problem ? problem.fields.filter((one) => !placed.includes(one.field)) : [];
  const lines = [...new Set(rest.map((one) => one.message))].filter((line) => line !== (problem as Problem).message);
  return (
    <Alert
      className="notice"
      role="alert"
      type={problem instanceof Problem && problem.isLost ? "warning" : "error"}
      showIcon
      title={sentence(problem)}
      description={
        lines.length > 0 && (
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )
      }
      action={
        // What isn't there or isn't allowed will not be so on a second try.
        again &&
        !(problem instanceof Problem && [403, 404].includes(problem.status)) && (
          <Button size="small" onClick={again}>
            {problem instanceof Problem && problem.status === 412 ? "看最新内容" : "再试一次"}
          </Button>
        )
      }
    />
  );
}
