// Pictures of every page, in light and dark, on a phone and on a desk, for people to look at after a run.

import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { type Page, test } from "@playwright/test";

import { expectAccessible } from "./accessibility.ts";

const FOLDER = fileURLToPath(new URL("../results/screens/", import.meta.url));
const WIDTHS = [390, 1440];
const THEMES = ["light", "dark"] as const;

/** What has its pictures in this run. */
const taken = new Set<string>();

/** Takes the pictures of a page once in a run; each must be accessible too. Leaves the page as it was. */
export async function portray(page: Page, name: string): Promise<void> {
  if (taken.has(name)) {
    return expectAccessible(page, name);
  }
  taken.add(name);
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      const picture = `${name}-${width}-${colorScheme}`;
      const path = join(FOLDER, test.info().project.name, `${picture}.png`);
      await page.screenshot({ path, fullPage: true, animations: "disabled" });
      await expectAccessible(page, picture);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (before) await page.setViewportSize(before);
}
