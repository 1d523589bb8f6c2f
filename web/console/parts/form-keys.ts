import type { KeyboardEvent } from "react";

/**
 * Whether a window is closed by Escape or the ✕, which are hit by accident, too; the button beside the one that sends says
 * what it does.
 */
export function isSlip({ type, target }: { type: string; target: EventTarget | null }): boolean {
  return type === "keydown" || (target instanceof Element && target.closest(".ant-modal-close") !== null);
}

/** Whether a key sends the form: Enter in a field of one line, but not where it chooses of a list or of an input method. */
export function sends({ key, nativeEvent, target, currentTarget, defaultPrevented }: KeyboardEvent): boolean {
  if (key !== "Enter" || nativeEvent.isComposing || defaultPrevented || !(target instanceof HTMLInputElement))
    return false;
  // What a field opens, like a window of its own, lies elsewhere in the page.
  return currentTarget.contains(target) && target.getAttribute("role") !== "combobox" && !target.closest(".ant-picker");
}

/** What is asked before what was filled in is given up. */
export const LEAVING = {
  title: "放弃填写的内容？",
  content: "填写的内容还没有提交，关闭后要重新填写。",
  okText: "放弃",
  cancelText: "继续填写",
  okButtonProps: { danger: true },
  focusable: { autoFocusButton: "cancel" },
} as const;
