import "./calendar.css";
import dayjs from "dayjs";
import type { CalendarDay } from "../../client/types";

interface MonthProps {
  /** `2026-02`. */
  month: string;
  /** The days that differ from the plain week. */
  days: Map<string, CalendarDay>;
  today: string;
  /** The day that the Tab key stops at. */
  stop: string;
  /** Opens a day; absent where days are only looked at. */
  open?: (day: string) => void;
}

const WEEK = ["一", "二", "三", "四", "五", "六", "日"];

/** One month, Monday first, with what differs from the plain week. */
export function Month({ month, days, today, stop, open }: MonthProps) {
  const first = dayjs(`${month}-01`);
  const blanks = (first.day() + 6) % 7;
  const all = Array.from({ length: first.daysInMonth() }, (_, index) => first.add(index, "day"));
  return (
    <section className="month">
      <h3>{first.month() + 1}月</h3>
      <div className="month-days">
        {WEEK.map((name) => (
          <span key={name} className="month-week">
            {name}
          </span>
        ))}
        {all.map((day, index) => {
          const key = day.format("YYYY-MM-DD");
          const differs = days.get(key);
          const kind = differs ? (differs.is_off ? "off" : "work") : [0, 6].includes(day.day()) ? "weekend" : "plain";
          const words = `${day.format("M月D日")}${differs ? `，${differs.name}${differs.is_off ? "放假" : "上班"}` : ""}`;
          return (
            <button
              key={key}
              type="button"
              className={`month-day month-day-${kind}`}
              style={index === 0 ? { gridColumnStart: blanks + 1 } : undefined}
              data-day={key}
              tabIndex={key === stop ? 0 : -1}
              aria-current={key === today ? "date" : undefined}
              disabled={!open}
              onClick={() => open?.(key)}
              aria-label={words}
              title={words}
            >
              {day.date()}
              {differs && <small data-mark={differs.is_off ? "休" : "班"} />}
            </button>
          );
        })}
      </div>
    </section>
  );
}
