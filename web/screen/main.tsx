import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { again } from "../client/queries";
import "../shared/base.css";
import "./screen.css";
import { EventWall } from "./event-wall";
import { Say } from "./say";
import { StationsWall } from "./stations-wall";

const client = new QueryClient({ defaultOptions: { queries: { retry: again(2), networkMode: "always" } } });
const root = document.getElementById("root");
const event = window.location.pathname.match(/^\/screen\/events\/(\d+)\/?$/)?.[1];
const stations = window.location.pathname.match(/^\/screen\/stations(?:\/(\d+))?\/?$/);
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={client}>
      {event ? (
        <EventWall id={event} />
      ) : stations ? (
        <StationsWall organisation={stations[1]} />
      ) : (
        <Say title="没有这块大屏">请在工作台的“入会活动”里打开活动，再点“现场大屏”；或在“驿站”里点“驿站大屏”。</Say>
      )}
    </QueryClientProvider>,
  );
}
