// The page of a role for a time, and the way to ask for one.

import { readFile } from "node:fs/promises";

import { expect } from "@playwright/test";

import * as handedOver from "../console/handed-over.ts";
import { output } from "../console/program.ts";
import type { Person } from "../person/person.ts";

/** How a grant stands, in the page's own words. */
export type GrantStanding = "Waits for approval" | "Held" | "Ended" | "Denied" | "Withdrawn";

/** Waits until the page, by itself, says how the grant stands. */
export async function expectGrant(person: Person, expected: GrantStanding, within = 30_000): Promise<void> {
  const standing = person.page
    .getByRole("main")
    .locator("[role=status], [role=alert]")
    .filter({ has: person.page.getByText(expected, { exact: true }) });
  await expect(standing).toBeVisible({ timeout: within });
}

/** From a tenant's page to the submitted wish for a role there; answers its address. */
export async function askForRole(person: Person, role: string, reason: string): Promise<string> {
  const { page } = person;
  await person.click(page.getByRole("link", { name: "Ask for a role" }));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Roles for a time");
  await person.look("roles");
  await person.click(page.getByRole("link", { name: role, exact: true }));
  await expect(page.getByRole("region", { name: "What it adds to what you may do there now" })).toBeVisible();
  await page.getByLabel("Reason").fill(reason);
  await person.look("role-to-ask-for");
  await person.click(page.getByRole("button", { name: `Ask for ${role}` }));
  await expectGrant(person, "Waits for approval");
  return new URL(page.url()).pathname;
}

/** From the page of a role that is held to the submitted wish for more time; answers its address. */
export async function askForMoreTime(person: Person, reason: string): Promise<string> {
  const { page } = person;
  const before = page.url();
  const form = page.getByRole("region", { name: "More time" });
  await form.getByLabel("Reason").fill(reason);
  await person.click(form.getByRole("button", { name: "Ask for more time" }));
  await page.waitForURL((url) => url.href !== before);
  await expectGrant(person, "Waits for approval");
  return new URL(page.url()).pathname;
}

/** Ends the role of the newest token by revoking it. */
export async function revokeFirstToken(person: Person): Promise<void> {
  await person.goTo("/tokens");
  await person.look("tokens");
  await person.click(person.page.getByRole("button", { name: "Revoke and end the role" }).first());
  await expect(person.page.getByRole("row").nth(1)).not.toContainText("Alive");
}

/** Makes a kubeconfig and saves it: where the file is. */
export async function makeKubeconfig(person: Person): Promise<string> {
  const { page } = person;
  await person.click(page.getByRole("button", { name: "Make a kubeconfig" }));
  const arriving = page.waitForEvent("download");
  await person.click(page.getByRole("link", { name: "Save the kubeconfig" }));
  return (await arriving).path();
}

/** What `kubectl` reads, as far as a journey looks at it. */
interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: { readonly server: string } }[];
  readonly users: readonly { readonly user: { readonly token: string } }[];
}

/** What the cluster's own API answers to a list of pods, asked with what a person was handed. */
export async function listPods(kubeconfig: string, namespace: string): Promise<number> {
  const { clusters, users } = JSON.parse(await readFile(kubeconfig, "utf8")) as Kubeconfig;
  const server = clusters[0]!.cluster.server.replace(/\/$/, "");
  const headers = { Authorization: `Bearer ${users[0]!.user.token}` };
  const answer = await fetch(`${server}/api/v1/namespaces/${namespace}/pods`, { headers });
  return answer.status;
}

/** What `kubectl` is answered to the same. It sends its token over TLS only, which the demo's cluster does not speak. */
export async function getPods(kubeconfig: string, namespace: string): Promise<"listed" | "refused"> {
  const asked = ["--kubeconfig", kubeconfig, "get", "pods", "--namespace", namespace];
  try {
    await output(handedOver.kubectl(), asked);
    return "listed";
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    if (stderr?.match(/\((Forbidden|Unauthorized)\)|must be logged in/)) return "refused";
    throw error;
  }
}
