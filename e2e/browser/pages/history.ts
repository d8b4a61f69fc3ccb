// The history: entries of the audit log.

import { expect } from "@playwright/test";

import type { Person } from "../person/person.ts";

/** One entry, as its row reads. */
export interface EntryRow {
  readonly what: string;
  readonly outcome: string;
  readonly who: string;
}

/** The entries on the page, newest first. */
export async function entries(person: Person): Promise<EntryRow[]> {
  const rows = person.page.getByRole("table").locator("tbody tr");
  await expect(rows.first()).toBeVisible();
  return rows.evaluateAll((rows) =>
    rows.map((row) => {
      // A cell's first element says what it is; what follows tells more of it.
      const words = (cell: Element) => (cell.firstElementChild ?? cell).textContent?.trim() ?? "";
      const [what, outcome, who] = [...row.children].map(words);
      return { what: what ?? "", outcome: outcome ?? "", who: who ?? "" };
    }),
  );
}

/** Filters by tenant. */
export async function filterByTenant(person: Person, tenant: string): Promise<void> {
  const { page } = person;
  await page.getByLabel("Tenant").fill(tenant);
  await person.click(page.getByRole("button", { name: "Show" }));
  await expect(page.getByRole("link", { name: "Clear the filter" })).toBeVisible();
}
