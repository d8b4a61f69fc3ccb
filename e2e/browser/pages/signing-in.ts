// The way in and out for those who have a passkey.

import { expect } from "@playwright/test";

import type { Person } from "../person/person.ts";

/** Signs out from the account page. */
export async function signOut(person: Person): Promise<void> {
  const { page } = person;
  await person.click(page.getByRole("link", { name: "Account" }));
  await expect(page.getByRole("heading", { name: "Account" })).toBeVisible();
  await person.look("account");
  await person.click(page.getByRole("button", { name: "Sign out" }));
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await person.look("sign-in");
}

/** Signs in from the sign-in page, typing nothing. */
export async function signIn(person: Person): Promise<void> {
  await expect(person.page.getByRole("textbox")).toHaveCount(0);
  await person.click(person.page.getByRole("button", { name: "Sign in with a passkey" }));
  await expect(person.page.getByRole("heading", { name: "Home" })).toBeVisible();
  await person.awake();
}
