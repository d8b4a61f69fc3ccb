// Who can do what in a tenant.

import { type Locator, expect } from "@playwright/test";

import type { Person } from "../person/person.ts";

/** From a tenant's page to who can do what there. */
export async function openWhoCan(person: Person, tenant: string): Promise<void> {
  const { page } = person;
  await person.goTo(`/tenants/${tenant}`);
  await person.click(page.getByRole("link", { name: "Who can" }));
  await expect(page.getByRole("heading", { level: 1, name: `Who can do what in ${tenant}` })).toBeVisible();
}

/** Asks who can do that to those. */
export async function askWhoCan(person: Person, verb: string, resource: string): Promise<void> {
  const { page } = person;
  await page.getByLabel("Verb").fill(verb);
  await page.getByLabel("Resource").fill(resource);
  await person.click(page.getByRole("button", { name: "Ask", exact: true }));
  await page.waitForURL(/verb=/);
}

/** The line of somebody. */
export const lineOf = (person: Person, who: string): Locator =>
  person.page.getByRole("row").filter({ hasText: who });
