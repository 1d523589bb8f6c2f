/** What a coloured word tells; each colour reaches AA on its ground, which antd's tags don't. */
export const TONES = {
  good: "var(--green)",
  plain: "var(--blue)",
  watch: "var(--amber)",
  bad: "var(--red)",
  quiet: "var(--quiet)",
};

export type Tone = keyof typeof TONES;
