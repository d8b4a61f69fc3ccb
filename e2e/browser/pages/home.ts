// Home: what waits for a person, at the first glance.

import { type Locator, expect } from "@playwright/test";

import type { Person } from "../person/person.ts";

/** What says how many requests wait for this person; nothing where none does. */
function waiting(person: Person, count: RegExp | string): Locator {
  return person.page.getByRole("main").getByRole("link", { name: count });
}

/** Waits until the page, by itself, says how many requests wait for this person. */
export async function expectWaiting(person: Person, count: number): Promise<void> {
  await expect(person.page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  const any = waiting(person, /^\d+ requests? waits? for you$/);
  if (count === 0) {
    await expect(any).toHaveCount(0);
  } else {
    await expect(any).toHaveText(count === 1 ? "1 request waits for you" : `${count} requests wait for you`);
  }
}
