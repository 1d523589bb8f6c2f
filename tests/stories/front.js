// Stands between phones and the program as a network and a proxy do: it is cut, or hands over what a newer program would.
import { createServer, request } from "node:http";

/**
 * What a story may do to it. `cut` ends every call; `instead` is given a path and answers the one that is
 * asked for; `change` is given that and the text that lies there, and answers another.
 */
export async function front(program) {
  const self = { url: "", cut: false, instead: (path) => path, change: (_, text) => text, stop: () => server.close() };
  const server = createServer((asked, answer) => {
    if (self.cut) return asked.socket.destroy();
    const path = self.instead(asked.url);
    // What may be changed comes whole and readable.
    const { "accept-encoding": _, "if-none-match": __, ...headers } = asked.headers;
    const call = request(program.url + path, { method: asked.method, headers }, (came) => {
      const type = came.headers["content-type"] ?? "";
      if (!/html|javascript/.test(type)) return pass(came, answer);
      let text = "";
      came.setEncoding("utf8");
      came.on("data", (part) => {
        text += part;
      });
      came.on("end", () => {
        const { "content-length": _, etag: __, ...kept } = came.headers;
        answer.writeHead(came.statusCode, kept).end(self.change(path, text));
      });
    });
    call.on("error", () => answer.destroy());
    asked.pipe(call);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  self.url = `http://127.0.0.1:${server.address().port}`;
  return self;
}

function pass(came, answer) {
  answer.writeHead(came.statusCode, came.headers);
  came.pipe(answer);
}
