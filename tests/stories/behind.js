// Does something to a story's database behind the program's back, as a broken disk, its operator or the passing of time does.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

const SCRIPT = [
  "import json, sqlite3, sys",
  "house = sqlite3.connect(sys.argv[1], timeout=30)",
  "print(json.dumps(house.execute(sys.argv[2], json.loads(sys.argv[3])).fetchall()))",
  "house.commit()",
].join("\n");

/** Does it on SQLite; answers the rows. Keys of rows are longer than numbers here are exact: they are read and told as text. */
export async function behind(program, statement, ...values) {
  const sent = ["-c", SCRIPT, join(program.data, "demo.sqlite"), statement, JSON.stringify(values)];
  return JSON.parse((await execute("python3", sent)).stdout);
}
