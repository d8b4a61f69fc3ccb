// The page that an enrolment link leads to.

import { expect } from "@playwright/test";

import type { Person } from "../person/person.ts";

/** Opens an enrolment link. */
export async function openLink(person: Person, link: string): Promise<void> {
  await person.goTo(link);
  await expect(person.page.getByRole("heading", { name: "Enrol a passkey" })).toBeVisible();
  expect(person.page.url(), "the secret of a link does not stay in the address").not.toContain("#");
}

/** Creates the passkey. */
export async function createPasskey(person: Person): Promise<void> {
  await person.click(person.page.getByRole("button", { name: "Create a passkey" }));
}

/** Enrols by a link, which also signs in: from nothing to the home page. */
export async function enrol(person: Person, link: string): Promise<void> {
  await openLink(person, link);
  await person.look("enrolment");
  await createPasskey(person);
  await expect(person.page.getByRole("heading", { name: "Home" })).toBeVisible();
  await person.awake();
}
