/** Whether a voucher's code was typed as it stands below the QR code: what is scanned is signed, behind a point. */
export const isTyped = (code: string) => !code.includes(".");

/** Whoever redeems by a code that somebody read out to him is told so. */
export const COMPARE = "券码是报来的，请与持券人核对姓名后再核销。";
