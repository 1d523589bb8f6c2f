// The secret of a place's scanning link, kept in the phone of whoever works there. It comes behind `#`, which no browser
// sends to a server, and is taken out of the address at once.
import { kept, store } from "../../shared/store";

const KEPT = "niangjia.partner-key";

/** That of a phone whose browser keeps nothing, for as long as its page stands. */
let unkept: string | undefined;

/** The place's secret: from the link if it was just opened, else the one kept. */
export function partnerKey(hash: string): string | undefined {
  const told = hash.replace(/^#/, "");
  if (!/^[0-9a-f]{32}$/.test(told)) return unkept ?? kept(KEPT) ?? undefined;
  unkept = store(KEPT, told) ? undefined : told;
  return told;
}

/** The token in what a voucher's QR code says, an address or the token alone; a code that was typed as it is. */
export function scanned(text: string): string {
  return text.trim().split("/").pop() ?? "";
}
