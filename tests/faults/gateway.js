// Takes the texts that would go to phones.
import { createServer } from "node:http";
import { until } from "./house.js";

export class Gateway {
  codes = new Map();

  async open() {
    this.server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const { phone, text } = JSON.parse(body);
        const told = text.match(/\d{6}/)?.[0];
        this.codes.set(phone, [...(this.codes.get(phone) ?? []), told]);
        response.end("{}");
      });
    });
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}/`;
    return this;
  }

  /** The last code that went to a phone; nothing if none comes in time. */
  last(phone, seconds = 2) {
    return until(() => this.codes.get(phone)?.at(-1), "a code", seconds).catch(() => undefined);
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
