// The wizard of any action, and the request that comes of it.

import { type Locator, expect } from "@playwright/test";

import type { Person } from "../person/person.ts";
import { expectLive } from "./frame.ts";

/** From the page of a workload to the wizard of one of its actions. */
export async function chooseAction(person: Person, title: string): Promise<void> {
  const offers = person.page.getByRole("region", { name: "What may be done" });
  await person.click(offers.getByRole("link", { name: title }));
  await expect(person.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** Asks what the parameters that were filled in would do. */
export async function showReview(person: Person): Promise<void> {
  await person.click(person.page.getByRole("button", { name: "Show what it would do" }));
  await expect(person.page.getByRole("region", { name: "How far it reaches" })).toBeVisible();
}

/** Asks for what was reviewed, and returns the address of the request. */
export async function submit(person: Person, button: string, reason: string): Promise<string> {
  await person.write(person.page.getByLabel("Reason"), reason);
  await person.click(person.page.getByRole("button", { name: button }));
  await person.page.waitForURL(/\/requests\/[0-9a-f-]+$/);
  await expectLive(person);
  return new URL(person.page.url()).pathname;
}

/** The row of one field among what changes. */
export function changeOf(person: Person, field: string): Locator {
  const changes = person.page.getByRole("region", { name: "What changes" });
  return changes.getByRole("row").filter({ hasText: field });
}
