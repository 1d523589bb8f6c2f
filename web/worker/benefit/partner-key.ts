// The secret of a place's scanning link, kept in the phone of whoever works there. It comes behind `#`, which no browser
// sends to a server, and is taken out of the address at once.

const KEPT = "niangjia.partner-key";

/** The place's secret: from the link if it was just opened, else the one kept. */
export function partnerKey(hash: string, store: Pick<Storage, "getItem" | "setItem">): string | undefined {
  const told = hash.replace(/^#/, "");
  if (/^[0-9a-f]{32}$/.test(told)) {
    store.setItem(KEPT, told);
    return told;
  }
  return store.getItem(KEPT) ?? undefined;
}

/** The token in what a voucher's QR code says: an address, or the token alone. */
export function scanned(text: string): string {
  return text.trim().split("/").pop() ?? "";
}
