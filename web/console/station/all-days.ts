/** How lists that begin with what is to come are asked for all their days. */
export const ALL_DAYS = { over: "all" };

/** Their filters as the interface knows them, which asks for all days by nothing. */
export const askedOf = <F extends { over: string }>(filters: F): F =>
  filters.over === ALL_DAYS.over ? { ...filters, over: "" } : filters;

/** A period that is chosen in them: it lies where it lies, in the past or ahead. */
export const inPeriod = (days: { from: string; to: string }) => ({ ...days, ...(days.from && ALL_DAYS) });
