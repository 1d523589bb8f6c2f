import { useState } from "react";
import { Problem, type Sending } from "../../client/http";
import { upload } from "../../client/upload";

/** Sends a table of which all rows are taken or none; `marked` is the export of one that was refused, with what is wrong in it. */
export function useWholeTable<O>(path: string) {
  const [marked, mark] = useState<string>();
  const send = async (body: FormData, { key }: Sending) => {
    mark(undefined);
    try {
      return await upload<O>(path, body, { key });
    } catch (error) {
      if (error instanceof Problem) mark((error.extra as { to_mend?: string } | undefined)?.to_mend);
      throw error;
    }
  };
  return { marked, send, forget: () => mark(undefined) };
}
