// The wizard that asks for the restart of a pod.

import { expect } from "@playwright/test";

import type { Person } from "../person/person.ts";

/** Why, and where that is written down. */
export interface Plea {
  readonly reason: string;
  readonly ticket?: string;
}

/** From the page of a pod to the review of what a restart would do. */
export async function reviewRestart(person: Person, pod: string): Promise<void> {
  const { page } = person;
  await person.click(page.getByRole("link", { name: "Restart this pod…" }));
  await expect(page.getByRole("heading", { level: 1, name: `Restart pod ${pod}` })).toBeVisible();
  await expect(page.getByText("It would accept")).toBeVisible();
  await expect(page.getByText("starts a new pod")).toBeVisible();
  await person.look("restart");
}

/** Asks for the restart that was reviewed, and returns the address of the request. */
export async function ask(person: Person, pod: string, plea: Plea): Promise<string> {
  const { page } = person;
  await person.write(page.getByLabel("Reason"), plea.reason);
  if (plea.ticket) await person.writeNext(page.getByLabel("Ticket"), plea.ticket);
  await person.click(page.getByRole("button", { name: `Ask to restart ${pod}` }));
  await page.waitForURL(/\/requests\/[0-9a-f-]+$/);
  return new URL(page.url()).pathname;
}
