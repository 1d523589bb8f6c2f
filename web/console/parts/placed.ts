import type { FormInstance } from "antd";
import { useEffect, useRef } from "react";
import type { Problem } from "../../client/http";

/** In the middle, or what a field is called would lie above what is in sight; and the next key pressed mends it. */
export const IN_SIGHT = { block: "center", focus: true } as const;

/**
 * What the server finds wrong with a field stands beside that field, and the first of them comes into sight; or what has no
 * field does, in the `notice` above. Answers which fields have something beside them.
 */
export function usePlaced(form: FormInstance, problem: Problem | undefined) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!problem) return;
    const fields = place(form, problem).map((name) => ({ name: path(name), errors: [problem.of(name) ?? ""] }));
    form.setFields(fields);
    // The button of a long form lies far below what is to be mended.
    if (fields[0]) form.scrollToField(fields[0].name, IN_SIGHT);
    else notice.current?.scrollIntoView({ block: "center" });
  }, [form, problem]);
  return { notice, placed: problem ? place(form, problem) : [] };
}

/** `indicators.2.name` as antd names it. */
const path = (name: string) => name.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** The fields of a problem that the form has. */
function place(form: FormInstance, problem: Problem): string[] {
  return problem.fields.map((one) => one.field).filter((name) => form.getFieldInstance(path(name)) !== undefined);
}
