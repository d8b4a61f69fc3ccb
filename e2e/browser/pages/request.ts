// The page of a request: the case in one place, and the decisions that are a person's to take.

import { type Locator, expect } from "@playwright/test";

import type { Person } from "../person/person.ts";
import { expectLive } from "./frame.ts";

/** Where a request stands, in the page's own words. */
export type Standing =
  "Waits for approval" | "Approved" | "Denied" | "Void" | "Under way" | "Succeeded" | "Failed";

/** What says where the request stands; it speaks up when that changes. */
export function standing(person: Person, standing: Standing): Locator {
  return person.page
    .getByRole("main")
    .locator("[role=status], [role=alert]")
    .filter({ has: person.page.getByText(standing, { exact: true }) });
}

/** Waits until the page, by itself, says where the request stands. */
export async function expectStanding(person: Person, expected: Standing, within = 30_000): Promise<void> {
  await expect(standing(person, expected)).toBeVisible({ timeout: within });
}

/** Opens a request that waits for this person, from the home page, and looks at it. */
export async function openWaiting(person: Person, pod: string): Promise<void> {
  const waiting = person.page.getByRole("region", { name: "Waiting for you" });
  await person.click(waiting.getByRole("link", { name: pod }));
  await expect(person.page.getByRole("heading", { level: 1, name: `Restart pod ${pod}` })).toBeVisible();
  await expectLive(person);
}

/** The review of a request: what both people see of what will happen. */
export async function review(person: Person): Promise<Record<string, string>> {
  const region = person.page.getByRole("region", { name: "What will happen" });
  const facts: Record<string, string> = {};
  for (const fact of await region.locator("dl > div").all()) {
    facts[await fact.locator("dt").innerText()] = await fact.locator("dd").innerText();
  }
  return facts;
}

/** The button that approves; the passkey signs. */
export const approveButton = (person: Person) =>
  person.page.getByRole("button", { name: "Approve and sign" });

/** The button that carries the restart out. */
export const executeButton = (person: Person, pod: string) =>
  person.page.getByRole("button", { name: `Restart ${pod} now` });

/** The button that refuses; the passkey signs, once a comment says why. */
export const denyButton = (person: Person) => person.page.getByRole("button", { name: "Deny and sign" });

/** Approves, with a comment that the signature covers, or without one. */
export async function approve(person: Person, comment: string): Promise<void> {
  if (comment) await person.write(person.page.getByLabel("Comment"), comment);
  await person.click(approveButton(person));
}

/** What the container that fails wrote last, or why that is not shown. */
export const lastLines = (person: Person) => person.page.getByRole("region", { name: /^Last lines of / });
