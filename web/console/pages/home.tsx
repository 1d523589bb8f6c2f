import { day } from "../../shared/words";
import { PageHead } from "../parts/page-head";
import { Changes, Glance } from "../plan/glance";
import { useMay, useSession, useToday } from "../session";
import { FirstSteps } from "../todo/first-steps";
import { Todo } from "../todo/list";

/** What waits for the officer. */
export default function Home() {
  const session = useSession().data;
  const may = useMay();
  const today = useToday();
  return (
    <>
      <PageHead title={`${session?.name ?? ""}，您好`} note={day(today)} />
      <div className="columns">
        {may("plan.view") ? <Glance /> : null}
        <div className="stack">
          <Todo />
          <FirstSteps />
          {may("plan.view") && <Changes />}
        </div>
      </div>
    </>
  );
}
