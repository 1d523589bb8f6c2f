import { InputNumber, type InputNumberProps } from "antd";

/** What is typed as a number: full-width signs and the ideographic stop stand for what they look like. */
export const halved = (typed = ""): string =>
  typed
    .normalize("NFKC")
    .replaceAll("。", ".")
    .replace(/[^\w.-]/g, "");

// antd takes text, too, where it is no number yet.
const parser = halved as unknown as (typed?: string) => number;

/** A number to type, also with a keyboard that writes full-width digits, of which antd alone takes none. */
export function NumberField(props: InputNumberProps<number>) {
  return <InputNumber<number> {...props} parser={parser} />;
}
