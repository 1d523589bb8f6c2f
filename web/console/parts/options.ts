/** Codes with their words, or with their words and colours, as a select offers them. */
export const options = (words: Readonly<Record<string, string | readonly [string, ...unknown[]]>>) =>
  Object.entries(words).map(([value, word]) => ({ value, label: typeof word === "string" ? word : word[0] }));

/** Years, as a filter offers them. */
export const yearsOf = (years: number[]) => years.map((year) => ({ value: String(year), label: `${year}年` }));
