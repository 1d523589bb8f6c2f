import { address, newKey } from "./http";
import { letIn } from "./let-in";
import { lost, problemOf } from "./problem";

/** A little more than the server gives itself, in milliseconds. */
const PATIENCE = 125_000;

/** How a form is sent. */
interface Uploading {
  /** The key of the action, as of any other that is sent; a new one if it is not told. */
  key?: string;
  /** Told how far it has got (0 to 1). */
  progress?: (share: number) => void;
  /** How long nothing may move, in milliseconds. */
  patience?: number;
}

/**
 * Sends a form with a file and tells how far it has got: `fetch` can't. It is given up where nothing moves for a while: a phone
 * between two cells may wait for ever.
 */
export function upload<T>(path: string, form: FormData, { key = newKey(), ...uploading }: Uploading = {}): Promise<T> {
  return letIn(() => once<T>(path, form, { key, ...uploading }));
}

function once<T>(path: string, form: FormData, how: Uploading & { key: string }): Promise<T> {
  const { key, progress, patience = PATIENCE } = how;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), patience);
    };
    request.onloadend = () => clearTimeout(timer);
    request.open("POST", address(path));
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("x-niangjia", "web");
    request.setRequestHeader("idempotency-key", key);
    request.upload.onprogress = (event) => {
      wait();
      if (event.lengthComputable && event.total > 0) progress?.(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 400) return reject(problemOf(request.status, request.responseText));
      try {
        resolve((request.responseText === "" ? undefined : JSON.parse(request.responseText)) as T);
      } catch {
        // A public network's own log-in page, not our server.
        reject(lost());
      }
    };
    request.onerror = () => reject(lost());
    request.onabort = () => reject(lost());
    wait();
    request.send(form);
  });
}
