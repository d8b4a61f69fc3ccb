// Tenants and their pods.

import { type Locator, expect } from "@playwright/test";

import type { Person } from "../person/person.ts";
import { expectLive } from "./frame.ts";

/** The statuses of a pod that cannot run, as `kubectl` prints them. */
const FAILING = /CrashLoopBackOff|OOMKilled|Error/;

/** Opens a tenant by its link on the present page, and looks at it. */
export async function openTenant(person: Person, tenant: string): Promise<void> {
  await person.click(person.page.getByRole("link", { name: tenant }).first());
  await expect(person.page.getByRole("heading", { level: 1, name: tenant })).toBeVisible();
  await expectLive(person);
  await person.look("tenant");
}

/** A row of the pods' table. */
export function rowsOfPods(person: Person): Locator {
  return person.page.getByRole("region", { name: "Pods" }).getByRole("row");
}

/** Opens the first pod that fails, looks at it, and returns its name. */
export async function openFailingPod(person: Person): Promise<string> {
  const link = rowsOfPods(person).filter({ hasText: FAILING }).first().getByRole("link").first();
  const name = (await link.innerText()).trim();
  await person.click(link);
  await expect(person.page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expectLive(person);
  await person.look("pod");
  return name;
}

/** Opens a pod whose name begins so. */
export async function openPod(person: Person, beginning: string): Promise<string> {
  const link = rowsOfPods(person).getByRole("link", { name: beginning }).first();
  const name = (await link.innerText()).trim();
  await person.click(link);
  await expect(person.page.getByRole("heading", { level: 1, name })).toBeVisible();
  return name;
}
