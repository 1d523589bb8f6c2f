// Draws the OpenAPI document as a plain, searchable page: one line an operation, with its permission and its answers.
const main = document.getElementById("docs");
const element = (name, text, className) => {
  const node = document.createElement(name);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  return node;
};
const search = element("input");
search.type = "search";
search.placeholder = "按路径、说明或权限查找";
search.setAttribute("aria-label", search.placeholder);
main.append(search);
async function draw() {
  const spec = await (await fetch("/api/openapi.json")).json();
  for (const [path, operations] of Object.entries(spec.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const details = element("details");
      const summary = element("summary");
      summary.append(element("code", `${method.toUpperCase()} ${path}`), " ", operation.summary ?? operation.operationId ?? "");
      details.append(summary, element("p", operation.description ?? ""), element("p", `权限：${operation["x-permission"] ?? "?"}`));
      for (const parameter of operation.parameters ?? []) {
        details.append(element("p", `参数 ${parameter.name}（${parameter.in}）${parameter.description ?? ""}`));
      }
      for (const [status, answer] of Object.entries(operation.responses ?? {})) {
        details.append(element("p", `${status}：${answer.description ?? ""}`));
      }
      main.append(details);
    }
  }
  search.addEventListener("input", () => {
    for (const details of main.querySelectorAll("details")) details.hidden = !details.textContent.includes(search.value);
  });
}
draw();
