// What becomes of a refusal for want of a log-in: a page may let somebody log in over what is shown, and what was refused is done
// once more then. A page that registers nothing is refused as by any other answer.
import { Problem } from "./problem";

/** Waits until whoever was logged in is back; answers whether the page waits at all. */
type Door = () => Promise<boolean>;

/** Whether a refusal is for want of a log-in. */
export type IsOut = (error: unknown) => boolean;

let door: { opens: Door; isOut: IsOut } | undefined;

/** Says how this page lets somebody in, and who has to be; answers how to take that back. */
export function letInBy(opens: Door, isOut: IsOut = isLoggedOut): () => void {
  const own = { opens, isOut };
  door = own;
  return () => {
    if (door === own) door = undefined;
  };
}

/** Whether somebody who was logged in is so no more. */
export const isLoggedOut: IsOut = (error) => error instanceof Problem && error.code === "unauthenticated";

/** Does something; refused for want of a log-in, it is done once more when somebody has logged in. */
export async function letIn<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!door?.isOut(error) || !(await door.opens())) throw error;
    }
  }
}
