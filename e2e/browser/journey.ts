// What a journey has: a console to itself, and people who arrive before browsers of their own.

import { test as base } from "@playwright/test";

import { Clock } from "./console/clock.ts";
import type { RunningConsole } from "./console/console.ts";
import { startDemo } from "./console/demo.ts";
import { startReal } from "./console/real.ts";
import { enrol } from "./pages/enrolment.ts";
import type { Login } from "./person/login.ts";
import { type Device, Person } from "./person/person.ts";

/** The people of one journey. */
export interface People {
  /** Somebody arrives who has no passkey here yet. */
  arrive(login: Login, device?: Device): Promise<Person>;
  /** Somebody arrives, enrols a passkey by their link, and is signed in. */
  enrolled(login: Login, device?: Device): Promise<Person>;
}

/** What a run is about. */
export interface Setting {
  /** Over which kind of cluster the console stands. */
  readonly over: "demo" | "real";
}

/** What each journey has to itself. */
interface Things {
  /** The clock of its console, for journeys over the demo's cluster that let days go by. */
  readonly clock: Clock | undefined;
  readonly console: RunningConsole;
  readonly people: People;
}

export const test = base.extend<Things, Setting>({
  over: ["demo", { option: true, scope: "worker" }],

  clock: undefined,

  console: async ({ over, clock }, use, info) => {
    const console = over === "demo" ? await startDemo(clock) : await startReal();
    await use(console);
    await console.stop();
    await info.attach("console.log", { body: console.words, contentType: "text/plain" });
  },

  people: async ({ browser, console }, use) => {
    const everybody: Person[] = [];
    const arrive = async (login: Login, device: Device = "desk") => {
      const person = await Person.arrive(browser, console, login, device);
      everybody.push(person);
      return person;
    };
    const enrolled = async (login: Login, device?: Device) => {
      const person = await arrive(login, device);
      await enrol(person, await console.link(login));
      return person;
    };
    await use({ arrive, enrolled });
    for (const person of everybody) await person.leave();
  },
});

/** The same, with a clock that a journey can tell to go ahead. */
export const testOverDays = test.extend<{ readonly clock: Clock }>({
  // Playwright reads from the first argument which things are asked for: none.
  clock: async ({}, use) => {
    const clock = await Clock.set();
    await use(clock);
    await clock.remove();
  },
});

export { expect } from "@playwright/test";
