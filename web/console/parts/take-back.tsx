import { Button } from "antd";
import { Word } from "./word";

interface TakeBackProps {
  /** Why it was taken back, if it was. */
  reason: string | null | undefined;
  /** Asks why; absent for whoever may not take it back. */
  take?: false | (() => void);
}

/** In a list's row: why it was taken back, or the button that does so. */
export function TakeBack({ reason, take }: TakeBackProps) {
  if (reason) return <Word tone="quiet">{`已撤回：${reason}`}</Word>;
  return (
    take && (
      <Button type="link" onClick={take}>
        撤回
      </Button>
    )
  );
}
