// What a journey has: a console to itself, and people who arrive before browsers of their own.

import { test as base } from "@playwright/test";

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

export const test = base.extend<{ console: RunningConsole; people: People }, Setting>({
  over: ["demo", { option: true, scope: "worker" }],

  console: async ({ over }, use, info) => {
    const console = over === "demo" ? await startDemo() : await startReal();
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

export { expect } from "@playwright/test";
