// Imports that go on while the house is killed: brought, checked, started, sometimes undone.
import assert from "node:assert/strict";
import { person } from "./chance.js";
import { must, send } from "./world.js";

export class Rosters {
  /** Members that whole imports made. */
  members = 0;
  finished = 0;
  undone = 0;
  next = 500_000;

  constructor(world, chance, rows) {
    Object.assign(this, { world, chance, rows });
  }

  /** One step of whatever the present import needs; a house that does not answer is met again later. */
  async step(at) {
    try {
      await this.#step(at);
    } catch (error) {
      if (error.code === "ERR_ASSERTION") throw error;
    }
  }

  async #step(at) {
    const cookie = this.world.officer;
    if (!this.id) return this.#bring(at);
    const seen = await send(at, "GET", `/imports/${this.id}`, { cookie });
    if (seen.status !== 200) return;
    const { state, counts, total } = seen.json;
    this.state = state;
    if (state === "mapped") await send(at, "POST", `/imports/${this.id}/check`, { cookie });
    if (state === "checked") {
      assert.deepEqual([counts.join, total], [this.people, this.people], "every row is good");
      await send(at, "POST", `/imports/${this.id}/start`, { cookie });
    }
    if (state === "done" && this.undo) {
      await send(at, "POST", `/imports/${this.id}/undo`, { cookie });
    } else if (state === "done") {
      assert.equal(counts.entered, this.people, "every row is in");
      this.members += this.people;
      this.finished += 1;
      this.id = undefined;
    }
    if (state === "undone") {
      this.undone += 1;
      this.id = undefined;
    }
  }

  async #bring(at) {
    this.undo = this.chance.draw() < 0.3;
    this.people = this.rows + this.chance.below(this.rows);
    const first = this.next;
    this.next += this.people;
    const lines = Array.from({ length: this.people }, (_, n) => person(first + n));
    const text = ["姓名,证件号码,手机号码", ...lines.map((who) => `${who.name},${who.number},${who.phone}`)].join("\n");
    const form = new FormData();
    form.append("file", new Blob([text]), "花名册.csv");
    form.append("organisation_id", this.world.unions.roster);
    const told = await send(at, "POST", "/imports", { cookie: this.world.officer, form });
    if (told.status === 201) this.id = told.json.id;
  }

  /** Goes on until the present import is at its end. */
  async finish(at, seconds = 120) {
    for (const end = Date.now() + seconds * 1000; this.id; ) {
      assert.ok(Date.now() < end, `the import ${this.id} does not end: ${this.state}`);
      await this.step(at());
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const union = this.world.unions.roster;
    const path = `/members?organisation=${union}&state=normal&limit=1`;
    assert.equal((await must(at(), "GET", path, { cookie: this.world.officer })).json.total, this.members);
  }
}
