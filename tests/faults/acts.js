// What people do to a house, each act under a key of its own, and what the house acknowledged of it.
import assert from "node:assert/strict";
import { person } from "./chance.js";
import { sleep } from "./house.js";
import { send, today } from "./world.js";

/** Answers that ask to come again: the act stays open and is sent once more under its key. */
const PASSING = [429, 502, 503, 504];

export class Acts {
  /** Sent and not answered, by key. */
  open = new Map();
  /** Answered, in order. */
  done = [];
  /** Answers that asked to come again, by code. */
  refusals = {};
  /** Resends of what was answered before. */
  resends = 0;
  abandoned = 0;

  constructor(world, gateway, chance) {
    Object.assign(this, { world, gateway, chance });
    this.people = 1_000;
    this.keys = 0;
    this.applied = [];
    this.recorded = [];
    this.run = Math.floor(chance.draw() * 1e9);
  }

  key() {
    this.keys += 1;
    return `faults-${this.run}-${this.keys}`;
  }

  address() {
    return `10.1.${this.chance.below(250)}.${this.chance.below(250)}`;
  }

  /** Sends an act; answers whether it was acknowledged. */
  async send(at, act) {
    act.key ??= this.key();
    this.open.set(act.key, act);
    const sending = { body: act.body, key: act.key, address: this.address(), cookie: act.officer && this.world.officer };
    const told = await send(at, act.method ?? "POST", act.path, sending).catch(() => undefined);
    if (!told) return false;
    if (PASSING.includes(told.status)) {
      this.refusals[told.json?.code ?? told.status] = (this.refusals[told.json?.code ?? told.status] ?? 0) + 1;
      assert.ok(told.json?.detail, `an answer says what to do: ${act.path} ${told.status} ${JSON.stringify(told.json)}`);
      assert.ok(told.headers.get("retry-after"), `an answer says when: ${act.path} ${JSON.stringify(told.json)}`);
      return false;
    }
    if (act.may?.(told)) {
      this.open.delete(act.key);
      this.abandoned += 1;
      return false;
    }
    assert.ok(told.status < 300, `${act.path}: ${told.status} ${JSON.stringify(told.json)}\n${JSON.stringify(act.body)}`);
    this.open.delete(act.key);
    act.answer = told.json;
    this.done.push(act);
    act.then?.(told.json);
    return true;
  }

  /** Joins at the event: asks for a code, and sends the form. */
  async join(at) {
    const who = person(this.people++);
    const path = `/public/events/${this.world.event.code}`;
    const asked = await this.send(at, { kind: "code", path: `${path}/code`, body: { phone: who.phone } });
    if (!asked) return;
    const code = await this.gateway.last(who.phone);
    // The program died between the code's commit and its text: the worker asks again after a minute, which is not waited for.
    if (!code) {
      this.abandoned += 1;
      return;
    }
    const body = {
      phone: who.phone,
      code,
      name: who.name,
      document_kind: "citizen_number",
      document_number: who.number,
      group: "delivery_rider",
      consent_version: this.world.consent,
    };
    // A code dies after five minutes, which a house that was away for long doesn't see in time.
    const may = (told) => this.lenient && told.json?.fields?.[0]?.code === "wrong_code";
    await this.send(at, { kind: "join", path: `${path}/join`, body, may });
  }

  /** An application at the desk. */
  async apply(at) {
    const who = person(this.people++);
    const body = {
      name: who.name,
      document_kind: "citizen_number",
      document_number: who.number,
      phone: who.phone,
      group: "courier",
      organisation_id: this.world.unions.desk,
    };
    const then = (answer) => this.applied.push(answer.id);
    await this.send(at, { kind: "apply", officer: true, path: "/members", body, then });
  }

  /** Approves some applications. */
  async approve(at) {
    const ids = this.applied.splice(0, 4);
    if (ids.length === 0) return this.apply(at);
    const then = (answer) => assert.deepEqual([answer.approved, answer.refused], [ids.length, []]);
    await this.send(at, { kind: "approve", officer: true, path: "/members/approve", body: { ids }, then, ids });
  }

  /** A meal that is written down by hand. */
  async record(at) {
    const quantity = 1 + this.chance.below(9);
    const body = { kind: "love_meal", organisation_id: this.world.county, quantity, day: today() };
    const then = (answer) => this.recorded.push({ id: answer.id, quantity });
    await this.send(at, { kind: "record", officer: true, path: "/facts", body, then });
  }

  /** One that is taken back. */
  async reverse(at) {
    const fact = this.recorded.shift();
    if (!fact) return this.record(at);
    const path = `/facts/${fact.id}/reverse`;
    await this.send(at, { kind: "reverse", officer: true, path, body: { reason: "重复登记" }, quantity: fact.quantity });
  }

  /** Something, by chance. */
  some(at) {
    return this[this.chance.pick(["join", "join", "join", "apply", "approve", "record", "reverse"])](at);
  }

  /** Several people at once, until told to stop. `at` chooses a process for each act. */
  async crowd(at, people, stopped) {
    const one = async () => {
      while (!stopped()) {
        const before = this.done.length;
        await this.some(at());
        if (this.done.length === before) await sleep(20);
      }
    };
    await Promise.all(Array.from({ length: people }, one));
  }

  /** Sends again what was not answered, until nothing is left. */
  async settle(at, seconds = 90) {
    for (const end = Date.now() + seconds * 1000; this.open.size > 0; ) {
      assert.ok(Date.now() < end, `not answered: ${JSON.stringify([...this.open.values()])} ${JSON.stringify(this.refusals)}`);
      const open = [...this.open.values()];
      const sent = await Promise.all(open.map((act) => this.send(at(), act)));
      if (sent.includes(false)) await sleep(200);
    }
  }

  /** Sends again some of what was answered lately: the same answer comes, and nothing is done twice. */
  async resend(at, many = 6) {
    const lately = this.done.slice(-200).filter((act) => act.kind !== "code");
    for (let n = 0; n < many && lately.length > 0; n += 1) {
      const act = this.chance.pick(lately);
      const cookie = act.officer && this.world.officer;
      const told = await send(at(), "POST", act.path, { body: act.body, key: act.key, address: this.address(), cookie });
      assert.deepEqual([told.status < 300, told.json], [true, act.answer], `sent again: ${act.path}`);
      this.resends += 1;
    }
  }

  of(kind) {
    return this.done.filter((act) => act.kind === kind);
  }

  /** How things must stand once everything is answered. */
  expected() {
    const sum = (acts, of) => acts.reduce((total, act) => total + of(act), 0);
    const approved = sum(this.of("approve"), (act) => act.ids.length);
    const [joins, records, reverses] = [this.of("join").length, this.of("record"), this.of("reverse")];
    return {
      joined: joins,
      riders: joins,
      desk: approved,
      waiting: this.of("apply").length - approved,
      meals: sum(records, (act) => act.body.quantity) - sum(reverses, (act) => act.quantity),
      records: records.length + reverses.length,
    };
  }
}
