import type { MyUnion } from "../../client/types";
import { count, day } from "../../shared/words";
import { Frame } from "../frame";
import { MyDues } from "../my-dues";
import { Answered, useMine } from "../use-mine";

/** The unions' nation-wide hotline. */
const HOTLINE = "12351";

/** The first number in what a union wrote down for its telephone: an extension or a second number is not dialled with it. */
const dialled = (contact: string) => contact.match(/\+?\d[\d\s()（）-]*/)?.[0].replace(/[^\d+]/g, "") ?? "";

/** My union: who it is, whom to call, and who stands above it. */
export function UnionPage() {
  const asked = useMine<MyUnion>("/me/union");
  return (
    <Frame title="我的工会">
      <Answered asked={asked}>
        {(union) => (
          <>
            <h2 className="union-name">{union.name}</h2>
            <dl className="facts">
              <dt>主席</dt>
              <dd>{union.chair ?? "暂未登记"}</dd>
              {union.members != null && (
                <>
                  <dt>会员</dt>
                  <dd>{count(union.members)} 人</dd>
                </>
              )}
              {union.founded_on && (
                <>
                  <dt>成立</dt>
                  <dd>{day(union.founded_on)}</dd>
                </>
              )}
              <dt>上级</dt>
              <dd>
                {[...union.path].reverse().map((above) => (
                  <span key={above.id} className="above">
                    {above.name}
                  </span>
                ))}
              </dd>
            </dl>
            <MyDues />
            {union.contact && (
              <a className="main" href={`tel:${dialled(union.contact)}`}>
                打电话给工会（{union.contact}）
              </a>
            )}
            {union.contact !== HOTLINE && (
              <a className="plain wide" href={`tel:${HOTLINE}`}>
                拨打 {HOTLINE} 职工服务热线
              </a>
            )}
          </>
        )}
      </Answered>
    </Frame>
  );
}
