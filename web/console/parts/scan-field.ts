import type { FormInstance, InputRef } from "antd";

/**
 * Goes to the field that a scanner types into, with all that stands in it chosen: what was refused is typed over by the next
 * scan, not added to.
 */
export function scanOn(form: FormInstance, name: string): void {
  (form.getFieldInstance(name) as InputRef | undefined)?.focus({ cursor: "all" });
}
