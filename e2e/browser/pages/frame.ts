// What stands around every page: the way to the others, and whether this one is kept up to date.

import { type Locator, expect } from "@playwright/test";

import type { Person } from "../person/person.ts";

/** The parts of the console. */
export type Part = "Home" | "Tenants" | "Requests" | "History" | "Notifications" | "People" | "Account";

/** The way to a part of the console. */
export function wayTo(person: Person, part: Part): Locator {
  return person.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: part });
}

/** Goes to a part of the console by its link, and looks at it. */
export async function visit(person: Person, part: Part): Promise<void> {
  await person.click(wayTo(person, part));
  await expect(person.page.getByRole("heading", { level: 1, name: part })).toBeVisible();
  await expectLive(person);
  await person.look(part.toLowerCase());
}

/** The page hears of changes by itself. */
export async function expectLive(person: Person): Promise<void> {
  await expect(person.page.getByRole("status").filter({ hasText: /^Live$/ })).toHaveCount(1);
}
