import { useQueryClient } from "@tanstack/react-query";
import { Button, DatePicker, Space, Statistic } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { post } from "../../client/http";
import type { PaidMany, SettledMany, SettlementRow, Settlements } from "../../client/types";
import { count, day, yuan } from "../../shared/words";
import { PaymentsWindow } from "../benefit/settlement-windows";
import { SETTLEMENT_STATES, SETTLEMENT_TODO } from "../benefit/words";
import { ConfirmButton } from "../parts/acts";
import { useChosen } from "../parts/chosen";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox, useList } from "../parts/list-table";
import { useManyTold } from "../parts/many-told";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { dayOf } from "../parts/same-day";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { month: "", state: "", waiting: "", q: "" };
const PATH = "/benefit-settlements";

/** What the unions owe places of redemption, month by month. */
export default function BenefitSettlements() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const client = useQueryClient();
  const may = useMay();
  const asked = { ...filters, organisation };
  const [chosen, choose] = useChosen<SettlementRow>(asked);
  const { list } = useList<SettlementRow>(PATH, asked);
  const all = list.data?.pages[0] as Settlements | undefined;
  const [paying, pay] = useState<SettlementRow[]>();
  const say = useManyTold();
  const told = (did: string, refused: SettledMany["refused"], left: string) => {
    const named = (id: string) => {
      const row = chosen.find((one) => one.id === id);
      return `${row?.partner} ${row?.month_label}`;
    };
    choose([]);
    client.invalidateQueries({ queryKey: [PATH] });
    say(did, refused, left, named);
  };
  const open = chosen.filter((row) => row.state === "open");
  // Of these all are paid, and what no line of the budget bore is asked for once more.
  const unbooked = filters.waiting === "book";
  const settled = chosen.filter(pays);
  return (
    <>
      <PageHead note="每个核销点每月一张结算单：核销份数×单价。月底过后核对、结算、付款；结算后撤销的在下一月扣减。">
        <TakeAway path={`${PATH}/exports`} asked={asked} permission="benefit.export" />
      </PageHead>
      {all && (
        <Space size="large" wrap className="offer-numbers">
          <Statistic title="结算份数" value={count(all.pieces)} suffix="份" />
          <Statistic title="金额" value={yuan(all.amount_fen)} suffix="元" />
        </Space>
      )}
      <ListTable<SettlementRow>
        path={PATH}
        asked={asked}
        unit="张"
        empty="还没有结算单。核销凭证后自动生成。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="核销点名称" value={filters.q} change={(q) => change({ q })} />
            <DatePicker
              picker="month"
              aria-label="月份"
              placeholder="月份"
              value={filters.month ? dayOf(`${filters.month}-01`) : null}
              onChange={(month) => change({ month: month?.format("YYYY-MM") ?? "" })}
            />
            <FilterSelect
              label="状态"
              value={filters.state}
              change={(state) => change({ state })}
              options={options(SETTLEMENT_STATES)}
            />
            <FilterSelect
              label="待办"
              value={filters.waiting}
              change={(waiting) => change({ waiting })}
              options={options(SETTLEMENT_TODO)}
            />
          </>
        }
        rowSelection={
          may("benefit.settle")
            ? {
                selectedRowKeys: chosen.map((one) => one.id),
                onChange: (_, rows) => choose(rows),
                getCheckboxProps: (row) => ({
                  disabled: !unbooked && !settles(row) && !pays(row),
                  "aria-label": `选择${row.partner}${row.month_label}`,
                }),
              }
            : undefined
        }
        acts={
          <>
            {open.length > 0 && (
              <ConfirmButton<SettledMany>
                type="primary"
                question={{
                  title: `结算选中的 ${open.length} 张结算单？`,
                  text: `共 ${count(sum(open, "pieces"))} 份、${yuan(sum(open, "amount_fen"))} 元。结算后不能再改；每一张仍逐一核对，刚有变动或有异议的不结算。`,
                  okText: "结算",
                }}
                run={(sending) =>
                  post<SettledMany>(
                    `${PATH}/settle`,
                    { statements: open.map(({ id, pieces, amount_fen }) => ({ id, pieces, amount_fen })) },
                    sending,
                  )
                }
                done={(answer) => told(`已结算 ${answer.settled} 张`, answer.refused, "张没有结算")}
              >
                结算选中（{open.length}）
              </ConfirmButton>
            )}
            {unbooked && chosen[0] && (
              <ConfirmButton<PaidMany>
                type="primary"
                question={{
                  title: `重新列支选中的 ${chosen.length} 张结算单？`,
                  text: "按服务现在填写的经费项目，列入付款当年已发布的计划；付款日期和备注不变。",
                  okText: "重新列支",
                }}
                run={(sending) =>
                  post<PaidMany>(
                    `${PATH}/pay`,
                    { statements: chosen.map((row) => row.id), paid_on: chosen[0]?.paid_on },
                    sending,
                  )
                }
                done={(answer) => told(`已重新提交 ${answer.paid} 张，列支结果稍后显示`, answer.refused, "张没有提交")}
              >
                重新列支（{chosen.length}）
              </ConfirmButton>
            )}
            {settled.length > 0 && <Button onClick={() => pay(settled)}>登记付款（{settled.length}）</Button>}
          </>
        }
        columns={[
          { title: "核销点", render: (_, row) => <Link to={`${PATH}/${row.id}`}>{row.partner}</Link> },
          { title: "月份", dataIndex: "month_label" },
          { title: "付款单位", dataIndex: "organisation" },
          { title: "份数", align: "right", render: (_, row) => count(row.pieces) },
          { title: "金额（元）", align: "right", render: (_, row) => yuan(row.amount_fen) },
          {
            title: "状态",
            render: (_, row) => (
              <Word tone={goesOn(row) ? "quiet" : SETTLEMENT_STATES[row.state][1]}>{standing(row)}</Word>
            ),
          },
          {
            title: "核对",
            render: (_, row) =>
              row.disputed > 0 ? (
                <Word tone="bad">{row.disputed} 条异议待答复</Word>
              ) : (
                row.confirmed && <Word tone="good">核销点已确认</Word>
              ),
          },
          { title: "付款日期", render: (_, row) => row.paid_on && day(row.paid_on) },
        ]}
      />
      <PaymentsWindow
        rows={paying}
        close={() => pay(undefined)}
        done={(answer: PaidMany) => told(`已登记 ${answer.paid} 张的付款`, answer.refused, "张没有登记")}
      />
    </>
  );
}

const sum = (rows: SettlementRow[], of: "pieces" | "amount_fen") => rows.reduce((all, row) => all + row[of], 0);
/** What may be settled now. */
const settles = (row: SettlementRow) => row.state === "open" && row.over && row.disputed === 0;
/** What is settled, and not paid yet. */
const pays = (row: SettlementRow) => row.state === "settled" && row.paid_on === null;
const goesOn = (row: SettlementRow) => row.state === "open" && !row.over;
const standing = (row: SettlementRow) => (goesOn(row) ? "本月未结束" : row.state_label);
