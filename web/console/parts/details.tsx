import { Descriptions, type DescriptionsProps } from "antd";
import { orNothing } from "./nothing";

/** What is known of one record, each with its name; what is not known says so as it does in a table. */
export function Details({ items, ...rest }: DescriptionsProps) {
  return <Descriptions {...rest} items={items?.map((item) => ({ ...item, children: orNothing(item.children) }))} />;
}
