// Recovery: asking that somebody is let in again, the page on which two others sign, and its verdict.

import { type Locator, expect } from "@playwright/test";

import type { Login } from "../person/login.ts";
import type { Person } from "../person/person.ts";
import { visit } from "./frame.ts";

/** How a recovery stands, in the page's own words. */
export type RecoveryStanding =
  "Waits for signatures" | "Both signed" | "Came in again; to be judged" | "Stopped" | "Justified";

/** Waits until the page, by itself, says how it stands. */
export async function expectRecovery(person: Person, expected: RecoveryStanding): Promise<void> {
  const standing = person.page
    .getByRole("main")
    .locator("[role=status], [role=alert]")
    .filter({ has: person.page.getByText(expected, { exact: true }) });
  await expect(standing.first()).toBeVisible({ timeout: 30_000 });
}

/** From the page of people to the recovery of one of them; answers its address. */
export async function askForRecovery(admin: Person, lost: Login, why: string): Promise<string> {
  const { page } = admin;
  await visit(admin, "People");
  await admin.click(page.getByRole("button", { name: `Recover ${lost}, who lost every passkey` }));
  await admin.write(page.getByLabel("Why"), why);
  await admin.look("recovery-to-ask-for");
  await admin.click(page.getByRole("button", { name: "Ask for it" }));
  await page.waitForURL(/\/recoveries\/[0-9a-f-]+$/);
  await admin.awake();
  return new URL(page.url()).pathname;
}

/** Opens a recovery that waits for this person, from the home page. */
export async function openWaitingRecovery(person: Person, lost: Login): Promise<void> {
  await person.goTo("/");
  const waiting = person.page.getByRole("region", { name: "Recoveries that wait for you" });
  await person.click(waiting.getByRole("link", { name: lost }));
  await expect(person.page.getByRole("heading", { level: 1, name: `Recovery of ${lost}` })).toBeVisible();
}

/** Signs the recovery whose page this is. */
export async function signRecovery(person: Person): Promise<void> {
  await person.click(person.page.getByRole("button", { name: "Approve and sign" }));
}

/** Makes the link of the recovery whose page this is. */
export async function makeLink(admin: Person): Promise<string> {
  await admin.click(admin.page.getByRole("button", { name: "Make the link" }));
  const notice = admin.page.getByRole("status").filter({ hasText: "The link, shown once" });
  return notice.locator("code").innerText();
}

/** What whoever is to be recovered sees on every page. */
export const ownRecovery = (person: Person): Locator =>
  person.page.getByRole("alert").filter({ hasText: "Somebody wants to let you in anew" });

/** Stops one's own recovery from any page. */
export async function stopOwnRecovery(person: Person): Promise<void> {
  await person.click(person.page.getByRole("button", { name: "Stop the recovery of yourself" }));
  await expect(ownRecovery(person)).toHaveCount(0);
}

/** From the reviews to the recovery of somebody, and the verdict on it. */
export async function judgeRecovery(security: Person, lost: Login): Promise<void> {
  const { page } = security;
  await security.goTo("/reviews");
  await security.click(page.getByRole("row").filter({ hasText: lost }).getByRole("link").first());
  await expect(page.getByRole("heading", { level: 1, name: `Recovery of ${lost}` })).toBeVisible();
  await security.look("recovery-to-judge");
  await security.click(page.getByRole("radio", { name: "Justified", exact: true }));
  await security.click(page.getByRole("button", { name: "Sign the verdict" }));
  await expectRecovery(security, "Justified");
}
