// Small rules of what is typed on a phone. The server checks everything again and more.

/** A mobile number without what keyboards and address books put in: +86, blanks, hyphens, full-width digits. */
export function phoneOf(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/[\s-]/g, "")
    .replace(/^(\+86|0086)/, "");
}

/** What is wrong with a mobile number, in words. */
export function wrongPhone(typed: string): string | undefined {
  const phone = phoneOf(typed);
  if (phone === "") return "请填写手机号码。";
  return /^1[3-9]\d{9}$/.test(phone) ? undefined : "手机号码应是 11 位数字，请核对。";
}

/** What is wrong with a one-time code, in words. */
export function wrongCode(typed: string): string | undefined {
  return /^\d{6}$/.test(codeOf(typed)) ? undefined : "请填写短信里的 6 位验证码。";
}

/** The digits of a one-time code. */
export const codeOf = (typed: string) => typed.normalize("NFKC").replace(/\D/g, "");

/** The seconds that a sentence tells to wait. */
export function seconds(text: string): number | undefined {
  const found = text.match(/(\d+)秒/)?.[1];
  return found ? Number(found) : undefined;
}
