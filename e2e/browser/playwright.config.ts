// How the journeys run: one after another in Debian's Chromium, each against a console of its own.
// Nothing is downloaded, nothing is tried twice.

import { defineConfig } from "@playwright/test";

import * as handedOver from "./console/handed-over.ts";
import type { Setting } from "./journey.ts";

export default defineConfig<object, Setting>({
  testDir: "journeys",
  outputDir: "results/journeys",
  // Consoles and browsers of several journeys at once would only wait for each other.
  workers: 1,
  // A journey that passes the second time has found something.
  retries: 0,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    actionTimeout: 20_000,
    navigationTimeout: 20_000,
    launchOptions: { executablePath: handedOver.chromium(), args: handedOver.chromiumFlags() },
  },
  projects: [
    { name: "demo", use: { over: "demo" }, testIgnore: "with-kubectl.spec.ts" },
    // One database for both, in that order: the first one counts every entry of its tenant.
    { name: "real", use: { over: "real" }, testMatch: ["the-whole-way.spec.ts", "with-kubectl.spec.ts"] },
  ],
});
