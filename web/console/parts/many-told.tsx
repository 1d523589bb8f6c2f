import { App } from "antd";

interface Refused {
  id: string;
  reason: string;
}

/** Says what was done with the rows that were chosen; of each that was refused, what it is and why. */
export function useManyTold() {
  const { message, modal } = App.useApp();
  return (done: string, refused: Refused[], left: string, named: (id: string) => string) => {
    if (refused.length === 0) return message.success(`${done}。`);
    return modal.info({
      title: `${done}，${refused.length} ${left}`,
      okText: "知道了",
      content: (
        <ul>
          {refused.map((one) => (
            <li key={one.id}>
              {named(one.id)}：{one.reason}
            </li>
          ))}
        </ul>
      ),
    });
  };
}
