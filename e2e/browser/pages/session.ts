// Break-glass: the way to declare an emergency, the page of its session, and its review.

import { type Locator, expect } from "@playwright/test";

import type { Person } from "../person/person.ts";

/** What a person says before they break glass. */
export interface Emergency {
  readonly broken: string;
  readonly intent: string;
  readonly incident: string;
}

/** The emergency of the journeys. */
export const EMERGENCY: Emergency = {
  broken: "One payment in ten fails.",
  intent: "Restart what crashes, then look at the pool.",
  incident: "INC-4711",
};

/** How a session or its review stands, in the page's own words. */
export type SessionStanding = "Declared, not opened" | "Live" | "Ended" | "To be judged" | "Justified";

/** Waits until the page, by itself, says how it stands. */
export async function expectSession(person: Person, expected: SessionStanding): Promise<void> {
  const standing = person.page
    .getByRole("main")
    .locator("[role=status], [role=alert]")
    .filter({ has: person.page.getByText(expected, { exact: true }) });
  await expect(standing.first()).toBeVisible({ timeout: 30_000 });
}

/** From a tenant's page to the declared session, with the smallest role; answers its address. */
export async function declare(
  person: Person,
  tenant: string,
  emergency: Emergency,
  how: "in earnest" | "as a drill" = "in earnest",
): Promise<string> {
  const { page } = person;
  await person.goTo(`/tenants/${tenant}`);
  await person.click(page.getByRole("main").getByRole("link", { name: "Declare an emergency" }));
  await expect(page.getByRole("heading", { level: 1, name: `Break-glass in ${tenant}` })).toBeVisible();
  await person.write(page.getByLabel("What is broken"), emergency.broken);
  await person.writeNext(page.getByLabel("What you will do"), emergency.intent);
  await person.writeNext(page.getByLabel("Incident"), emergency.incident);
  if (how === "as a drill") await person.click(page.getByRole("checkbox", { name: "This is a drill" }));
  await person.look("break-glass-to-declare");
  await person.click(page.getByRole("button", { name: "Declare: view-metadata" }));
  await page.waitForURL(/\/break-glass\/[0-9a-f-]+$/);
  await person.awake();
  return new URL(page.url()).pathname;
}

/** From the page of a live session to a declared one that goes on from it with that role; answers its address. */
export async function declareMore(person: Person, role: string, intent: string): Promise<string> {
  const { page } = person;
  await person.click(page.getByRole("link", { name: "More time, or a larger role" }));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Go on in");
  await person.click(page.getByRole("radio", { name: role }));
  await person.write(page.getByLabel("What you will do"), intent);
  await person.look("break-glass-to-go-on");
  await person.click(page.getByRole("button", { name: `Declare: ${role}` }));
  await page.waitForURL(/\/break-glass\/[0-9a-f-]+$/);
  await person.awake();
  return new URL(page.url()).pathname;
}

/** The button that opens it alone; the passkey signs. */
export const openAloneButton = (person: Person) =>
  person.page.getByRole("button", { name: "Open the session and sign" });

/** Closes the session whose page this is. */
export async function closeSession(person: Person): Promise<void> {
  await person.click(person.page.getByRole("button", { name: "Close the session", exact: true }));
}

/** What every page tells of live sessions to whoever sees their tenants. */
export const banner = (person: Person): Locator =>
  person.page.getByRole("region", { name: "Live break-glass sessions" });

/** Tells what was found and done in one's session. */
export async function fileAccount(person: Person, found: string, done: string): Promise<void> {
  const { page } = person;
  await person.write(page.getByLabel("What you found"), found);
  await person.writeNext(page.getByLabel("What you did"), done);
  await person.look("break-glass-to-account-for");
  await person.click(page.getByRole("button", { name: "File the account" }));
  await expect(page.getByText(found)).toBeVisible();
}

/** From any page to the review of somebody's session, the latest or that of an incident. */
export async function openReview(person: Person, of: string, incident = ""): Promise<void> {
  const { page } = person;
  await person.goTo("/reviews");
  await person.look("reviews");
  const rows = page.getByRole("row").filter({ hasText: of }).filter({ hasText: incident });
  await person.click(rows.getByRole("link").first());
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`Review: ${of}`);
}

/** Judges the session whose review this is. */
export async function judgeJustified(person: Person): Promise<void> {
  const { page } = person;
  await person.click(page.getByRole("radio", { name: "Justified", exact: true }));
  await person.click(page.getByRole("button", { name: "Sign the verdict" }));
  await expectSession(person, "Justified");
}
